package antiphon.judge;

import antiphon.judge.intime.Continuator;
import antiphon.judge.intime.RandomOnsets;
import antiphon.judge.intime.SteadyPulse;
import antiphon.music.Note;
import antiphon.music.Voice;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;

/** Those with whom the improviser's time is compared. Pure. */
final class InTimePlayers {
    static final String HUMAN = "human";
    static final String AGAIN = "call again, in time";
    static final String CONTINUATOR = "Markov chain";
    static final String RANDOM = "random onsets";

    private InTimePlayers() {}

    /**
     * Whoever needs no network.
     *
     * @param restNanos after the turn, before which none of them plays
     */
    static List<Contender> of(List<InTimeCall> calls, int seeds, long restNanos) {
        List<Contender> players = new ArrayList<>();
        if (!calls.isEmpty() && calls.stream().allMatch(call -> call.human().isPresent())) {
            players.add(contender(HUMAN, calls, 1, (call, seed) -> call.human().orElse(List.of())));
        }
        players.add(contender(AGAIN, calls, 1, (call, seed) -> again(call, restNanos)));
        players.add(contender(
                CONTINUATOR,
                calls,
                seeds,
                (call, seed) -> continued(call.phrase(), restNanos, Exchanges.hash(call.name(), seed))));
        players.add(contender(RANDOM, calls, seeds, (call, seed) -> random(call, restNanos, seed)));
        return players;
    }

    private static Contender contender(
            String name, List<InTimeCall> calls, int seeds, BiFunction<InTimeCall, Integer, List<Note>> player) {
        return Contender.of(name, calls.size(), seeds, (seed, call) -> player.apply(calls.get(call), seed));
    }

    /** The call once more, whole beats later: the most that can be reached, and how uneven the call is. */
    private static List<Note> again(InTimeCall call, long restNanos) {
        SteadyPulse pulse = call.pulse();
        double beats = Math.ceil((call.lengthNanos() + restNanos) / pulse.beatNanos());
        long laterNanos = Math.round(beats * pulse.beatNanos()) - call.phrase().turnNanos();
        return call.phrase().notes().stream()
                .map(note -> answered(note, laterNanos))
                .toList();
    }

    /** What the Markov chain answers, as long as the call. */
    static List<Note> continued(Phrase call, long restNanos, long seed) {
        long fromNanos = call.turnNanos() + restNanos;
        return Continuator.answer(call.notes(), fromNanos, fromNanos + call.lengthNanos(), seed).stream()
                .map(note -> answered(note, -call.turnNanos()))
                .toList();
    }

    private static List<Note> random(InTimeCall call, long restNanos, int seed) {
        return RandomOnsets.answer(
                call.phrase().notes(), restNanos, restNanos + call.lengthNanos(), Exchanges.hash(call.name(), seed));
    }

    private static Note answered(Note note, long laterNanos) {
        return new Note(
                Voice.ANSWER, note.onsetNanos() + laterNanos, note.durationNanos(), note.pitch(), note.velocity());
    }
}
