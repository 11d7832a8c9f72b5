package antiphon.midi.file;

import antiphon.Fuzzing;
import antiphon.midi.MidiException;
import antiphon.music.Note;
import antiphon.music.TimedMessages;
import java.util.List;

/** Any bytes as a MIDI file: read, or refused with a reason; what was read can be written, and read again as it was. */
public final class MidiFileFuzz {
    private MidiFileFuzz() {}

    /** One file. */
    public static void fuzzerTestOneInput(byte[] bytes) {
        for (FileUse use : FileUse.values()) {
            try {
                MidiFile file = MidiFileReader.read(bytes, "any.mid", use);
                file.toPerformance();
                file.toDialogue();
                writeAndRead(file);
            } catch (MidiException refused) {
                Fuzzing.requireSaid(refused, "any.mid");
            }
        }
    }

    private static void writeAndRead(MidiFile file) {
        List<Note> notes = file.toPerformance().notes();
        if (notes.stream().allMatch(note -> note.durationNanos() == 0)) {
            return;
        }
        byte[] written =
                MidiFileWriter.toBytes(List.of(new MidiFileWriter.Track("keys", TimedMessages.ofNotes(notes, 0))));
        MidiFile again = MidiFileReader.read(written, "any.mid");
        Fuzzing.require(again.damage().isEmpty(), "what we wrote is damaged: " + again.damage());
    }
}
