package antiphon.improv.part;

import antiphon.HotPath;
import antiphon.improv.Stage;
import antiphon.improv.listen.Hands;
import antiphon.improv.listen.PitchBias;
import antiphon.improv.listen.Tonality;
import antiphon.music.Vocabulary;
import java.util.Arrays;

/**
 * Which pitches suit a partner who plays at the same time as the human: out of their register, in their key, and no
 * semitone against what they hold. One thread; allocates nothing.
 */
@HotPath
final class Company implements PitchBias {
    private static final int OCTAVE = 12;
    private static final int SEMITONE = 1;
    private static final int UNKNOWN = -1;

    /** The partner plays below the human as long as their lowest note leaves so much room, counted from the lowest A. */
    private static final double ROOM_BELOW = 57;

    /** What was chosen stays until there is so much less room. */
    private static final double STAYS = 8;

    /** Semitones between the two, and how far the partner goes from there before it costs anything. */
    private static final double APART = 2;

    private static final double REACH = 19;

    /** What each semitone too near or too far costs, in nats. */
    private static final double NEAR_COST = 1.5;

    private static final double FAR_COST = 0.25;
    private static final double NEAREST = 12;

    /** What a pitch class outside the key costs that the human does not use either. */
    private static final float FOREIGN_COST = 6;

    /** What a semitone costs against what the human makes sound, an octave apart or not. */
    private static final float CLASH_COST = 5;

    /** How much the notes of the tonic triad are preferred at the end. */
    private static final float CLOSING_PULL = 3;

    private final Stage stage;
    private final float[] bias = new float[Vocabulary.PITCHES];
    private boolean below = true;
    private boolean closing;
    private int key = UNKNOWN;

    Company(Stage stage) {
        this.stage = stage;
    }

    /** Chooses the side anew. */
    void forget() {
        below = true;
        closing = false;
        key = UNKNOWN;
        Arrays.fill(bias, 0);
    }

    /** Takes in what the human plays now. */
    void update() {
        Tonality tonality = stage.listener().tonality();
        tonality.update();
        double lowest = tonality.lowest();
        if (Double.isNaN(lowest)) {
            return;
        }
        below = below ? lowest > ROOM_BELOW - STAYS : lowest > ROOM_BELOW;
        int register = stage.dials().registerSemitones();
        double near = below ? lowest - APART : tonality.highest() + APART;
        Hands hands = stage.listener().hands();
        key = tonality.key();
        for (int pitch = 0; pitch < bias.length; pitch++) {
            double away = below ? near - (pitch - register) : pitch - register - near;
            double cost = away < 0 ? Math.min(NEAREST, -away * NEAR_COST) : Math.max(0, away - REACH) * FAR_COST;
            float foreign = key >= 0 && !Tonality.isInScale(pitch, key) ? FOREIGN_COST : 0;
            bias[pitch] = (float) (tonality.pull(pitch) - cost) - foreign - (clashes(hands, pitch) ? CLASH_COST : 0);
        }
    }

    /** Whether the next note may be the last. */
    void setClosing(boolean last) {
        closing = last;
    }

    private static boolean clashes(Hands hands, int pitch) {
        for (int other = Math.floorMod(pitch - SEMITONE, OCTAVE); other < Vocabulary.PITCHES; other += OCTAVE) {
            if (hands.isSounding(other)) {
                return true;
            }
        }
        for (int other = Math.floorMod(pitch + SEMITONE, OCTAVE); other < Vocabulary.PITCHES; other += OCTAVE) {
            if (hands.isSounding(other)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public float bias(int pitch) {
        boolean preferred = closing && key >= 0 && Tonality.isInTonicTriad(pitch, key);
        return preferred ? bias[pitch] + CLOSING_PULL : bias[pitch];
    }
}
