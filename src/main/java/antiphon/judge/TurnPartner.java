package antiphon.judge;

import antiphon.corpus.PhrasedPiece;
import antiphon.improv.Settings;
import antiphon.live.Rehearsal;
import antiphon.model.StackedLstm;
import antiphon.music.Message;
import antiphon.music.Note;
import antiphon.music.TimedMessages;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** One who answers a performer who never waits for it. */
@FunctionalInterface
interface TurnPartner {
    /** When its notes begin while this is played, ascending. */
    long[] onsets(PhrasedPiece piece);

    /** The improviser, by the live path on a virtual clock. */
    static TurnPartner improviser(StackedLstm network, Settings settings) {
        long afterNanos = 5_000_000_000L;
        return piece -> {
            TimedMessages played = TimedMessages.ofNotes(piece.notes(), 0);
            TimedMessages answers = Rehearsal.play(network, settings, 1, played, afterNanos);
            return IntStream.range(0, answers.size())
                    .filter(i -> Message.isNoteOn(answers.message(i)))
                    .mapToLong(answers::nanos)
                    .sorted()
                    .toArray();
        };
    }

    /** Plays a note whenever no key has been down for so long; shares no code with what listens in the improviser. */
    static TurnPartner fixedRest(long restNanos) {
        return piece -> {
            List<Note> notes = piece.notes().stream()
                    .sorted(Comparator.comparingLong(Note::onsetNanos))
                    .toList();
            LongStream.Builder onsets = LongStream.builder();
            long silentFromNanos = 0;
            for (int i = 0; i < notes.size(); i++) {
                silentFromNanos = Math.max(silentFromNanos, notes.get(i).offsetNanos());
                boolean last = i + 1 == notes.size();
                if (last || notes.get(i + 1).onsetNanos() > silentFromNanos + restNanos) {
                    onsets.add(silentFromNanos + restNanos);
                }
            }
            return onsets.build().toArray();
        };
    }
}
