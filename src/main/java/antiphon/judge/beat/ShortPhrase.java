package antiphon.judge.beat;

import antiphon.corpus.BeatPiece;
import antiphon.music.Note;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A phrase in no tempo yet, such as beginners play. Immutable.
 *
 * @param name for people
 * @param tones in order of onset; times in beats, one of which is at 0
 */
record ShortPhrase(String name, List<Tone> tones) {
    private static final int PITCH = 67;
    private static final int FEWEST = 8;
    private static final int MOST = 16;

    /** A note so long, in beats, or a rest after it, ends a phrase. */
    private static final double LONG = 2;

    private static final double REST = 0.4;

    /** Rhythms as lengths of notes in beats. */
    private static final List<String> PLAIN = List.of(
            "8 quarters: 1 1 1 1 1 1 1 1",
            "16 quarters: 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1",
            "6 quarters, a half: 1 1 1 1 1 1 2",
            "14 quarters, a half: 1 1 1 1 1 1 1 1 1 1 1 1 1 1 2",
            "Twinkle, two lines: 1 1 1 1 1 1 2 1 1 1 1 1 1 2",
            "Ode to Joy: 1 1 1 1 1 1 1 1 1 1 1 1 1.5 .5 2",
            "Frère Jacques: 1 1 1 1 1 1 1 1 1 1 2 1 1 2",
            "Morning bells: .5 .5 .5 .5 1 1 .5 .5 .5 .5 1 1",
            "Quarters and eighths: 1 .5 .5 1 1 .5 .5 .5 .5 1 1",
            "8 eighths: .5 .5 .5 .5 .5 .5 .5 1",
            "15 eighths: .5 .5 .5 .5 .5 .5 .5 .5 .5 .5 .5 .5 .5 .5 1",
            "Dotted: 1.5 .5 1 1 1.5 .5 2",
            "Swing: .667 .333 .667 .333 1 .667 .333 .667 .333 2",
            "Waltz: 1 1 1 2 1 1 1 1 3",
            "Waltz, long and short: 2 1 2 1 1 1 1 3");

    /** A note. Immutable. */
    record Tone(double onset, double length, int pitch) {}

    ShortPhrase {
        tones = List.copyOf(tones);
    }

    /** Plain rhythms, all on one pitch, so that nothing but them tells the tempo. */
    static List<ShortPhrase> plain() {
        return PLAIN.stream().map(ShortPhrase::of).toList();
    }

    private static ShortPhrase of(String rhythm) {
        String[] parts = rhythm.split(": ", 2);
        double[] lengths = Stream.of(parts[1].split(" ", -1))
                .mapToDouble(Double::parseDouble)
                .toArray();
        List<Tone> tones = new ArrayList<>();
        double at = 0;
        for (double length : lengths) {
            tones.add(new Tone(at, length, PITCH));
            at += length;
        }
        return new ShortPhrase(parts[0], tones);
    }

    /**
     * What a melody begins with: 8 notes or more to a note of two beats or to a rest, 16 at most. Empty if it has fewer
     * notes than that or too few beats.
     */
    static Optional<ShortPhrase> openingOf(BeatPiece melody) {
        List<Note> notes = melody.notes();
        List<Long> beats = melody.beatsNanos();
        if (notes.size() < FEWEST || beats.size() < 2) {
            return Optional.empty();
        }
        double first = beats.getFirst();
        double beatNanos = (beats.getLast() - first) / (beats.size() - 1);
        List<Tone> tones = new ArrayList<>();
        for (int i = 0; i < notes.size() && tones.size() < MOST; i++) {
            Note note = notes.get(i);
            tones.add(
                    new Tone((note.onsetNanos() - first) / beatNanos, note.durationNanos() / beatNanos, note.pitch()));
            double rest = i + 1 < notes.size() ? (notes.get(i + 1).onsetNanos() - note.offsetNanos()) / beatNanos : 0;
            if (tones.size() >= FEWEST && (tones.getLast().length >= LONG || rest > REST)) {
                break;
            }
        }
        return Optional.of(new ShortPhrase(melody.name(), tones));
    }
}
