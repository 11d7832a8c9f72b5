package antiphon.corpus;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One tune of OpenEWLD: its melody and chords, without a performance. Times are in quarters. Immutable.
 *
 * @param id its number in the set
 * @param beatQuarters length of a beat as the metre has it: a half in 2/2, three eighths in 6/8
 * @param barQuarters length of a bar
 * @param barStart where one of the bars begins
 * @param notes of the melody, at least one, by onset
 * @param chords by onset; none if the sheet has none
 */
record LeadSheet(
        String id, double beatQuarters, double barQuarters, double barStart, List<Tone> notes, List<Chord> chords) {
    private static final double SAME = 1e-3;
    private static final String[] TUNES = {"tune", "metre"};
    private static final String[] NOTES = {
        "tune", "onset_quarters", "duration_quarters", "pitch", "bar", "quarter_in_bar"
    };
    private static final String[] CHORDS = {"tune", "onset_quarters", "root_pitch_class", "kind"};

    /** A note of the melody; its bar is counted from 1, which may be a short one. */
    record Tone(double onset, double duration, int pitch, int bar, double quarterInBar) {}

    /** A chord until the next one; semitones of third, fifth and seventh above the root. */
    record Chord(double onset, int root, int third, int fifth, int seventh) {}

    /** The tunes of a folder that are in one metre throughout, in its order. */
    static List<LeadSheet> read(Path folder) {
        List<String[]> tunes = CsvTable.rows(folder.resolve("tunes.csv"), TUNES);
        Map<String, List<String[]>> notes = CsvTable.byFirst(CsvTable.rows(folder.resolve("notes.csv"), NOTES));
        Map<String, List<String[]>> chords = CsvTable.byFirst(CsvTable.rows(folder.resolve("chords.csv"), CHORDS));
        try {
            return tunes.stream()
                    .filter(row -> notes.containsKey(row[0]))
                    .map(row -> of(row, notes.getOrDefault(row[0], List.of()), chords.getOrDefault(row[0], List.of())))
                    .filter(LeadSheet::isInOneMetre)
                    .toList();
        } catch (IllegalArgumentException | IndexOutOfBoundsException wrong) {
            throw new CorpusException(
                    folder + ": has a value that is none (" + wrong.getMessage() + "). Unpack the archive again.",
                    wrong);
        }
    }

    private static LeadSheet of(String[] tune, List<String[]> noteRows, List<String[]> chordRows) {
        String[] metre = tune[1].split("/", -1);
        int count = Integer.parseInt(metre[0]);
        int unit = Integer.parseInt(metre[1]);
        double beat = unit == 8 && count % 3 == 0 ? 1.5 : 4.0 / unit;
        List<Tone> notes = noteRows.stream().map(LeadSheet::tone).toList();
        Tone last = notes.getLast();
        return new LeadSheet(
                tune[0],
                beat,
                count * 4.0 / unit,
                last.onset - last.quarterInBar,
                notes,
                chordRows.stream().map(LeadSheet::chord).toList());
    }

    private static Tone tone(String[] row) {
        return new Tone(
                Double.parseDouble(row[1]),
                Double.parseDouble(row[2]),
                (int) Math.rint(Double.parseDouble(row[3])),
                Integer.parseInt(row[4]),
                Double.parseDouble(row[5]));
    }

    private static Chord chord(String[] row) {
        String kind = row[3];
        int third = kind.startsWith("minor") || kind.contains("dim") ? 3 : kind.startsWith("suspended") ? 5 : 4;
        int fifth = kind.contains("dim") ? 6 : kind.startsWith("augmented") ? 8 : 7;
        int seventh = kind.contains("sixth") ? 9 : kind.startsWith("major") ? 11 : 10;
        boolean isTriad = List.of("major", "minor", "diminished", "augmented", "suspended-fourth", "")
                .contains(kind);
        return new Chord(Double.parseDouble(row[1]), Integer.parseInt(row[2]), third, fifth, isTriad ? 12 : seventh);
    }

    /** Whether all bars, but for a short first one, are as long as the metre says. */
    private boolean isInOneMetre() {
        return notes.stream().filter(note -> note.bar > 1).allMatch(note -> isBarStart(note.onset - note.quarterInBar));
    }

    /** True if a bar begins here. */
    boolean isBarStart(double quarters) {
        return Math.abs(Math.IEEEremainder(quarters - barStart, barQuarters)) < SAME;
    }

    /** The beat that the first note falls on, or the one before it. */
    double startQuarters() {
        return barStart + Math.floor((notes.getFirst().onset - barStart) / beatQuarters + SAME) * beatQuarters;
    }

    /** When the melody ends. */
    double endQuarters() {
        return notes.stream()
                .mapToDouble(note -> note.onset + note.duration)
                .max()
                .orElse(0);
    }

    /** The chord that sounds at this time; null before the first. */
    @Nullable
    Chord chordAt(double quarters) {
        Chord found = null;
        for (Chord chord : chords) {
            if (chord.onset <= quarters + SAME) {
                found = chord;
            }
        }
        return found;
    }
}
