package antiphon.improv;

import antiphon.HotPath;
import antiphon.model.LstmState;
import antiphon.model.Sampler;
import antiphon.model.StackedLstm;
import antiphon.music.Event;
import antiphon.music.Vocabulary;
import java.util.Arrays;

/**
 * The voice that sounds with each note of the player: which pitch it takes, how loud, and whose key ends it.
 *
 * <p>That a note of the answer begins now is given, so only the pitch and velocity heads are asked. What a second
 * player could sing there is left to the network within these bounds: a third to a tenth away from the note played, on
 * either side, but no octave and no minor ninth; no pitch that sounds already; no semitone against a key that is held.
 *
 * <p>A chord gets one voice, that of its first note: it is one event in the music, and a voice for each key would be a
 * cluster. The memory of motifs is not asked: it tells how the player's own line went on, and a voice drawn to that
 * would play the melody's next note before its time. One thread; allocates nothing.
 */
@HotPath
final class Harmony {
    private static final int NONE = -1;
    private static final int NEAREST = 3;
    private static final int FARTHEST = 16;

    /** The same note once more, which is no second voice: left alone, the network takes it for almost every other. */
    private static final int OCTAVE = 12;

    /** A semitone an octave apart: as harsh as the semitone. */
    private static final int MINOR_NINTH = 13;

    /** Onsets this close, of keys held together, are a chord. */
    private static final long CHORD_NANOS = 30_000_000L;

    /**
     * What each semitone of the voice's own motion costs, in nats: a line that can be sung. Twice as much costs notes
     * in the key; none leaves one semitone more of motion per note.
     */
    private static final double MOTION_PULL = 0.1;

    /** After so long a silence a line begins anew. */
    private static final long LINE_NANOS = 3_000_000_000L;

    private final StackedLstm model;
    private final Sampler sampler;
    private final PitchMemory memory;
    private final float[] logits = new float[Vocabulary.PITCHES + 1];
    private final int[] voiceOf = new int[Vocabulary.PITCHES]; // by the pitch played
    private int firstOfChord;
    private long chordNanos;
    private int last;
    private long lastNanos;

    Harmony(StackedLstm model, Sampler sampler, PitchMemory memory) {
        this.model = model;
        this.sampler = sampler;
        this.memory = memory;
        forget();
    }

    /** No key has a voice, and the line begins anew. */
    void forget() {
        Arrays.fill(voiceOf, NONE);
        firstOfChord = NONE;
        last = NONE;
    }

    /**
     * Chooses the voice of a note that the network has just heard. {@link #keep} must follow if it is played.
     *
     * @return its pitch, or -1 for none: the note belongs to a chord that has its voice, or every pitch is taken
     */
    int choose(LstmState state, int played, long nanos, PlayerHands hands, SoundingKeys sounding) {
        if (firstOfChord != NONE && voiceOf[firstOfChord] != NONE && nanos - chordNanos < CHORD_NANOS) {
            return NONE;
        }
        memory.update();
        model.logits(state, StackedLstm.PITCH, Event.ANSWER_ON, 0, 0, logits);
        boolean goesOn = last != NONE && nanos - lastNanos < LINE_NANOS;
        for (int pitch = 0; pitch < Vocabulary.PITCHES; pitch++) {
            if (isVoice(Math.abs(pitch - played)) && !isTaken(pitch, hands, sounding)) {
                double motion = goesOn ? MOTION_PULL * Math.abs(pitch - last) : 0;
                logits[pitch] += (float) (memory.bias(pitch) - motion);
            } else {
                logits[pitch] = Sampler.NEVER;
            }
        }
        return sampler.draw(logits, Vocabulary.PITCHES);
    }

    private static boolean isVoice(int distance) {
        return distance >= NEAREST && distance <= FARTHEST && distance != OCTAVE && distance != MINOR_NINTH;
    }

    private static boolean isTaken(int pitch, PlayerHands hands, SoundingKeys sounding) {
        return hands.isSounding(pitch)
                || sounding.isSounding(pitch)
                || (pitch > 0 && hands.isHeld(pitch - 1))
                || (pitch + 1 < Vocabulary.PITCHES && hands.isHeld(pitch + 1));
    }

    /**
     * Draws how loud the chosen voice is: between half as loud as the note played and as loud, for it accompanies.
     *
     * @param velocity of the note played
     */
    int chooseVelocity(LstmState state, int pitch, int velocity) {
        model.logits(state, StackedLstm.VELOCITY, Event.ANSWER_ON, 0, pitch, logits);
        int loudest = Vocabulary.velocityBin(velocity);
        for (int bin = 0; bin < Vocabulary.VELOCITY_BINS; bin++) {
            if (bin > loudest || bin < loudest / 2) {
                logits[bin] = Sampler.NEVER;
            }
        }
        int drawn = sampler.draw(logits, Vocabulary.VELOCITY_BINS);
        return Vocabulary.velocity(drawn < 0 ? loudest : drawn);
    }

    /** The voice sounds until the key is released. */
    void keep(int played, int voice, long nanos) {
        voiceOf[played] = voice;
        firstOfChord = played;
        chordNanos = nanos;
        last = voice;
        lastNanos = nanos;
    }

    /** The note played has ended: gives the voice that ends with it, or -1. */
    int release(int played) {
        int voice = voiceOf[played];
        voiceOf[played] = NONE;
        return voice;
    }

    /** A voice had to end before its key. */
    void drop(int voice) {
        for (int played = 0; played < voiceOf.length; played++) {
            if (voiceOf[played] == voice) {
                voiceOf[played] = NONE;
            }
        }
    }
}
