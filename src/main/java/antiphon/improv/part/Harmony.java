package antiphon.improv.part;

import antiphon.HotPath;
import antiphon.improv.Part;
import antiphon.improv.SoundingKeys;
import antiphon.improv.Stage;
import antiphon.improv.listen.Hands;
import antiphon.improv.listen.Tonality;
import antiphon.model.Sampler;
import antiphon.music.MessageSink;
import antiphon.music.Vocabulary;
import java.util.Arrays;

/**
 * Plays one voice with each note of the human's, at once, and releases it with their key: decides which pitch it takes,
 * how loud it is, and whose key ends it.
 *
 * <p>That a note of the answer begins now is given, so only the pitch and velocity heads are asked. The network chooses
 * the pitch within these bounds: a third to a tenth away from the note played, on either side, but no octave and no
 * minor ninth; no pitch that sounds already; no semitone against a key that is held.
 *
 * <p>A chord gets one voice, that of its first note: it is one event in the music, and a voice for each key would be a
 * cluster. The memory of motifs is not asked: it tells how the human's own line went on, and a voice drawn to that
 * would play the melody's next note before its time. One thread; allocates nothing.
 */
@HotPath
final class Harmony implements Part {
    private static final int NONE = -1;
    private static final int NEAREST = 3;
    private static final int FARTHEST = 16;

    /**
     * The same note once more, which is no second voice. Without this bound the network takes it for almost every
     * second note.
     */
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

    /** After a silence this long a new line begins. */
    private static final long LINE_NANOS = 3_000_000_000L;

    private final Stage stage;
    private final float[] bias = new float[Vocabulary.PITCHES];
    private final int[] voiceOf = new int[Vocabulary.PITCHES]; // by the pitch played
    private int firstOfChord;
    private long chordNanos;
    private int last;
    private long lastNanos;

    Harmony(Stage stage) {
        this.stage = stage;
        forget();
    }

    @Override
    public long restNanos() {
        return stage.dials().continueRestNanos();
    }

    @Override
    public void enter(long nanos) {
        forget();
    }

    /** From now on no key has a voice, and a new line begins. */
    @Override
    public void forget() {
        Arrays.fill(voiceOf, NONE);
        firstOfChord = NONE;
        last = NONE;
    }

    @Override
    public void stopped(long nanos) {
        forget();
    }

    /** Nothing is planned here: a voice begins and ends with the human's key. */
    @Override
    public long decide(long nowNanos) {
        return Listen.forgetFinished(stage, restNanos(), nowNanos);
    }

    /** Idle also while voices sound: they end with the human's keys. */
    @Override
    public boolean isIdle() {
        return true;
    }

    @Override
    public void began(int pitch, int velocity, long nanos, MessageSink out) {
        int voice = choose(pitch, nanos);
        if (voice < 0) {
            return;
        }
        while (stage.voice().keys().count() >= stage.dials().maxPolyphony()) {
            // The pedal holds many voices: the oldest ends, so that the newest note gets one.
            int oldest = stage.voice().keys().oldest();
            drop(oldest);
            end(oldest, nanos, out);
        }
        keep(pitch, voice, nanos);
        int loudness = chooseVelocity(voice, velocity);
        if (!stage.voice().begin(voice, loudness, nanos + stage.dials().immediateNanos(), nanos, out)) {
            voiceOf[pitch] = NONE;
        }
    }

    @Override
    public void ending(int pitch, long nanos, MessageSink out) {
        int voice = voiceOf[pitch];
        voiceOf[pitch] = NONE;
        if (voice != NONE) {
            end(voice, nanos, out);
        }
    }

    private void end(int voice, long nanos, MessageSink out) {
        stage.voice().end(voice, nanos + stage.dials().immediateNanos(), nanos, out);
    }

    /**
     * The pitch of the new voice, or -1 for no voice: the note belongs to a chord that has one already, or no pitch is
     * free.
     */
    private int choose(int played, long nanos) {
        if (firstOfChord != NONE && voiceOf[firstOfChord] != NONE && nanos - chordNanos < CHORD_NANOS) {
            return NONE;
        }
        Tonality tonality = stage.listener().tonality();
        tonality.update();
        boolean goesOn = last != NONE && nanos - lastNanos < LINE_NANOS;
        for (int pitch = 0; pitch < Vocabulary.PITCHES; pitch++) {
            if (isVoice(Math.abs(pitch - played)) && !isTaken(pitch)) {
                double motion = goesOn ? MOTION_PULL * Math.abs(pitch - last) : 0;
                bias[pitch] = (float) (tonality.bias(pitch) - motion);
            } else {
                bias[pitch] = Sampler.NEVER;
            }
        }
        return stage.mind().drawPitch(bias);
    }

    private static boolean isVoice(int distance) {
        return distance >= NEAREST && distance <= FARTHEST && distance != OCTAVE && distance != MINOR_NINTH;
    }

    private boolean isTaken(int pitch) {
        Hands hands = stage.listener().hands();
        SoundingKeys sounding = stage.voice().keys();
        return hands.isSounding(pitch)
                || sounding.isSounding(pitch)
                || (pitch > 0 && hands.isHeld(pitch - 1))
                || (pitch + 1 < Vocabulary.PITCHES && hands.isHeld(pitch + 1));
    }

    /** At least half as loud as the note played and at most as loud, because the voice accompanies. */
    private int chooseVelocity(int pitch, int velocity) {
        int loudest = Vocabulary.velocityBin(velocity);
        return Vocabulary.velocity(stage.mind().drawVelocityBin(pitch, loudest / 2, loudest));
    }

    /** The voice sounds until the key is released. */
    private void keep(int played, int voice, long nanos) {
        // A voice that had become too long has ended: whose it was must not end this one.
        drop(voice);
        voiceOf[played] = voice;
        firstOfChord = played;
        chordNanos = nanos;
        last = voice;
        lastNanos = nanos;
    }

    /** A voice ends although its key is still down. */
    private void drop(int voice) {
        for (int played = 0; played < voiceOf.length; played++) {
            if (voiceOf[played] == voice) {
                voiceOf[played] = NONE;
            }
        }
    }
}
