package antiphon.judge;

import antiphon.music.Note;
import java.util.Arrays;
import java.util.List;

/** One side of how answers sound, as values that are compared as a distribution. Pure. */
enum Feature {
    PITCH_CLASS("pitch class", "semitones above the tonic of the call's key") {
        @Override
        double[] values(Key key, List<Note> answer) {
            return answer.stream()
                    .mapToDouble(note -> Math.floorMod(note.pitch() - key.tonic(), Key.PITCH_CLASSES))
                    .toArray();
        }

        @Override
        double distance(double[] one, double[] other) {
            return Wasserstein.onCircle(histogram(one), histogram(other));
        }
    },
    INTERVAL("inter-onset interval", "log2 of seconds between chords") {
        @Override
        double[] values(Key key, List<Note> answer) {
            return Arrays.stream(Onsets.of(answer).intervals())
                    .map(Feature::log2)
                    .toArray();
        }
    },
    DURATION("duration", "log2 of seconds") {
        @Override
        double[] values(Key key, List<Note> answer) {
            return answer.stream()
                    .mapToDouble(note -> log2(Math.max(note.durationNanos() / 1e9, SHORTEST_SECONDS)))
                    .toArray();
        }
    },
    VELOCITY("velocity", "MIDI velocity") {
        @Override
        double[] values(Key key, List<Note> answer) {
            return answer.stream().mapToDouble(Note::velocity).toArray();
        }
    },
    POLYPHONY("polyphony", "notes sounding as a chord begins") {
        @Override
        double[] values(Key key, List<Note> answer) {
            return Onsets.of(answer).polyphony();
        }
    },
    /** As MusPy has it: the largest share of notes that lie in any one diatonic scale. */
    SCALE("scale consistency", "largest share of an answer's notes in one diatonic scale") {
        @Override
        double[] values(Key key, List<Note> answer) {
            double best = 0;
            for (int tonic = 0; tonic < Key.PITCH_CLASSES; tonic++) {
                best = Math.max(best, new Key(tonic, false).share(answer));
            }
            return answer.isEmpty() ? new double[0] : new double[] {best};
        }
    },
    /** After Wu and Yang's grooving pattern similarity (2020), which needs bars: here a bar is eight of the answer's own half pulses. */
    GROOVE("groove consistency", "likeness of the onset patterns of neighbouring stretches of an answer") {
        @Override
        double[] values(Key key, List<Note> answer) {
            return groove(Onsets.of(answer));
        }
    };

    private static final double SHORTEST_SECONDS = 0.01;
    private static final int CELLS = 8;
    private static final double CELLS_IN_A_PULSE = 2;

    private final String text;
    private final String meaning;

    Feature(String text, String meaning) {
        this.text = text;
        this.meaning = meaning;
    }

    /**
     * The values of one answer; none if it is too short for them.
     *
     * @param key of the call
     */
    abstract double[] values(Key key, List<Note> answer);

    /** Wasserstein-1 between two sets of values, sorted, none empty. */
    double distance(double[] one, double[] other) {
        return Wasserstein.onLine(one, other);
    }

    String text() {
        return text;
    }

    /** What the values are, for people. */
    String meaning() {
        return meaning;
    }

    static double[] histogram(double[] pitchClasses) {
        double[] histogram = new double[Key.PITCH_CLASSES];
        for (double pitchClass : pitchClasses) {
            histogram[(int) pitchClass]++;
        }
        return histogram;
    }

    private static double log2(double value) {
        return Math.log(value) / Math.log(2);
    }

    private static double[] groove(Onsets onsets) {
        double pulse = Statistics.quantile(onsets.intervals(), 0.5);
        long[] nanos = onsets.nanos();
        if (!(pulse > 0)) {
            return new double[0];
        }
        double cell = pulse / CELLS_IN_A_PULSE;
        int bars = (int) ((nanos[nanos.length - 1] - nanos[0]) / 1e9 / cell / CELLS);
        if (bars < 2) {
            return new double[0];
        }
        boolean[] struck = new boolean[bars * CELLS];
        for (long each : nanos) {
            int place = (int) Math.round((each - nanos[0]) / 1e9 / cell);
            if (place < struck.length) {
                struck[place] = true;
            }
        }
        double same = 0;
        for (int i = CELLS; i < struck.length; i++) {
            same += struck[i] == struck[i - CELLS] ? 1 : 0;
        }
        return new double[] {same / (struck.length - CELLS)};
    }
}
