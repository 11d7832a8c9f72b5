package antiphon.status;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** Reads and writes a socket within a time limit, whatever the other end does. Cold threads. */
final class Deadline {
    private static final int CHUNK = 8192;

    private Deadline() {}

    /** @throws IOException also if it could not be written in time */
    static void write(SocketChannel channel, ByteBuffer bytes, long maxNanos) throws IOException {
        long endNanos = System.nanoTime() + maxNanos;
        channel.configureBlocking(false);
        try (Selector selector = Selector.open()) {
            channel.register(selector, SelectionKey.OP_WRITE);
            while (bytes.hasRemaining()) {
                await(selector, endNanos);
                channel.write(bytes);
            }
        }
    }

    /** @throws IOException also if the end did not come in time, or after too many bytes */
    static byte[] readAll(SocketChannel channel, int maxBytes, long maxNanos) throws IOException {
        long endNanos = System.nanoTime() + maxNanos;
        channel.configureBlocking(false);
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        ByteBuffer chunk = ByteBuffer.allocate(CHUNK);
        try (Selector selector = Selector.open()) {
            channel.register(selector, SelectionKey.OP_READ);
            while (all.size() <= maxBytes) {
                await(selector, endNanos);
                if (channel.read(chunk.clear()) < 0) {
                    return all.toByteArray();
                }
                all.write(chunk.array(), 0, chunk.position());
            }
        }
        throw new EOFException("over " + maxBytes + " bytes");
    }

    /**
     * Reads up to the first line break, or to the end.
     *
     * @throws IOException also if neither comes in time, or after too many bytes
     */
    static String readLine(SocketChannel channel, int maxBytes, long maxNanos) throws IOException {
        long endNanos = System.nanoTime() + maxNanos;
        channel.configureBlocking(false);
        ByteBuffer line = ByteBuffer.allocate(maxBytes);
        try (Selector selector = Selector.open()) {
            channel.register(selector, SelectionKey.OP_READ);
            while (line.hasRemaining()) {
                await(selector, endNanos);
                int before = line.position();
                int read = channel.read(line);
                for (int at = before; at < line.position(); at++) {
                    if (line.get(at) == '\n') {
                        return new String(line.array(), 0, at, StandardCharsets.UTF_8);
                    }
                }
                if (read < 0) {
                    return new String(line.array(), 0, line.position(), StandardCharsets.UTF_8);
                }
            }
        }
        throw new EOFException("over " + maxBytes + " bytes");
    }

    private static void await(Selector selector, long endNanos) throws IOException {
        long millis = TimeUnit.NANOSECONDS.toMillis(endNanos - System.nanoTime());
        if (millis <= 0 || Thread.currentThread().isInterrupted()) {
            throw new IOException("no answer in time");
        }
        selector.select(millis);
        selector.selectedKeys().clear();
    }
}
