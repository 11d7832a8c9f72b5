package antiphon.judge;

import antiphon.music.Performance;
import java.util.List;
import java.util.Map;

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

    /**
     * Draws several, each in a panel of its own, with the beats.
     *
     * @param dialogues by their titles; may be empty
     * @param beatsNanos when the beats are
     */
    public static byte[] png(Map<String, Performance> dialogues, List<Long> beatsNanos, String heading) {
        return PianoRollPicture.png(PianoRoll.ofEach(dialogues, beatsNanos), heading);
    }
}
