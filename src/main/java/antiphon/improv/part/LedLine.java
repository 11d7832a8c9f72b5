package antiphon.improv.part;

import antiphon.HotPath;
import antiphon.improv.Stage;
import antiphon.improv.listen.Chords;
import antiphon.improv.listen.Hands;
import antiphon.improv.listen.PitchBias;
import antiphon.improv.listen.Tonality;
import antiphon.model.Sampler;
import antiphon.music.Scale;
import antiphon.music.Vocabulary;

/**
 * Which pitches suit a line over the chords of a left hand: notes of the chord on the beats, of the scale between, in small
 * steps, above the left hand and out of the right hand's register. One thread; allocates nothing.
 */
@HotPath
final class LedLine implements PitchBias {
    private static final int NONE = -1;
    private static final int OCTAVE = 12;

    /** How much the logarithm of a pitch class's share in the chord counts, on the beats and between. */
    private static final double CHORD_PULL = 20;

    private static final double CHORD_PULL_BETWEEN = 3;
    private static final double LEAST_SHARE = 0.05;

    /** What a pitch outside the scale costs, in nats. */
    private static final double FOREIGN_COST = 8;

    /** What a semitone against a key that is held costs on a beat, an octave apart or not. */
    private static final double CLASH_COST = 6;

    /** The line lies from so far above the left hand, and not below a pitch, to an octave and a half higher. */
    private static final int ABOVE = 4;

    private static final int LOWEST = 58;
    private static final int REACH = 19;
    private static final double OUTSIDE_COST = 0.8;

    /** What being in the right hand's register costs. */
    private static final double IN_THE_WAY_COST = 5;

    private static final int NEAR = 2;

    /** What each semitone of motion costs, each beyond a fifth more, and no motion. */
    private static final double STEP_COST = 0.15;

    private static final double LEAP_COST = 0.3;
    private static final int LEAP = 7;
    private static final double REPEAT_COST = 1;

    private final Stage stage;
    private final Chords chords;
    private final Lead lead;
    private final float[] bias = new float[Vocabulary.PITCHES];
    private final double[] pulls = new double[OCTAVE];
    private int last = NONE;

    LedLine(Stage stage, Lead lead) {
        this.stage = stage;
        this.lead = lead;
        chords = stage.listener().chords();
    }

    /** A new line begins. */
    void restart() {
        last = NONE;
    }

    /** The line has gone on to a pitch. */
    void played(int pitch) {
        last = pitch;
    }

    /** Takes in what is known now, for a note then. */
    void update(long nanos, boolean onBeat) {
        Tonality tonality = stage.listener().tonality();
        tonality.update();
        int scale = stage.dials().steer().scale().isNamed()
                ? stage.dials().steer().scale().classes()
                : Scale.classesOf(chords.tonic()) | chords.classes();
        for (int i = 0; i < OCTAVE; i++) {
            pulls[i] = (onBeat ? CHORD_PULL : CHORD_PULL_BETWEEN) * StrictMath.log(chords.share(i) + LEAST_SHARE)
                    - (Scale.has(scale, i) ? 0 : FOREIGN_COST);
        }
        int lowest =
                Math.max(LOWEST, lead.highestLeft() + ABOVE) + stage.dials().registerSemitones();
        Hands hands = stage.listener().hands();
        boolean beside = lead.isBesideRight(nanos);
        for (int pitch = 0; pitch < bias.length; pitch++) {
            double cost = OUTSIDE_COST * Math.max(0, Math.max(lowest - pitch, pitch - lowest - REACH));
            if (beside && pitch >= lead.lowestRight() - NEAR && pitch <= lead.highestRight() + NEAR) {
                cost += IN_THE_WAY_COST;
            }
            cost += onBeat && hands.isSemitoneFromHeld(pitch) ? CLASH_COST : 0;
            bias[pitch] = tonality.bounds().allows(pitch)
                    ? (float) (pulls[pitch % OCTAVE] - cost - motion(pitch))
                    : Sampler.NEVER;
        }
    }

    private double motion(int pitch) {
        if (last == NONE) {
            return 0;
        }
        int step = Math.abs(pitch - last);
        return step == 0 ? REPEAT_COST : STEP_COST * step + LEAP_COST * Math.max(0, step - LEAP);
    }

    @Override
    public float bias(int pitch) {
        return bias[pitch];
    }
}
