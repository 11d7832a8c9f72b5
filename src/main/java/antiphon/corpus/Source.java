package antiphon.corpus;

import antiphon.midi.MidiException;
import java.util.List;
import java.util.function.Consumer;

/** Something that pieces can be read from: a file, or a part of one. */
interface Source {
    /**
     * Reads its pieces: one from a MIDI file, any number from a CSV.
     *
     * @param told takes a line for people if it is damaged and yet has music that can be used
     * @throws MidiException one line, if it is no MIDI file that can be used
     * @throws UnfitException if it can be read but is not wanted
     * @throws CorpusException one line, if it is no CSV that can be used
     */
    List<Piece> read(Consumer<String> told);

    /** The same where somebody was told before. */
    default List<Piece> read() {
        return read(damage -> {});
    }
}
