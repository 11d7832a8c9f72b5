package antiphon.corpus;

import antiphon.music.Note;
import antiphon.music.Performance;
import antiphon.music.Voice;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The lead sheets of OpenEWLD, played exactly as they stand: the melody, and with it a bass note on the first beat of
 * each bar and the chord on the others. The beat is the metre's: a half in 2/2, three eighths in 6/8.
 */
final class LeadSheets {
    /** Quarters a minute, one tune after the other; half as fast again where the beat is longer than a quarter. */
    private static final double[] TEMPOS_QPM = {72, 88, 104, 120, 138, 160};

    private static final double LONG_BEAT_FASTER = 1.5;
    private static final int BASS = 36;
    private static final int CHORD = 48;
    private static final int UNSET_VELOCITY = 64;
    private static final double ACCOMPANIMENT_QUARTERS = 0.8;
    private static final double LEAD_NANOS = 1e9;
    private static final double SAME = 1e-3;

    private record Tune(String id, double beatQuarters, double barQuarters, double barStart, List<String[]> notes) {}

    private final List<String[]> chords;
    private final Tune tune;
    private final double quarterNanos;
    private final double startQuarters;

    private LeadSheets(Tune tune, List<String[]> chords, double qpm) {
        this.tune = tune;
        this.chords = chords;
        quarterNanos = 60e9 / (tune.beatQuarters > 1 ? qpm * LONG_BEAT_FASTER : qpm);
        double first = Double.parseDouble(tune.notes.getFirst()[1]);
        startQuarters =
                tune.barStart + Math.floor((first - tune.barStart) / tune.beatQuarters + SAME) * tune.beatQuarters;
    }

    static List<BeatPiece> read(Path folder, int size) {
        List<String[]> tunes = CsvTable.rows(folder.resolve("tunes.csv"), "tune", "metre");
        Map<String, List<String[]>> notes = CsvTable.byFirst(CsvTable.rows(
                folder.resolve("notes.csv"),
                "tune",
                "onset_quarters",
                "duration_quarters",
                "pitch",
                "bar",
                "quarter_in_bar"));
        Map<String, List<String[]>> chords = CsvTable.byFirst(
                CsvTable.rows(folder.resolve("chords.csv"), "tune", "onset_quarters", "root_pitch_class", "kind"));
        try {
            List<Tune> usable = tunes.stream()
                    .filter(row -> notes.containsKey(row[0]))
                    .map(row -> tune(row[0], row[1], notes.getOrDefault(row[0], List.of())))
                    .filter(LeadSheets::isInOneMetre)
                    .toList();
            List<BeatPiece> pieces = new ArrayList<>();
            for (Tune tune : EvenSample.of(usable, size)) {
                double qpm = TEMPOS_QPM[pieces.size() % TEMPOS_QPM.length];
                pieces.add(new LeadSheets(tune, chords.getOrDefault(tune.id, List.of()), qpm).play());
            }
            return pieces;
        } catch (IllegalArgumentException | IndexOutOfBoundsException wrong) {
            throw new CorpusException(
                    folder + ": has a value that is none (" + wrong.getMessage() + "). Unpack the archive again.",
                    wrong);
        }
    }

    private static Tune tune(String id, String metre, List<String[]> notes) {
        String[] parts = metre.split("/", -1);
        int count = Integer.parseInt(parts[0]);
        int unit = Integer.parseInt(parts[1]);
        double beat = unit == 8 && count % 3 == 0 ? 1.5 : 4.0 / unit;
        return new Tune(id, beat, count * 4.0 / unit, barStart(notes.getLast()), notes);
    }

    private static double barStart(String[] note) {
        return Double.parseDouble(note[1]) - Double.parseDouble(note[5]);
    }

    /** Whether all bars, but for a short first one, are as long as the metre says. */
    private static boolean isInOneMetre(Tune tune) {
        return tune.notes.stream()
                .filter(note -> Integer.parseInt(note[4]) > 1)
                .allMatch(
                        note -> Math.abs(Math.IEEEremainder(barStart(note) - tune.barStart, tune.barQuarters)) < SAME);
    }

    private BeatPiece play() {
        List<Note> notes = new ArrayList<>();
        double end = 0;
        for (String[] row : tune.notes) {
            double onset = Double.parseDouble(row[1]);
            double duration = Double.parseDouble(row[2]);
            end = Math.max(end, onset + duration);
            notes.add(note(Voice.HUMAN, onset, duration, (int) Math.rint(Double.parseDouble(row[3]))));
        }
        List<Long> beats = new ArrayList<>();
        for (double at = startQuarters; at < end; at += tune.beatQuarters) {
            beats.add(nanos(at));
            accompany(at, notes);
        }
        return new BeatPiece(tune.id, Touch.given(Performance.of(notes)).notes(), beats);
    }

    private void accompany(double at, List<Note> notes) {
        String[] chord = null;
        for (String[] each : chords) {
            if (Double.parseDouble(each[1]) <= at + SAME) {
                chord = each;
            }
        }
        if (chord == null) {
            return;
        }
        int root = Integer.parseInt(chord[2]);
        if (Math.abs(Math.IEEEremainder(at - tune.barStart, tune.barQuarters)) < SAME) {
            notes.add(note(Voice.ANSWER, at, ACCOMPANIMENT_QUARTERS, BASS + root));
            return;
        }
        int third = chord[3].startsWith("minor") || chord[3].contains("dim") ? 3 : 4;
        for (int interval : new int[] {0, third, 7}) {
            notes.add(note(Voice.ANSWER, at, ACCOMPANIMENT_QUARTERS, CHORD + (root + interval) % 12));
        }
    }

    private Note note(int voice, double onsetQuarters, double quarters, int pitch) {
        return new Note(voice, nanos(onsetQuarters), Math.round(quarters * quarterNanos), pitch, UNSET_VELOCITY);
    }

    private long nanos(double quarters) {
        return Math.round((quarters - startQuarters) * quarterNanos + LEAD_NANOS);
    }
}
