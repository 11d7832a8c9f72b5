package antiphon.improv.part;

import antiphon.HotPath;
import antiphon.improv.Stage;
import antiphon.improv.listen.Hands;
import antiphon.improv.listen.PitchBias;
import antiphon.improv.listen.Tonality;
import antiphon.model.Sampler;
import antiphon.music.Scale;
import antiphon.music.Vocabulary;
import java.util.Arrays;

/**
 * Which pitches suit a partner who plays at the same time as the human: out of their register, in their key and chord, and
 * no semitone against what they hold. One thread; allocates nothing.
 */
@HotPath
final class Company implements PitchBias {
    private static final int OCTAVE = 12;
    private static final int UNKNOWN = -1;

    /** The human's register is that of so many notes, if they are not older than this. */
    private static final int NOTES = 32;

    private static final long OLD_NANOS = 10_000_000_000L;

    /**
     * The partner plays below the human if their lowest note leaves so much room: from E3 on. What was chosen stays
     * until it leaves less.
     */
    private static final int ROOM_BELOW = 52;

    private static final int STAYS = 4;

    /** Where even above there is no room the partner plays below all the same. */
    private static final int NO_ROOM_ABOVE = 88;

    /** Semitones between the two, and how far the partner goes from there before it costs anything. */
    private static final int APART = 2;

    private static final int REACH = 17;

    /** What it costs to be too near, what each semitone of that costs, and each semitone too far, in nats. */
    private static final double TOO_NEAR_COST = 3;

    private static final double NEAR_COST = 1.5;
    private static final double NEAREST_COST = 12;
    private static final double FAR_COST = 0.3;

    /** What a pitch class outside the key costs that the human does not use either. */
    private static final float FOREIGN_COST = 6;

    /** What a semitone costs against what the human makes sound, an octave apart or not. */
    private static final float CLASH_COST = 5;

    /** How much the logarithm of a pitch class's share in the chord counts, and the least share. */
    private static final double CHORD_PULL = 10;

    private static final double LEAST_SHARE = 0.04;

    /** How much the notes of the tonic triad are preferred at the end, and how much more the tonic. */
    private static final float CLOSING_PULL = 3;

    private static final float TONIC_PULL = 1.5f;

    /**
     * What the same pitch once more costs, and what it costs after it was repeated: the fifth of the key is in most chords,
     * and would be all there is.
     */
    private static final float REPEAT_COST = 2;

    private static final float DRONE_COST = 6;

    private final Stage stage;
    private final float[] bias = new float[Vocabulary.PITCHES];
    private final double[] chordPulls = new double[OCTAVE];
    private final int[] pitches = new int[NOTES];
    private final long[] onsets = new long[NOTES];
    private int heard;
    private boolean below = true;
    private boolean closing;
    private int last = UNKNOWN;
    private int beforeLast = UNKNOWN;
    private int key = UNKNOWN;

    Company(Stage stage) {
        this.stage = stage;
    }

    /** The human has not played. */
    void forget() {
        heard = 0;
        below = true;
        closing = false;
        key = UNKNOWN;
        Arrays.fill(bias, 0);
    }

    /** The human begins a note. */
    void hear(int pitch, long nanos) {
        pitches[heard % NOTES] = pitch;
        onsets[heard % NOTES] = nanos;
        heard = heard == 2 * NOTES - 1 ? NOTES : heard + 1;
    }

    /** Takes in what the human plays now. */
    void update(long nanos) {
        Tonality tonality = stage.listener().tonality();
        tonality.update();
        key = tonality.key();
        int lowest = Vocabulary.PITCHES;
        int highest = UNKNOWN;
        for (int i = 0; i < Math.min(heard, NOTES); i++) {
            if (nanos - onsets[i] < OLD_NANOS) {
                lowest = Math.min(lowest, pitches[i]);
                highest = Math.max(highest, pitches[i]);
            }
        }
        if (highest == UNKNOWN) {
            return;
        }
        below = lowest >= (below ? ROOM_BELOW - STAYS : ROOM_BELOW) || highest > NO_ROOM_ABOVE;
        int near = (below ? lowest - APART : highest + APART) + stage.dials().registerSemitones();
        int classes = stage.dials().steer().scale().isNamed()
                ? tonality.classes()
                : Scale.classesOf(stage.listener().chords().tonic());
        Hands hands = stage.listener().hands();
        pullToChord();
        for (int pitch = 0; pitch < bias.length; pitch++) {
            bias[pitch] = (float) (tonality.pull(pitch)
                            + chordPulls[pitch % OCTAVE]
                            - cost(below ? near - pitch : pitch - near))
                    - (Scale.has(classes, pitch) ? 0 : FOREIGN_COST)
                    - (hands.isSemitoneFromSounding(pitch) ? CLASH_COST : 0);
        }
    }

    private void pullToChord() {
        for (int i = 0; i < OCTAVE; i++) {
            chordPulls[i] =
                    CHORD_PULL * StrictMath.log(stage.listener().chords().share(i) + LEAST_SHARE);
        }
    }

    /** @param away semitones from the nearest pitch that is free, below 0 towards the human */
    private static double cost(int away) {
        return away < 0
                ? Math.min(NEAREST_COST, TOO_NEAR_COST - away * NEAR_COST)
                : Math.max(0, away - REACH) * FAR_COST;
    }

    /** The partner's last two notes as the next one is chosen; -1 for none. */
    void setLine(int lastPitch, int pitchBefore) {
        last = lastPitch;
        beforeLast = pitchBefore;
    }

    /** Whether the next note may be the last. */
    void setClosing(boolean last) {
        closing = last;
    }

    @Override
    public float bias(int pitch) {
        if (!stage.listener().tonality().bounds().allows(pitch)) {
            return Sampler.NEVER;
        }
        float repeating = pitch != last ? 0 : last == beforeLast ? DRONE_COST : REPEAT_COST;
        if (!closing || key < 0 || !Tonality.isInTonicTriad(pitch, key)) {
            return bias[pitch] - repeating;
        }
        // To close on what sounded last is no drone.
        return bias[pitch] + CLOSING_PULL + (Math.floorMod(pitch - key, OCTAVE) == 0 ? TONIC_PULL : 0);
    }
}
