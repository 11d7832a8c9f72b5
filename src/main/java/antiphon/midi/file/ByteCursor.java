package antiphon.midi.file;

import java.nio.charset.StandardCharsets;

/**
 * Reads untrusted bytes one after another. No read goes past the end, and a declared length is cut to the bytes that are
 * there, so that a wrong length in a file cannot make us allocate. One thread.
 */
final class ByteCursor {
    /** What a reading method returns where the bytes are missing or malformed. */
    static final int NONE = -1;

    /** What {@link #nextVlq} returns for a number of more than 28 bits, which the specification does not allow. */
    static final int TOO_LARGE = -2;

    /** The specification's longest variable-length quantity: 28 bits in four bytes. */
    private static final int VLQ_MAX_BYTES = 4;

    /** More than any program writes for a number of 64 bits without sense. */
    private static final int VLQ_READ_BYTES = 9;

    private static final int VLQ_MAX = (1 << (7 * VLQ_MAX_BYTES)) - 1;

    private final byte[] bytes;
    private final int end;
    private int position;
    private boolean tooLong;

    ByteCursor(byte[] bytes) {
        this(bytes, 0, bytes.length);
    }

    /** @param end where it ends; no byte from there on is read */
    private ByteCursor(byte[] bytes, int start, int end) {
        this.bytes = bytes;
        this.position = start;
        this.end = end;
    }

    /** Counted from the start of the file, for messages to people. */
    int position() {
        return position;
    }

    /** Where this cursor ends, counted from the start of the file. */
    int end() {
        return end;
    }

    /** Where the file ends, whatever part of it this cursor reads. */
    int fileEnd() {
        return bytes.length;
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

    /**
     * A variable-length quantity. One of more than four bytes is read to its end all the same, up to nine bytes:
     * {@link #wasTooLong} then says so, and a value of more than 28 bits is {@link #TOO_LARGE}.
     *
     * @return {@link #NONE} if it is cut off or does not end
     */
    int nextVlq() {
        long value = 0;
        for (int i = 1; i <= VLQ_READ_BYTES; i++) {
            int b = next();
            if (b == NONE) {
                return NONE;
            }
            value = value << 7 | (b & 0x7F);
            if (b < 0x80) {
                tooLong = i > VLQ_MAX_BYTES;
                return value > VLQ_MAX ? TOO_LARGE : (int) value;
            }
        }
        return NONE;
    }

    /** Whether the last {@link #nextVlq} that gave a value was longer than four bytes. */
    boolean wasTooLong() {
        return tooLong;
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

    /** The bytes from one place in the file to another, as a cursor of their own; this one does not move. */
    ByteCursor part(int from, int to) {
        return new ByteCursor(bytes, from, to);
    }

    /** Goes to a place in the file, at most this cursor's end. */
    void moveTo(int place) {
        position = place;
    }

    /** Whether these letters stand at a place in the file, beyond this cursor's end too. */
    boolean isAt(int place, String letters) {
        if (place > bytes.length - letters.length()) {
            return false;
        }
        for (int i = 0; i < letters.length(); i++) {
            if (bytes[place + i] != (byte) letters.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** The first place from one on, before another, where these letters stand; {@link #NONE} if there is none. */
    int find(String letters, int from, int before) {
        for (int place = from; place < before; place++) {
            if (isAt(place, letters)) {
                return place;
            }
        }
        return NONE;
    }

    /** What is left, copied; this cursor is then at its end. */
    byte[] takeRest() {
        byte[] rest = new byte[remaining()];
        System.arraycopy(bytes, position, rest, 0, rest.length);
        position = end;
        return rest;
    }
}
