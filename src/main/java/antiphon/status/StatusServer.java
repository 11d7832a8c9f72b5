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
 * <p>A lock on the file beside the socket ({@code NAME.lock}) says which process owns the socket. The system frees the
 * lock when a process dies, however it dies. So a socket without a lock is stale and may be removed, and the socket of
 * a living process never is. The lock's file stays when we close: if it were removed, two programs that start at the
 * same time could both believe that they own the socket.
 */
public final class StatusServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StatusServer.class);
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long PAUSE_AFTER_FAILURE_MILLIS = 1_000;

    /**
     * If questions come faster than this, they get the same document again, so that many questions cannot disturb the
     * music.
     */
    private static final long FRESH_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private static final int BACKLOG = 16;
    private static final int MAX_ORDER_BYTES = 4_096;

    /** Carries out what clients ask for. */
    @FunctionalInterface
    public interface Orders {
        /** How an answer begins that says why an order was refused. */
        String REFUSED = "refused: ";

        /** Refuses everything. */
        Orders NONE = order -> REFUSED + "this program takes no orders.";

        /** True if this answer says that nothing was done. */
        static boolean isRefusal(String answer) {
            return answer.startsWith(REFUSED);
        }

        /** Why an order was refused; the answer itself if it was not. */
        static String reason(String answer) {
            return isRefusal(answer) ? answer.substring(REFUSED.length()) : answer;
        }

        /**
         * Carries out an order, on the server's thread.
         *
         * @param order one line, not empty
         * @return what to answer, one line or several; if the order is refused, {@link #REFUSED} and why
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
     * Begins to answer. If the socket cannot be made, that is logged and null returned: music goes on without it.
     *
     * @param socket the file to make; its folder is made accessible to the user alone
     * @param status asked on our thread, at most ten times a second
     */
    public static @Nullable StatusServer start(Path socket, Supplier<Status> status, Orders orders) {
        try {
            StatusServer server = open(socket, status, orders, System::nanoTime);
            if (server == null) {
                LOG.warn(
                        "{}: in use by another antiphon, so status, set, get, do and keep reach that one. To reach this one,"
                                + " start it with another midi.client.",
                        socket);
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

    /** Sets the rights if the system has such rights; on Windows other users cannot read the user's folder anyway. */
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
            } catch (IOException | RuntimeException | Error failure) {
                // Also an error, such as a network too large for memory: the next client is answered again.
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
                : "refused: only the user who started antiphon may give orders. Log in as that user.";
        return (answer + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /** The folder's rights keep other users out already; this check also holds if somebody has changed those rights. */
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

    /** Without this, a failure that comes back at once would use a whole core. */
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
                // We still hold the lock, so the socket at this path is ours and no other program's.
                Files.deleteIfExists(socket);
            }
            lock.close();
        } catch (IOException failure) {
            LOG.debug("status: {}", failure.toString());
        }
    }
}
