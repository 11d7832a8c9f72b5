package antiphon.music;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A piece of played music: its notes in order of onset, and the moments at which a phrase ended.
 *
 * <p>MIDI cannot tell which of two sounding notes of one pitch a note-off means. Like every sequencer we let the
 * first note-off end the first note, so the constructor pairs onsets and offsets of one voice and pitch in that
 * order; nested notes come out as overlapping ones. Immutable.
 *
 * @param notes sorted by onset, then voice, then pitch
 * @param phraseEndsNanos sorted; times from the start of the piece
 */
public record Performance(List<Note> notes, List<Long> phraseEndsNanos) {

    private static final Comparator<Note> BY_ONSET = Comparator.comparingLong(Note::onsetNanos)
            .thenComparingInt(Note::voice)
            .thenComparingInt(Note::pitch)
            .thenComparingLong(Note::durationNanos)
            .thenComparingInt(Note::velocity);

    public Performance {
        notes = firstOnFirstOff(notes);
        phraseEndsNanos = phraseEndsNanos.stream().sorted().toList();
    }

    public static Performance of(List<Note> notes) {
        return new Performance(notes, List.of());
    }

    /** When the last note ends, in nanoseconds from the start; 0 for an empty performance. */
    public long endNanos() {
        return notes.stream().mapToLong(Note::offsetNanos).max().orElse(0);
    }

    private static List<Note> firstOnFirstOff(List<Note> notes) {
        List<Note> sorted = notes.stream().sorted(BY_ONSET).toList();
        Map<Integer, List<Note>> byKey = new HashMap<>();
        for (Note note : sorted) {
            byKey.computeIfAbsent(note.voice() * 128 + note.pitch(), key -> new ArrayList<>())
                    .add(note);
        }
        List<Note> paired = new ArrayList<>(sorted.size());
        for (List<Note> ofOneKey : byKey.values()) {
            long[] offsets =
                    ofOneKey.stream().mapToLong(Note::offsetNanos).sorted().toArray();
            for (int i = 0; i < offsets.length; i++) {
                Note note = ofOneKey.get(i);
                // Most notes are paired already: a large piece need not be in memory twice.
                paired.add(
                        offsets[i] == note.offsetNanos()
                                ? note
                                : new Note(
                                        note.voice(),
                                        note.onsetNanos(),
                                        offsets[i] - note.onsetNanos(),
                                        note.pitch(),
                                        note.velocity()));
            }
        }
        paired.sort(BY_ONSET);
        return List.copyOf(paired);
    }
}
