package antiphon.judge.beat;

import antiphon.corpus.BeatPiece;
import antiphon.music.Note;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;

/** How a piece is played: as it stands, with uneven hands, or at a tempo that sways, and the true beats with it. */
enum Playing {
    AS_IT_IS("as it is", 0, 0),
    UNEVEN_5("± 5 ms", 5, 0),
    UNEVEN_10("±10 ms", 10, 0),
    UNEVEN_20("±20 ms", 20, 0),
    RUBATO("rubato", 0, 0.08);

    private static final double SWAY_NANOS = 10e9;

    private final String label;
    private final double unevenNanos;
    private final double sway;

    Playing(String label, double unevenMillis, double sway) {
        this.label = label;
        this.unevenNanos = unevenMillis * 1e6;
        this.sway = sway;
    }

    String label() {
        return label;
    }

    /** The piece played so. The same piece is always played the same. */
    BeatPiece play(BeatPiece piece) {
        SplittableRandom random = new SplittableRandom(31L * piece.name().hashCode() + label.hashCode());
        double turn = random.nextDouble();
        List<Note> notes = piece.notes().stream()
                .map(note ->
                        at(note, swayed(note.onsetNanos(), turn) + Math.round(unevenNanos * random.nextGaussian())))
                .sorted(Comparator.comparingLong(Note::onsetNanos))
                .toList();
        List<Long> beats =
                piece.beatsNanos().stream().map(beat -> swayed(beat, turn)).toList();
        return new BeatPiece(piece.name(), notes, beats);
    }

    private static Note at(Note note, long onsetNanos) {
        return new Note(note.voice(), Math.max(0, onsetNanos), note.durationNanos(), note.pitch(), note.velocity());
    }

    /** Where a time comes to lie if one second lasts between 1 − sway and 1 + sway, in the shape of a sine. */
    private long swayed(long nanos, double turn) {
        double amplitude = sway * SWAY_NANOS / (2 * Math.PI);
        double angle = 2 * Math.PI * (nanos / SWAY_NANOS + turn);
        return nanos + Math.round(amplitude * (1 - StrictMath.cos(angle)));
    }
}
