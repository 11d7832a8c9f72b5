package antiphon.judge;

import antiphon.improv.Settings;
import antiphon.live.Rehearsal;
import antiphon.live.Tap;
import antiphon.model.StackedLstm;
import antiphon.music.Note;
import antiphon.music.NotePairing;
import antiphon.music.Performance;
import antiphon.music.TimedMessages;
import antiphon.music.Voice;
import java.util.ArrayList;
import java.util.List;

/** Plays to the real improviser in the live engine, on a virtual clock. Any threads; same seed, same answers. */
final class Stage {
    private static final long MAX_AFTER_END_NANOS = 45_000_000_000L;
    private static final long BREATH_NANOS = 500_000_000L;
    private static final int CHANNEL = 0;
    private static final int INITIAL_NOTES = 32;

    private final StackedLstm network;
    private final Settings settings;
    private Origins origins = new Origins();

    Stage(StackedLstm network, Settings settings) {
        this.network = network;
        this.settings = settings;
    }

    /** Where the answers came from since the last time that this was asked. */
    synchronized Origins origins() {
        Origins until = origins;
        origins = new Origins();
        return until;
    }

    /** The answer to one call. Times count from the turn, so they include the rest that ended the call. */
    List<Note> answer(Phrase call, long seed) {
        return converse(List.of(call), seed).getFirst();
    }

    /**
     * The answers to several calls, each played half a second after the answer before has ended. For each call
     * everything is played again from the beginning, because only then is it known when its answer ends; the same
     * beginning gives the same answers.
     */
    List<List<Note>> converse(List<Phrase> calls, long seed) {
        List<Note> played = new ArrayList<>();
        List<List<Note>> answers = new ArrayList<>();
        long startNanos = 0;
        for (Phrase call : calls) {
            for (Note note : call.notes()) {
                played.add(shifted(note, startNanos));
            }
            long turnNanos = startNanos + call.turnNanos();
            List<Note> answer = notes(Rehearsal.play(
                            network,
                            settings,
                            seed,
                            TimedMessages.ofNotes(played, CHANNEL),
                            MAX_AFTER_END_NANOS,
                            this::count))
                    .stream()
                    .filter(note -> note.onsetNanos() >= turnNanos)
                    .map(note -> shifted(note, -turnNanos))
                    .toList();
            answers.add(answer);
            long soundsNanos =
                    answer.stream().mapToLong(Note::offsetNanos).max().orElse(settings.restNanos());
            startNanos = turnNanos + Math.max(settings.restNanos(), soundsNanos) + BREATH_NANOS;
        }
        return answers;
    }

    private synchronized void count(Tap.Entry told) {
        origins.take(told);
    }

    /** A seed of its own for each answer: with one seed all answers would use the same random numbers. */
    static long seed(int seed, int call) {
        return seed * 1_000_000L + call;
    }

    private static Note shifted(Note note, long nanos) {
        return new Note(note.voice(), note.onsetNanos() + nanos, note.durationNanos(), note.pitch(), note.velocity());
    }

    /** The notes that these messages play, in order of onset; the last message ends what still sounds. */
    static List<Note> notes(TimedMessages messages) {
        NotePairing pairing = new NotePairing(NotePairing.Overlap.QUEUE, INITIAL_NOTES);
        List<Note> notes = new ArrayList<>();
        NotePairing.Ear ear = (lane, channel, pitch, velocity, onsetNanos, nanos) ->
                notes.add(new Note(Voice.ANSWER, onsetNanos, nanos - onsetNanos, pitch, velocity));
        for (int i = 0; i < messages.size(); i++) {
            pairing.accept(0, 0, messages.message(i), messages.nanos(i), ear);
        }
        pairing.finish(messages.endNanos(), ear);
        return Performance.of(notes).notes();
    }
}
