package antiphon.status;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Asks a running program for its {@link Status}. */
public final class StatusReader {
    /** What the file of a {@link StatusServer} ends with. */
    public static final String SUFFIX = ".sock";

    private static final int MAX_BYTES = 1 << 20;
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(5);

    private StatusReader() {}

    /**
     * The document as it was sent.
     *
     * @throws IOException if nobody answers, or not in 5 s
     */
    public static String read(Path socket) throws IOException {
        return ask(socket, "");
    }

    /**
     * The program's answer to an order, see {@link StatusServer.Orders}.
     *
     * @param order one line
     * @throws IOException if nobody answers, or not in 5 s
     */
    public static String ask(Path socket, String order) throws IOException {
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            channel.write(ByteBuffer.wrap((order + "\n").getBytes(StandardCharsets.UTF_8)));
            return new String(Deadline.readAll(channel, MAX_BYTES, PATIENCE_NANOS), StandardCharsets.UTF_8);
        }
    }

    /** True if a program answers there: the socket of a killed program stays in the folder. */
    public static boolean isAlive(Path socket) {
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            return channel.isConnected();
        } catch (IOException | UnsupportedOperationException nobody) {
            return false;
        }
    }

    /** The sockets in this folder at which a program answers, in the order of their names. */
    public static List<Path> alive(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().endsWith(SUFFIX))
                    .filter(StatusReader::isAlive)
                    .sorted()
                    .toList();
        } catch (IOException none) {
            return List.of();
        }
    }
}
