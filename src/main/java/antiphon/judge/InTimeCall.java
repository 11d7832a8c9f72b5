package antiphon.judge;

import antiphon.corpus.SteadyCall;
import antiphon.judge.intime.PulseFinder;
import antiphon.judge.intime.SteadyPulse;
import antiphon.music.Note;
import java.util.List;
import java.util.Optional;

/**
 * A call with a steady pulse. Immutable.
 *
 * @param name for people
 * @param group calls of one group are alike: its number
 * @param phrase what is played
 * @param pulse on the clock of the phrase
 * @param human what truly followed, times from the turn; empty if nobody has answered
 */
record InTimeCall(String name, int group, Phrase phrase, SteadyPulse pulse, Optional<List<Note>> human) {
    /** A call whose tempo and beat are known because it was made in them. */
    static InTimeCall of(SteadyCall call, int group) {
        long turnNanos =
                call.notes().stream().mapToLong(Note::offsetNanos).max().orElse(0);
        return new InTimeCall(
                call.name(),
                group,
                new Phrase(0, turnNanos, 0, call.notes()),
                new SteadyPulse(call.beatNanos(), call.firstBeatNanos(), call.stepsPerBeat(), call.swing()),
                Optional.empty());
    }

    /** A call of a corpus, if a steady pulse is found in it. */
    static Optional<InTimeCall> of(Exchange exchange, int group) {
        return PulseFinder.find(exchange.call().notes())
                .map(pulse -> new InTimeCall(
                        exchange.piece() + ", " + Math.round(exchange.call().startNanos() / 1e9) + " s",
                        group,
                        exchange.call(),
                        pulse,
                        Optional.of(exchange.answer())));
    }

    /** The pulse on the clock of answers, which starts with the turn. */
    SteadyPulse pulseFromTurn() {
        return pulse.from(phrase.turnNanos());
    }

    /** The last onset on the clock of answers, below 0. */
    long lastNanosFromTurn() {
        return phrase.notes().stream().mapToLong(Note::onsetNanos).max().orElse(0) - phrase.turnNanos();
    }

    /** From its first onset to the turn. */
    long lengthNanos() {
        return phrase.lengthNanos();
    }
}
