package antiphon.midi;

import antiphon.HotPath;

/**
 * Puts system exclusive messages together that come in pieces: the first starts with 0xF0, the last ends with 0xF7. A
 * piece between may start with a 0xF7 that is no part of the message, as javax.sound.midi has it. So a message is
 * passed on whole or not at all. What is too long, has other status bytes in it or is broken off is refused, once. One
 * thread; allocates nothing after construction.
 */
public final class SysexAssembler {
    private static final int START = 0xF0;
    private static final int END = 0xF7;
    private static final int REAL_TIME_FROM = 0xF8;

    /** What a piece made of it. */
    public enum Result {
        /** The message is complete: read it before the next piece. */
        WHOLE,
        /** More pieces are to come. */
        MORE,
        /** Too long, no whole message, or a piece without a beginning. */
        REFUSED
    }

    private final byte[] bytes;
    private int length;

    /** A beginning was seen, and no end. */
    private boolean open;

    /** It is too long, or has a byte in it that cannot be: what comes of it is passed over. */
    private boolean bad;

    /** @param longest how many bytes a message may have */
    public SysexAssembler(int longest) {
        bytes = new byte[longest];
    }

    /** Takes a piece. One that begins a message breaks off the one before: ask {@link #breakOff} first. */
    @HotPath
    public Result add(byte[] piece, int pieceLength) {
        boolean begins = pieceLength > 0 && (piece[0] & 0xFF) == START;
        if (begins) {
            length = 0;
            open = true;
            bad = false;
        }
        if (!open || pieceLength == 0) {
            return Result.REFUSED;
        }
        boolean ends = (piece[pieceLength - 1] & 0xFF) == END;
        int from = !begins && (piece[0] & 0xFF) == END && pieceLength > 1 ? 1 : 0;
        bad = bad
                || pieceLength - from > bytes.length - length
                || !isData(piece, from + (begins ? 1 : 0), pieceLength - (ends ? 1 : 0));
        if (!bad) {
            System.arraycopy(piece, from, bytes, length, pieceLength - from);
            length += pieceLength - from;
        }
        if (!ends) {
            return Result.MORE;
        }
        open = false;
        return bad ? Result.REFUSED : Result.WHOLE;
    }

    /** Real-time messages may lie in between. */
    private static boolean isData(byte[] piece, int from, int to) {
        for (int i = from; i < to; i++) {
            int value = piece[i] & 0xFF;
            if (value >= 0x80 && value < REAL_TIME_FROM) {
                return false;
            }
        }
        return true;
    }

    /**
     * Another message came: a system exclusive message that has no end by now never gets one.
     *
     * @return true if there was one: it is refused
     */
    @HotPath
    public boolean breakOff() {
        boolean was = open;
        open = false;
        return was;
    }

    /** True for what may come inside a system exclusive message without breaking it off. */
    @HotPath
    public static boolean isRealTime(int status) {
        return status >= REAL_TIME_FROM;
    }

    /** The message, from its beginning on. Reused by the next message. */
    public byte[] bytes() {
        return bytes;
    }

    /** Of the message, in bytes. */
    public int length() {
        return length;
    }
}
