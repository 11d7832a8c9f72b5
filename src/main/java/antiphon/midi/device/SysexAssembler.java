package antiphon.midi.device;

/**
 * Puts system exclusive messages together that javax.sound.midi delivers in pieces: the first starts with 0xF0, later
 * ones with a 0xF7 that is not part of the message. One thread.
 */
final class SysexAssembler {
    /** What a piece made of it. */
    enum Result {
        /** The message is complete: read it before the next piece. */
        WHOLE,
        /** More pieces are to come. */
        MORE,
        /** Too long, or a piece without a beginning. */
        REFUSED
    }

    private final byte[] bytes;
    private int length;

    /** A beginning was seen, and no end. */
    private boolean open;

    private boolean tooLong;

    SysexAssembler(int longest) {
        bytes = new byte[longest];
    }

    Result add(byte[] piece, int pieceLength) {
        if (pieceLength == 0) {
            return Result.REFUSED;
        }
        boolean begins = (piece[0] & 0xFF) == 0xF0;
        if (begins) {
            length = 0;
            open = true;
            tooLong = false;
        }
        if (!open) {
            return Result.REFUSED;
        }
        int from = begins || (piece[0] & 0xFF) != 0xF7 || pieceLength == 1 ? 0 : 1;
        append(piece, from, pieceLength - from);
        if ((piece[pieceLength - 1] & 0xFF) != 0xF7) {
            return Result.MORE;
        }
        open = false;
        return tooLong ? Result.REFUSED : Result.WHOLE;
    }

    private void append(byte[] piece, int from, int count) {
        if (count > bytes.length - length) {
            tooLong = true;
            return;
        }
        System.arraycopy(piece, from, bytes, length, count);
        length += count;
    }

    /** Reused by the next message. */
    byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }
}
