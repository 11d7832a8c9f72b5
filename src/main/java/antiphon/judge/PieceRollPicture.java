package antiphon.judge;

import antiphon.music.Performance;

/** A whole piece as a picture: time to the right, pitch upwards, in rows one below the other. Stateless. */
public final class PieceRollPicture {
    private PieceRollPicture() {}

    /**
     * Draws it as a PNG; needs no screen.
     *
     * @param dialogue both voices; may be empty
     * @param heading above it
     */
    public static byte[] png(Performance dialogue, String heading) {
        return PianoRollPicture.png(PianoRoll.ofPiece(dialogue), heading);
    }
}
