package antiphon.judge;

import antiphon.judge.intime.PulseFinder;
import antiphon.judge.intime.SteadyPulse;
import antiphon.judge.whole.LastBeat;
import antiphon.judge.whole.Line;
import antiphon.judge.whole.Motifs;
import antiphon.music.Note;
import java.util.List;
import java.util.Optional;

/**
 * A call whose answers are judged as a whole. Immutable.
 *
 * @param name for people
 * @param group calls of one group are alike, for example of one piece: its number
 * @param phrase what is played
 * @param key of the tune that it is or begins
 * @param line its top line
 * @param motifs of that line
 * @param beat where its beats are; empty if no steady pulse is known or found
 * @param human what truly followed, times from the turn; empty if nobody has answered
 */
record WholeCall(
        String name,
        int group,
        Phrase phrase,
        Key key,
        Line line,
        Motifs motifs,
        Optional<Beat> beat,
        Optional<List<Note>> human) {
    /**
     * A pulse on the clock of the phrase.
     *
     * @param known true if the call was made in it, false if it was found, and answers may drift
     */
    record Beat(SteadyPulse pulse, boolean known) {}

    private static WholeCall of(
            String name, int group, Phrase phrase, Key key, Optional<Beat> beat, Optional<List<Note>> human) {
        Line line = Line.of(phrase.notes());
        return new WholeCall(name, group, phrase, key, line, Motifs.of(line), beat, human);
    }

    /** A call of a corpus. */
    static WholeCall of(Exchange exchange, int group) {
        Phrase call = exchange.call();
        return of(
                exchange.piece() + ", " + Math.round(call.startNanos() / 1e9) + " s",
                group,
                call,
                Key.ofTune(call.notes()),
                PulseFinder.find(call.notes()).map(pulse -> new Beat(pulse, false)),
                Optional.of(exchange.ringing()));
    }

    /** A call whose tempo and beat are known. */
    static WholeCall of(InTimeCall call) {
        return of(
                call.name(),
                call.group(),
                call.phrase(),
                Key.ofTune(call.phrase().notes()),
                Optional.of(new Beat(call.pulse(), true)),
                call.human());
    }

    /** The first notes of another call, which says the key; too few for a pulse. */
    static WholeCall ofFirst(InTimeCall call, int notes) {
        List<Note> first = call.phrase().notes().stream().limit(notes).toList();
        long turnNanos = first.stream().mapToLong(Note::offsetNanos).max().orElse(0);
        Key key = Key.ofTune(call.phrase().notes());
        String name = call.name() + ", " + notes;
        return of(name, call.group(), new Phrase(0, turnNanos, 0, first), key, Optional.empty(), Optional.empty());
    }

    /** A call that nobody has answered and that is too short for a pulse. */
    static WholeCall ofAlone(String name, int group, Phrase phrase) {
        return of(name, group, phrase, Key.ofTune(phrase.notes()), Optional.empty(), Optional.empty());
    }

    /** Whether the last onset of an answer is on a beat; NaN where there is no steady pulse. */
    double lastOnBeat(List<Note> answer) {
        if (beat.isEmpty()) {
            return Double.NaN;
        }
        SteadyPulse pulse = beat.get().pulse().from(phrase.turnNanos());
        return LastBeat.of(beat.get().known() ? pulse : LastBeat.drifted(pulse, -fromLastOnsetNanos(), answer), answer);
    }

    /** From its last onset to the turn. */
    long fromLastOnsetNanos() {
        return phrase.turnNanos()
                - phrase.notes().stream().mapToLong(Note::onsetNanos).max().orElse(0);
    }

    /** From its last end to the turn. */
    long fromReleaseNanos() {
        return phrase.turnNanos()
                - phrase.notes().stream().mapToLong(Note::offsetNanos).max().orElse(0);
    }
}
