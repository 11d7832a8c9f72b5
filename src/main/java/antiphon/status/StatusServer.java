package antiphon.status;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import jdk.net.ExtendedSocketOptions;
import jdk.net.UnixDomainPrincipal;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells its {@link Status} to whoever of the same user connects to a Unix domain socket, and takes their orders: the
 * client writes one line and gets an answer, then the connection is closed. An empty line, or none, asks for the status,
 * as one JSON document; what other lines mean, {@link Orders} says. A cold thread of its own, which serves one at a
 * time and waits for none longer than a second.
 *
 * <p>Whose socket it is, a lock on the file beside it says ({@code NAME.lock}): the system frees it when a process
 * dies, however it dies, so what lies there then is stale and may go, and a living one's socket is never taken away.
 * That file stays when we go: removing it would let two that start at once both believe they have it.
 */
public final class StatusServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StatusServer.class);
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long PAUSE_AFTER_FAILURE_MILLIS = 1_000;

    /** Whoever asks more often gets the same document again: no flood of questions costs the music anything. */
    private static final long FRESH_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private static final int BACKLOG = 16;
    private static final int MAX_ORDER_BYTES = 4_096;

    /** Carries out what clients ask for. */
    @FunctionalInterface
    public interface Orders {
        /** Refuses everything. */
        Orders NONE = order -> "refused: this program takes no orders.";

        /**
         * Carries out an order, on the server's thread.
         *
         * @param order one line, not empty
         * @return what to answer, one line or several; of one that is refused, why, after {@code refused: }
         */
        String carryOut(String order);
    }

    private final Path socket;
    private final FileChannel lock;
    private final ServerSocketChannel server;
    private final Supplier<Status> status;
    private final Orders orders;
    private final LongSupplier nanoClock;
    private byte[] document = new byte[0];
    private long documentNanos;

    private StatusServer(
            Path socket,
            FileChannel lock,
            ServerSocketChannel server,
            Supplier<Status> status,
            Orders orders,
            LongSupplier nanoClock) {
        this.orders = orders;
        this.socket = socket;
        this.lock = lock;
        this.server = server;
        this.status = status;
        this.nanoClock = nanoClock;
    }

    /**
     * Begins to answer. Music needs no status: what hinders us is logged, and null returned.
     *
     * @param socket where; its folder becomes the user's alone
     * @param status asked on our thread, at most ten times a second
     */
    public static @Nullable StatusServer start(Path socket, Supplier<Status> status, Orders orders) {
        try {
            StatusServer server = open(socket, status, orders, System::nanoTime);
            if (server == null) {
                LOG.warn("{}: in use by another antiphon. `antiphon status` tells of that one.", socket);
                return null;
            }
            Thread.ofPlatform().daemon().name("antiphon-status").start(server::serve);
            return server;
        } catch (IOException | UnsupportedOperationException failure) {
            LOG.warn("{}: cannot be made ({}). `antiphon status` will not work.", socket, failure.getMessage());
            return null;
        }
    }

    private static @Nullable StatusServer open(
            Path socket, Supplier<Status> status, Orders orders, LongSupplier nanoClock) throws IOException {
        makeFolder(socket.toAbsolutePath().getParent());
        FileChannel lock = FileChannel.open(
                socket.resolveSibling(socket.getFileName() + ".lock"),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE);
        boolean ours = false;
        try {
            ours = isLocked(lock);
            return ours ? new StatusServer(socket, lock, listen(socket), status, orders, nanoClock) : null;
        } catch (IOException | RuntimeException failure) {
            ours = false;
            throw failure;
        } finally {
            if (!ours) {
                lock.close();
            }
        }
    }

    private static boolean isLocked(FileChannel lock) throws IOException {
        try {
            return lock.tryLock() != null;
        } catch (OverlappingFileLockException ofThisProcess) {
            return false;
        }
    }

    private static ServerSocketChannel listen(Path socket) throws IOException {
        Files.deleteIfExists(socket);
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            server.bind(UnixDomainSocketAddress.of(socket), BACKLOG);
            restrict(socket, "rw-------");
            return server;
        } catch (IOException | RuntimeException failure) {
            server.close();
            throw failure;
        }
    }

    private static void makeFolder(@Nullable Path folder) throws IOException {
        if (folder != null) {
            Files.createDirectories(folder);
            restrict(folder, "rwx------");
        }
    }

    /** Where files have such rights; elsewhere (Windows) the user's own folder is closed to others anyway. */
    private static void restrict(Path path, String rights) throws IOException {
        PosixFileAttributeView view = Files.getFileAttributeView(path, PosixFileAttributeView.class);
        if (view != null) {
            view.setPermissions(PosixFilePermissions.fromString(rights));
        }
    }

    private void serve() {
        while (server.isOpen()) {
            try (SocketChannel asker = server.accept()) {
                answer(asker);
            } catch (ClosedChannelException closed) {
                return;
            } catch (IOException | RuntimeException failure) {
                LOG.debug("status: {}", failure.toString());
                pause();
            }
        }
    }

    private void answer(SocketChannel asker) {
        try {
            String order =
                    Deadline.readLine(asker, MAX_ORDER_BYTES, PATIENCE_NANOS).strip();
            byte[] answer = order.isEmpty() ? document() : carriedOut(asker, order);
            Deadline.write(asker, ByteBuffer.wrap(answer), PATIENCE_NANOS);
        } catch (IOException gone) {
            LOG.debug("status: {}", gone.toString());
        }
    }

    private byte[] carriedOut(SocketChannel asker, String order) throws IOException {
        String answer = isOurs(asker)
                ? orders.carryOut(order)
                : "refused: orders are taken from the user who started antiphon alone. Log in as that user.";
        return (answer + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /** The folder's rights keep others out already; this holds where somebody has widened them. */
    private boolean isOurs(SocketChannel asker) throws IOException {
        if (!asker.supportedOptions().contains(ExtendedSocketOptions.SO_PEERCRED)) {
            return true;
        }
        UnixDomainPrincipal peer = asker.getOption(ExtendedSocketOptions.SO_PEERCRED);
        return peer.user().equals(Files.getOwner(socket))
                || peer.user().getName().equals("root");
    }

    private byte[] document() {
        long now = nanoClock.getAsLong();
        if (document.length == 0 || now - documentNanos > FRESH_NANOS) {
            document = (status.get().json() + "\n").getBytes(StandardCharsets.UTF_8);
            documentNanos = now;
        }
        return document;
    }

    /** What fails at once would otherwise fail as fast as the machine can. */
    private static void pause() {
        try {
            Thread.sleep(PAUSE_AFTER_FAILURE_MILLIS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Stops answering and takes the socket away. */
    @Override
    public void close() {
        try {
            server.close();
            if (lock.isOpen()) {
                // While the lock is ours nobody else's can lie there.
                Files.deleteIfExists(socket);
            }
            lock.close();
        } catch (IOException failure) {
            LOG.debug("status: {}", failure.toString());
        }
    }
}
