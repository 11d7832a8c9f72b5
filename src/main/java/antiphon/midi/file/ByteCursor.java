package antiphon.midi.file;

import java.nio.charset.StandardCharsets;

/**
 * Reads untrusted bytes one after another. No read goes past the end, and a declared length is cut to the bytes that are
 * there, so that a wrong length in a file cannot make us allocate. One thread.
 */
final class ByteCursor {
    /** What a reading method returns where the bytes are missing or malformed. */
    static final int NONE = -1;

    /** The specification's longest variable-length quantity: 28 bits. */
    private static final int VLQ_MAX_BYTES = 4;

    private final byte[] bytes;
    private final int end;
    private int position;

    ByteCursor(byte[] bytes) {
        this(bytes, 0, bytes.length);
    }

    private ByteCursor(byte[] bytes, int start, int end) {
        this.bytes = bytes;
        this.position = start;
        this.end = end;
    }

    /** Counted from the start of the file, for messages to people. */
    int position() {
        return position;
    }

    int remaining() {
        return end - position;
    }

    /** The next byte, 0–255, without moving; {@link #NONE} at the end. */
    int peek() {
        return position < end ? bytes[position] & 0xFF : NONE;
    }

    /** The next byte, 0–255; {@link #NONE} at the end. */
    int next() {
        return position < end ? bytes[position++] & 0xFF : NONE;
    }

    /** A variable-length quantity of at most four bytes; {@link #NONE} if it is longer or cut off. */
    int nextVlq() {
        int value = 0;
        for (int i = 0; i < VLQ_MAX_BYTES; i++) {
            int b = next();
            if (b == NONE) {
                return NONE;
            }
            value = value << 7 | (b & 0x7F);
            if (b < 0x80) {
                return value;
            }
        }
        return NONE;
    }

    /** An unsigned big-endian number of {@code width} bytes, at most 4; {@link #NONE} if cut off. */
    long nextNumber(int width) {
        if (remaining() < width) {
            position = end;
            return NONE;
        }
        long value = 0;
        for (int i = 0; i < width; i++) {
            value = value << 8 | next();
        }
        return value;
    }

    /** A chunk's four letters; shorter at the end. Latin-1, so that every byte is a character. */
    String nextId() {
        int length = Math.min(4, remaining());
        String id = new String(bytes, position, length, StandardCharsets.ISO_8859_1);
        position += length;
        return id;
    }

    /** The next {@code length} bytes, or as many as there are, as a cursor of their own; this one moves past them. */
    ByteCursor slice(long length) {
        int sliceEnd = position + Math.clamp(length, 0, remaining());
        ByteCursor slice = new ByteCursor(bytes, position, sliceEnd);
        position = sliceEnd;
        return slice;
    }

    /** What is left, copied; this cursor is then at its end. */
    byte[] takeRest() {
        byte[] rest = new byte[remaining()];
        System.arraycopy(bytes, position, rest, 0, rest.length);
        position = end;
        return rest;
    }
}
