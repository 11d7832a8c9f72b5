package antiphon.corpus;

import antiphon.midi.MidiException;
import java.util.List;

/** Something that pieces can be read from: a file, or a part of one. */
interface Source {
    /**
     * Reads its pieces: one from a MIDI file, any number from a CSV.
     *
     * @throws MidiException one line, if it is no MIDI file that can be used
     * @throws UnfitException if it can be read but is not wanted
     * @throws CorpusException one line, if it is no CSV that can be used
     */
    List<Piece> read();
}
