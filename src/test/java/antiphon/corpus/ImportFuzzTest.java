package antiphon.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import antiphon.midi.MidiException;
import antiphon.midi.file.FileUse;
import antiphon.midi.file.MidiFile;
import antiphon.midi.file.MidiFileReader;
import antiphon.midi.file.MidiFileWriter;
import antiphon.music.TimedMessages;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** A few hundred of the mutants of which {@link ImportFuzz} makes ten thousand. */
class ImportFuzzTest {
    private static final byte[] SOUND = MidiFileWriter.toBytes(List.of(
            new MidiFileWriter.Track("human", TimedMessages.ofVoice(TestPieces.random(1, 60), 0)),
            new MidiFileWriter.Track(
                    "answer", TimedMessages.ofNotes(TestPieces.random(2, 60).notes(), 9))));

    @Property(tries = 600)
    void shouldReadOrRefuseAnyMutantInOneLine(@ForAll long seed) {
        byte[] mutant = ImportFuzz.mutant(SOUND, new SplittableRandom(seed));
        for (FileUse use : FileUse.values()) {
            try {
                MidiFile file = MidiFileReader.read(mutant, "x.mid", use);
                assertThat(file.noteCount()).isPositive();
                assertThat(file.damage().orElse("")).doesNotContain("\n");
                if (use == FileUse.PLAY) {
                    assertThat(file.keys().ended()).isEqualTo(file.keys());
                    // What was read can be written, in its own tempo.
                    byte[] again = MidiFileWriter.toBytes(
                            List.of(new MidiFileWriter.Track("human", file.messages())), file.timeline());
                    assertThat(MidiFileReader.read(again, "y.mid", use).noteCount())
                            .isEqualTo(file.noteCount());
                }
            } catch (MidiException refused) {
                assertThat(refused.getMessage()).startsWith("x.mid: ").doesNotContain("\n");
            }
        }
    }
}
