package antiphon.midi.file;

import java.util.List;

/**
 * One track of a MIDI file.
 *
 * @param name as the file gives it, without control characters; empty if it gives none
 * @param notes of all channels, sorted by onset, then channel, then pitch
 */
public record MidiTrack(String name, List<MidiNote> notes) {
    public MidiTrack {
        notes = List.copyOf(notes);
    }
}
