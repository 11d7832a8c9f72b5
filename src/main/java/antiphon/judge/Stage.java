package antiphon.judge;

import antiphon.improv.Settings;
import antiphon.live.Rehearsal;
import antiphon.model.StackedLstm;
import antiphon.music.Message;
import antiphon.music.Note;
import antiphon.music.Performance;
import antiphon.music.TimedMessages;
import antiphon.music.Voice;
import java.util.ArrayList;
import java.util.List;

/** Plays to the real improviser, live engine and all, on a virtual clock. One thread; same seed, same answers. */
final class Stage {
    private static final long MOST_AFTER_END_NANOS = 45_000_000_000L;
    private static final long BREATH_NANOS = 500_000_000L;
    private static final int CHANNEL = 0;

    private final StackedLstm network;
    private final Settings settings;

    Stage(StackedLstm network, Settings settings) {
        this.network = network;
        this.settings = settings;
    }

    /** What it answers to one call; times from the turn, so that the rest by which it knew is the first wait. */
    List<Note> answer(Phrase call, long seed) {
        return converse(List.of(call), seed).getFirst();
    }

    /**
     * What it answers to each of several calls, the next of which is played half a second after each answer has ended.
     * Everything is played again for each call: only so do we know when its answer ends, and the same beginning gives
     * the same answers.
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
                            network, settings, seed, TimedMessages.ofNotes(played, CHANNEL), MOST_AFTER_END_NANOS))
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

    /** A seed of its own for each answer: with one for all, all would be drawn by the same luck. */
    static long seed(int seed, int call) {
        return seed * 1_000_000L + call;
    }

    private static Note shifted(Note note, long nanos) {
        return new Note(note.voice(), note.onsetNanos() + nanos, note.durationNanos(), note.pitch(), note.velocity());
    }

    /** Notes of note-ons and note-offs of one channel; an off ends the oldest note of its pitch. */
    private static List<Note> notes(TimedMessages messages) {
        List<Note> notes = new ArrayList<>();
        List<List<Integer>> sounding = new ArrayList<>();
        for (int pitch = 0; pitch < Message.PITCHES; pitch++) {
            sounding.add(new ArrayList<>());
        }
        for (int i = 0; i < messages.size(); i++) {
            int message = messages.message(i);
            List<Integer> ofPitch = sounding.get(Message.data1(message));
            if (Message.isNoteOn(message)) {
                ofPitch.add(notes.size());
                notes.add(new Note(Voice.ANSWER, messages.nanos(i), 0, Message.data1(message), Message.data2(message)));
            } else if (Message.isNoteOff(message) && !ofPitch.isEmpty()) {
                int index = ofPitch.removeFirst();
                Note begun = notes.get(index);
                notes.set(
                        index,
                        new Note(
                                Voice.ANSWER,
                                begun.onsetNanos(),
                                messages.nanos(i) - begun.onsetNanos(),
                                begun.pitch(),
                                begun.velocity()));
            }
        }
        return Performance.of(notes).notes();
    }
}
