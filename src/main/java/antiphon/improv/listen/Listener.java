package antiphon.improv.listen;

import antiphon.HotPath;
import antiphon.music.Vocabulary;

/**
 * What the human is doing: the keys and pedals they hold, the phrase they play, its tonality, chords, pulse and
 * accents.
 * One thread; allocates nothing.
 */
@HotPath
public final class Listener {
    private final Hands hands = new Hands();
    private final Phrase phrase = new Phrase();
    private final Tonality tonality = new Tonality();
    private final Pulse pulse = new Pulse();
    private final Touch touch = new Touch();
    private final Chords chords = new Chords();
    private int ignoredMessage;
    private long ignoredNanos;

    /** Keys and pedals of all inputs; {@link Hands#follow} is the one place where messages become notes. */
    public Hands hands() {
        return hands;
    }

    public Phrase phrase() {
        return phrase;
    }

    public Tonality tonality() {
        return tonality;
    }

    public Pulse pulse() {
        return pulse;
    }

    public Touch touch() {
        return touch;
    }

    public Chords chords() {
        return chords;
    }

    /** A note has come that is not to be heard. */
    public void ignored(int message, long nanos) {
        ignoredMessage = message;
        ignoredNanos = nanos;
    }

    /** The last note that was not to be heard, packed; 0 if there was none. */
    public int ignoredMessage() {
        return ignoredMessage;
    }

    /** When that came. Only if there was one. */
    public long ignoredNanos() {
        return ignoredNanos;
    }

    /** Forgets everything except the keys and pedals that are held. */
    public void forget() {
        phrase.reset();
        tonality.forget();
        pulse.forget();
        touch.forget();
        chords.forget();
    }

    /**
     * A note has begun.
     *
     * @param restNanos the silence that ends a phrase now
     */
    public void began(int pitch, int velocity, long nanos, long restNanos) {
        phrase.noteBegan(pitch, velocity, nanos, restNanos);
        phrase.keysHeld(hands.heldKeys());
        tonality.hear(pitch);
        pulse.hear(pitch, velocity, nanos);
        touch.hear(velocity, nanos);
        chords.began(pitch, hands, nanos);
    }

    /** A note has ended. */
    public void ended(int pitch, long nanos) {
        phrase.noteEnded(pitch, nanos);
        chords.ended(pitch, nanos);
    }

    /** A key went up. */
    public void lifted(long nanos) {
        phrase.keyLifted(nanos);
    }

    /** When the phrase will have ended if nothing more is played, {@link Long#MAX_VALUE} if there is none. */
    public long phraseEndNanos(long restNanos) {
        return phraseEndNanos(restNanos, false);
    }

    /**
     * The same.
     *
     * @param early a line that sounds finished ends sooner
     */
    public long phraseEndNanos(long restNanos, boolean early) {
        return phrase.endNanos(hands.heldKeys() > 0, restNanos, early);
    }

    /**
     * Counts the notes that are still held or ringing as lasting until now.
     *
     * @param call the phrase, or a copy of it
     */
    public void stillSounds(Phrase call, long nanos) {
        for (int pitch = 0; pitch < Vocabulary.PITCHES; pitch++) {
            if (hands.isSounding(pitch)) {
                call.stillSounds(pitch, nanos);
            }
        }
    }
}
