package antiphon.improv.part;

import antiphon.HotPath;
import antiphon.improv.HarmonyPlace;
import antiphon.improv.Part;
import antiphon.improv.Settings;
import antiphon.improv.SoundingKeys;
import antiphon.improv.Stage;
import antiphon.improv.listen.Chords;
import antiphon.improv.listen.Hands;
import antiphon.improv.listen.Looks;
import antiphon.improv.listen.Pulse;
import antiphon.improv.listen.Tonality;
import antiphon.model.Sampler;
import antiphon.music.MessageSink;
import antiphon.music.Scale;
import antiphon.music.Vocabulary;
import java.util.Arrays;

/**
 * Plays one to three voices with each note of the human's tune, at once, and releases them with their key: decides which
 * pitches they take, how loud they are, and whose key ends them.
 *
 * <p>That a note of the answer begins now is given, so only the pitch and velocity heads are asked. The network chooses
 * each pitch, with what the {@link Chords} are likely to have much preferred, and within these bounds: a third to a tenth
 * away from the tune or from the voice before it, below the tune unless the settings say otherwise, but no octave and no
 * minor ninth; no pitch that sounds already; no semitone against a key that is held. {@link VoiceLeading} says what each
 * motion costs.
 *
 * <p>A chord of the human's gets the voices of its first note: it is one event in the music, and voices for each key would
 * be a cluster. The left hand, where two play, gets none: it says what the chord is. The memory of motifs is not asked: it
 * tells how the human's own line went on, and a voice drawn to that would play the melody's next note before its time. One
 * thread; allocates nothing.
 */
@HotPath
final class Harmony implements Part {
    private static final int NONE = -1;
    private static final int VOICES = Settings.Together.MAX_VOICES;
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

    /** How much the logarithm of a pitch class's share in the chord counts, on strong beats and elsewhere. */
    private static final double CHORD_PULL = 48;

    private static final double CHORD_PULL_BETWEEN = 40;

    /** A pitch class that is in no likely chord counts as if it were with this probability. */
    private static final double LEAST_SHARE = 0.02;

    private static final double LOUDEST = 127;

    /** What a pitch outside the scale costs, in nats. */
    private static final double FOREIGN_COST = 12;

    private final Stage stage;
    private final Chords chords;
    private final Looks looks = new Looks();
    private final VoiceLeading leading = new VoiceLeading(VOICES);
    private final float[] bias = new float[Vocabulary.PITCHES];
    private final double[] pulls = new double[OCTAVE];

    /** By the pitch played, its voices. */
    private final int[] voiceOf = new int[Vocabulary.PITCHES * VOICES];

    private int firstOfChord;
    private long chordNanos;

    Harmony(Stage stage) {
        this.stage = stage;
        chords = stage.listener().chords();
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
        leading.forget();
        looks.forget();
    }

    @Override
    public void stopped(long nanos) {
        forget();
    }

    @Override
    public void advancing(long nowNanos) {
        if (looks.nextNanos() <= nowNanos) {
            looks.find(stage.listener().pulse(), nowNanos);
        }
    }

    /** Nothing is planned here: a voice begins and ends with the human's key. */
    @Override
    public long decide(long nowNanos) {
        return Math.min(looks.nextNanos(), Listen.forgetFinished(stage, restNanos(), nowNanos));
    }

    /** Idle also while voices sound: they end with the human's keys. */
    @Override
    public boolean isIdle() {
        return true;
    }

    @Override
    public void began(int pitch, int velocity, long nanos, MessageSink out) {
        looks.played();
        if (chords.split().isLeft(pitch) || isOfChord(nanos)) {
            return;
        }
        firstOfChord = pitch;
        chordNanos = nanos;
        leading.follow(pitch, nanos);
        pull(isStrong(nanos));
        // A voice that had become too long has ended: whose it was must not end a new one.
        Arrays.fill(voiceOf, pitch * VOICES, (pitch + 1) * VOICES, NONE);
        int near = pitch;
        int voices = Math.min(stage.dials().together().voices(), stage.dials().maxPolyphony());
        for (int voice = 0; voice < voices; voice++) {
            int taken = choose(voice, pitch, near, isStrong(nanos));
            if (taken < 0) {
                return;
            }
            begin(pitch, voice, taken, velocity, nanos, out);
            near = taken;
        }
    }

    private boolean isOfChord(long nanos) {
        return firstOfChord != NONE && voiceOf[firstOfChord * VOICES] != NONE && nanos - chordNanos < CHORD_NANOS;
    }

    /** On a beat; where none is known, any note is. */
    private boolean isStrong(long nanos) {
        Pulse pulse = stage.listener().pulse();
        return !pulse.isSure() || Pulse.isOnBeat((double) nanos, pulse.beatNanos(), pulse.beatPeriodNanos());
    }

    /** Begins a voice; where too many sound, because the pedal holds them, the oldest end. */
    private void begin(int played, int voice, int pitch, int velocity, long nanos, MessageSink out) {
        while (stage.voice().keys().count() >= stage.dials().maxPolyphony()) {
            int oldest = stage.voice().keys().oldest();
            drop(oldest);
            end(oldest, nanos, out);
        }
        drop(pitch);
        leading.take(voice, pitch);
        int loudness = chooseVelocity(pitch, velocity);
        if (stage.voice().begin(pitch, loudness, nanos + stage.dials().immediateNanos(), nanos, out)) {
            voiceOf[played * VOICES + voice] = pitch;
        }
    }

    @Override
    public void ending(int pitch, long nanos, MessageSink out) {
        for (int i = pitch * VOICES; i < (pitch + 1) * VOICES; i++) {
            int voice = voiceOf[i];
            voiceOf[i] = NONE;
            if (voice != NONE) {
                end(voice, nanos, out);
            }
        }
    }

    private void end(int voice, long nanos, MessageSink out) {
        stage.voice().end(voice, nanos + stage.dials().immediateNanos(), nanos, out);
    }

    /** How much each pitch class is preferred: in the chord, in the scale. */
    private void pull(boolean strong) {
        Tonality tonality = stage.listener().tonality();
        tonality.update();
        int scale = stage.dials().steer().scale().isNamed()
                ? stage.dials().steer().scale().classes()
                : Scale.classesOf(chords.tonic());
        for (int i = 0; i < OCTAVE; i++) {
            pulls[i] = (strong ? CHORD_PULL : CHORD_PULL_BETWEEN) * StrictMath.log(chords.share(i) + LEAST_SHARE)
                    - (Scale.has(scale, i) ? 0 : FOREIGN_COST);
        }
    }

    /** The pitch of a voice, or -1 if none is free. */
    private int choose(int voice, int tune, int near, boolean strong) {
        HarmonyPlace place = stage.dials().together().place();
        int chosen = choose(voice, tune, near, strong, place);
        // At the end of the keyboard, or of the range that is set, the other side is better than no voice.
        return chosen >= 0 || place == HarmonyPlace.EITHER
                ? chosen
                : choose(voice, tune, near, strong, HarmonyPlace.EITHER);
    }

    private int choose(int voice, int tune, int near, boolean strong, HarmonyPlace place) {
        Tonality tonality = stage.listener().tonality();
        boolean any = false;
        for (int pitch = 0; pitch < Vocabulary.PITCHES; pitch++) {
            boolean free = isOnSide(pitch - near, place)
                    && isVoice(Math.abs(pitch - near))
                    && isVoice(Math.abs(pitch - tune), voice)
                    && tonality.bounds().allows(pitch)
                    && !isTaken(pitch);
            any |= free;
            bias[pitch] = free
                    ? (float) (tonality.bias(pitch) + pulls[pitch % OCTAVE] - leading.cost(voice, pitch, strong))
                    : Sampler.NEVER;
        }
        return any ? stage.mind().drawPitch(bias) : NONE;
    }

    private static boolean isOnSide(int above, HarmonyPlace place) {
        return place == HarmonyPlace.EITHER || (place == HarmonyPlace.BELOW) == above < 0;
    }

    private static boolean isVoice(int distance) {
        return distance >= NEAREST && distance <= FARTHEST && distance != OCTAVE && distance != MINOR_NINTH;
    }

    /** Only the first voice must be near the tune; none may double it. */
    private static boolean isVoice(int distance, int voice) {
        return voice == 0 || (distance >= NEAREST && distance % OCTAVE != 0);
    }

    private boolean isTaken(int pitch) {
        Hands hands = stage.listener().hands();
        SoundingKeys sounding = stage.voice().keys();
        return hands.isSounding(pitch)
                || sounding.isSounding(pitch)
                || (pitch > 0 && hands.isHeld(pitch - 1))
                || (pitch + 1 < Vocabulary.PITCHES && hands.isHeld(pitch + 1));
    }

    /** As loud as the settings say, of the note played, or up to a third softer as the network wants it. */
    private int chooseVelocity(int pitch, int velocity) {
        double level = velocity * stage.dials().together().level();
        int loudest = Vocabulary.velocityBin((int) Math.clamp(level, 1.0, LOUDEST));
        return Vocabulary.velocity(stage.mind().drawVelocityBin(pitch, loudest * 2 / 3, loudest));
    }

    /** A voice ends although its key is still down. */
    private void drop(int voice) {
        for (int i = 0; i < voiceOf.length; i++) {
            if (voiceOf[i] == voice) {
                voiceOf[i] = NONE;
            }
        }
    }
}
