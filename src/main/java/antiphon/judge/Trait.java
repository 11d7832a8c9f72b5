package antiphon.judge;

import antiphon.music.Note;
import java.util.List;

/** A trait in which an answer can follow its call, and how near it comes to the call: higher is nearer. Pure. */
enum Trait {
    /** The share of the answer's notes that lie in the call's key. */
    KEY("key", "share of the answer's notes in the call's key", 0.6) {
        @Override
        double closeness(Traits call, Traits answer) {
            return call.key().share(answer.notes());
        }
    },
    /** The correlation of how often each pitch class occurs: finer than the key, and free of the key finder's errors. */
    PITCH_CLASSES("pitch classes", "correlation of pitch-class histograms", Double.NaN) {
        @Override
        double closeness(Traits call, Traits answer) {
            return answer.notes().isEmpty()
                    ? Double.NaN
                    : Key.correlation(histogram(call.notes()), histogram(answer.notes()));
        }
    },
    TEMPO("tempo", "minus the octaves between the median inter-onset intervals", 0.4) {
        @Override
        double closeness(Traits call, Traits answer) {
            return -Math.abs(call.logInterval() - answer.logInterval());
        }
    },
    DENSITY("density", "minus the octaves between the notes per second", 0.4) {
        @Override
        double closeness(Traits call, Traits answer) {
            return -Math.abs(call.logDensity() - answer.logDensity());
        }
    },
    REGISTER("register", "minus the semitones between the mean pitches", 0.4) {
        @Override
        double closeness(Traits call, Traits answer) {
            return -Math.abs(call.register() - answer.register());
        }
    },
    VELOCITY("velocity", "minus the steps between the mean velocities", 0.4) {
        @Override
        double closeness(Traits call, Traits answer) {
            return -Math.abs(call.velocity() - answer.velocity());
        }
    };

    private final String text;
    private final String meaning;
    private final double bar;

    Trait(String text, String meaning, double bar) {
        this.text = text;
        this.meaning = meaning;
        this.bar = bar;
    }

    /** NaN if one of the two has too few notes for the trait. */
    abstract double closeness(Traits call, Traits answer);

    String text() {
        return text;
    }

    /** What closeness is, for people. */
    String meaning() {
        return meaning;
    }

    /** The smallest R that counts as following; NaN if there is no bar. */
    double bar() {
        return bar;
    }

    private static double[] histogram(List<Note> notes) {
        double[] histogram = new double[Key.PITCH_CLASSES];
        for (Note note : notes) {
            histogram[note.pitch() % Key.PITCH_CLASSES]++;
        }
        return histogram;
    }
}
