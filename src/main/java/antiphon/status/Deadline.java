package antiphon.live;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;

/** Reads and writes a socket for so long and no longer, whatever the other end does. Cold threads. */
final class Deadline {
    private static final int CHUNK = 8192;

    private Deadline() {}

    /** @throws IOException also if it could not be written in time */
    static void write(SocketChannel channel, ByteBuffer bytes, long mostNanos) throws IOException {
        long endNanos = System.nanoTime() + mostNanos;
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
    static byte[] readAll(SocketChannel channel, int mostBytes, long mostNanos) throws IOException {
        long endNanos = System.nanoTime() + mostNanos;
        channel.configureBlocking(false);
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        ByteBuffer chunk = ByteBuffer.allocate(CHUNK);
        try (Selector selector = Selector.open()) {
            channel.register(selector, SelectionKey.OP_READ);
            while (all.size() <= mostBytes) {
                await(selector, endNanos);
                if (channel.read(chunk.clear()) < 0) {
                    return all.toByteArray();
                }
                all.write(chunk.array(), 0, chunk.position());
            }
        }
        throw new EOFException("over " + mostBytes + " bytes");
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
