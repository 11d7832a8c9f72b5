package antiphon.corpus;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * The lines of a file as bytes, one at a time, and where each lies. Lines end as those of a
 * {@link java.io.BufferedReader} do. Memory grows only with the longest line, and none is longer than {@value #MAX_BYTES}
 * bytes. One thread.
 */
final class ByteLines implements Closeable {
    static final int MAX_BYTES = 1 << 20;
    private static final int FIRST_BYTES = 1 << 17;

    private final InputStream in;
    private byte[] buffer = new byte[FIRST_BYTES];

    /** Where the buffer begins in the file. */
    private long base;

    private int limit;

    /** Where the line begins and ends in the buffer, and where the next one begins. */
    private int begin;

    private int end;
    private int next;

    ByteLines(Path path) throws IOException {
        in = Files.newInputStream(path);
    }

    /** Goes on to the next line; false if there is none. {@link IOException} if it is too long for a line of a CSV. */
    boolean next() throws IOException {
        if (next > buffer.length / 2) {
            System.arraycopy(buffer, next, buffer, 0, limit - next);
            base += next;
            limit -= next;
            next = 0;
        }
        begin = next;
        end = next;
        while (hasByteAt(end) && buffer[end] != '\n' && buffer[end] != '\r') {
            end++;
            if (end - begin > MAX_BYTES) {
                throw new IOException("a line of more than " + (MAX_BYTES >> 20) + " MiB");
            }
        }
        if (end == limit) {
            next = end;
            return end > begin;
        }
        boolean carriageReturn = buffer[end] == '\r';
        next = end + 1;
        if (carriageReturn && hasByteAt(next) && buffer[next] == '\n') {
            next++;
        }
        return true;
    }

    /** Whether the file has a byte for this place in the buffer, which is the limit or before; reads on if need be. */
    private boolean hasByteAt(int place) throws IOException {
        if (place < limit) {
            return true;
        }
        if (limit == buffer.length) {
            buffer = Arrays.copyOf(buffer, Math.multiplyExact(2, buffer.length));
        }
        int read = in.read(buffer, limit, buffer.length - limit);
        limit += Math.max(0, read);
        return read > 0;
    }

    /** Where the line begins in the file. */
    long offset() {
        return base + begin;
    }

    /** Where the next line begins in the file. */
    long endOffset() {
        return base + next;
    }

    boolean startsWith(byte[] prefix) {
        return end - begin >= prefix.length
                && Arrays.equals(buffer, begin, begin + prefix.length, prefix, 0, prefix.length);
    }

    /** The line without its end; {@link CharacterCodingException} if it is not UTF-8. */
    String text() throws CharacterCodingException {
        return text(ByteBuffer.wrap(buffer, begin, end - begin));
    }

    /** Bytes as text; {@link CharacterCodingException} if they are not UTF-8. */
    static String text(ByteBuffer bytes) throws CharacterCodingException {
        return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
    }

    /** The bytes of a text. */
    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
