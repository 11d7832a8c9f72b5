package antiphon.live;

import antiphon.improv.listen.Chords;
import antiphon.improv.listen.Listener;
import antiphon.improv.listen.Pulse;

/**
 * What is made of the human's playing, for people to see. Read while the engine goes on, so its parts may be of different
 * moments, some milliseconds apart.
 *
 * @param qpm quarters a minute, if a beat is one; 0 if no tempo was ever heard
 * @param confidence of the pulse, 0 to 1
 * @param sure it is sure enough to count beats by
 * @param clock the pulse is that of a MIDI clock or of the host's transport
 * @param beatNanos when one of the beats is, on the engine's clock
 * @param beatPeriodNanos of one beat
 * @param chord the pitch classes of the chord, a bit {@code 1 << pitchClass} each; 0 if none was heard
 * @param chordPlayed the chord was heard from an accompaniment, not guessed from a tune
 */
public record Understanding(
        double qpm,
        double confidence,
        boolean sure,
        boolean clock,
        double beatNanos,
        double beatPeriodNanos,
        int chord,
        boolean chordPlayed) {
    /** Slower or faster than this is no tempo. */
    private static final double MIN_QPM = 10;

    private static final double MAX_QPM = 600;

    static Understanding of(Listener listener) {
        Pulse pulse = listener.pulse();
        Chords chords = listener.chords();
        double qpm = pulse.tempoQpm();
        boolean known = qpm >= MIN_QPM && qpm <= MAX_QPM;
        return new Understanding(
                known ? qpm : 0,
                known ? pulse.confidence() : 0,
                known && pulse.isSure(),
                pulse.knowsBars(),
                known ? pulse.beatNanos() : 0,
                known ? pulse.beatPeriodNanos() : 0,
                chords.isKnown() ? chords.classes() : 0,
                chords.isKnown() && chords.isPlayed());
    }
}
