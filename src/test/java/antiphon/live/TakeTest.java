package antiphon.live;

import static org.assertj.core.api.Assertions.assertThat;

import antiphon.improv.Control;
import antiphon.midi.file.MidiFileReader;
import antiphon.model.RandomModel;
import antiphon.model.StackedLstm;
import antiphon.music.Message;
import antiphon.music.TimedMessages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class TakeTest {
    private final List<String> troubles = new ArrayList<>();

    private static final JournalHeader.Network NAME = new JournalHeader.Network("first", "1", "f16");

    @TempDir
    private Path folder = Path.of("");

    private final HandDriven session = HandDriven.of(new StackedLstm(RandomModel.of(4, 6, 1, 1)));
    private final Tap tap = new Tap();
    private final Journal journal = new Journal(tap, () -> session.header(NAME), null);

    private Path file(String name) {
        return folder.resolve(name + Take.SUFFIX);
    }

    private Take take() throws IOException {
        journal.keep(file("a"));
        return Take.read(file("a"));
    }

    private void heard(int input, int message, long nanos) {
        tap.write(Tap.HEARD, message, input, nanos, Slot.NOT_COPIED);
    }

    private void sent(int message, long nanos, long dueNanos) {
        tap.write(Tap.SENT, message, 0, nanos, dueNanos);
    }

    private static List<String> said(TimedMessages messages) {
        List<String> all = new ArrayList<>();
        for (int i = 0; i < messages.size(); i++) {
            int message = messages.message(i);
            String kind = Message.isNoteOn(message) ? "on " : Message.isNoteOff(message) ? "off " : "other ";
            all.add(kind + Message.channel(message) + " " + Message.data1(message) + " " + messages.nanos(i));
        }
        return all;
    }

    @Test
    void shouldHaveATrackOfTheHumanAndOneOfTheAnswerFromTheFirstNoteOn() throws IOException {
        tap.write(Tap.BEGUN, 0, 0, 500, 0);
        heard(0, Message.noteOn(0, 60, 80), 1_000);
        heard(1, Message.noteOn(3, 60, 80), 1_100);
        heard(0, Message.noteOff(0, 60), 1_200);
        heard(1, Message.noteOff(3, 60), 1_300);
        sent(Message.noteOn(1, 67, 80), 2_000, 2_010);
        sent(Message.noteOff(1, 67), 2_000, 2_500);
        Take take = take();
        assertThat(take.created()).isEqualTo("today");
        assertThat(said(take.human())).containsExactly("on 0 60 0", "on 3 60 100", "off 0 60 200", "off 3 60 300");
        assertThat(said(take.answer())).containsExactly("on 1 67 1010", "off 1 67 1500");
        assertThat(take.endNanos()).isEqualTo(1_500);
    }

    @Test
    void shouldNotHoldTheClockThatWasFollowed() throws IOException {
        heard(0, Message.START, 100);
        heard(0, Message.CLOCK, 200);
        heard(0, Message.noteOn(0, 60, 80), 1_000);
        heard(0, Message.CLOCK, 1_100);
        heard(0, Message.noteOff(0, 60), 1_200);
        heard(0, Message.CLOCK, 9_000);
        Take take = take();
        assertThat(said(take.human())).containsExactly("on 0 60 0", "off 0 60 200");
        assertThat(take.endNanos()).isEqualTo(200);
    }

    @Test
    void shouldEndWhatALostInputHeldAndNothingElse() throws IOException {
        heard(0, Message.noteOn(0, 60, 80), 1_000);
        heard(1, Message.noteOn(0, 62, 80), 1_000);
        tap.write(Tap.INPUT_LOST, 0, 0, 1_500, 0);
        heard(1, Message.noteOff(0, 62), 2_000);
        assertThat(said(take().human())).containsExactly("on 0 60 0", "on 0 62 0", "off 0 60 500", "off 0 62 1000");
    }

    @Test
    void shouldEndTheAnswersWhenPanicOrAFailureDid() throws IOException {
        heard(0, Message.noteOn(0, 60, 80), 0);
        sent(Message.noteOn(1, 67, 80), 0, 100);
        tap.write(Tap.CONTROL, Control.PANIC.number(), 0, 300, 0);
        sent(Message.noteOn(1, 69, 80), 400, 400);
        tap.write(Tap.RECOVERED, 0, 0, 600, 0);
        tap.write(Tap.CONTROL, Control.MUTE.number(), 0, 700, 1);
        Take take = take();
        assertThat(said(take.answer())).containsExactly("on 1 67 100", "off 1 67 300", "on 1 69 400", "off 1 69 600");
        assertThat(said(take.human())).as("still held").containsExactly("on 0 60 0", "off 0 60 0");
    }

    @Test
    void shouldEndNoNoteBeforeItBegins() throws IOException {
        heard(0, Message.noteOn(0, 60, 80), 0);
        sent(Message.noteOn(1, 67, 80), 90, 100);
        tap.write(Tap.CONTROL, Control.PANIC.number(), 0, 95, 0);
        assertThat(said(take().answer())).containsExactly("on 1 67 100", "off 1 67 100");
    }

    @Test
    void shouldEndWhatWasNeverEnded() throws IOException {
        heard(0, Message.noteOn(0, 60, 80), 1_000);
        heard(0, Message.noteOn(0, 64, 80), 1_700);
        sent(Message.noteOn(1, 67, 80), 2_000, 2_000);
        sent(Message.noteOn(1, 67, 80), 2_000, 2_400);
        Take take = take();
        assertThat(said(take.human())).containsExactly("on 0 60 0", "on 0 64 700", "off 0 60 700", "off 0 64 700");
        assertThat(said(take.answer()))
                .containsExactly("on 1 67 1000", "on 1 67 1400", "off 1 67 1400", "off 1 67 1400");
    }

    @Test
    void shouldBeEmptyWhenNothingWasPlayed() throws IOException {
        tap.write(Tap.BEGUN, 0, 0, 500, 0);
        tap.write(Tap.ADVANCE, 0, 0, 500, 0);
        tap.write(Tap.INPUT_LOST, 0, 0, 600, 0);
        tap.write(Tap.RECOVERED, 0, 0, 700, 0);
        Take take = take();
        assertThat(take.human().size()).isZero();
        assertThat(take.answer().size()).isZero();
        assertThat(take.endNanos()).isZero();
        assertThat(take.writeMidi(Take.midiFile(take.file()))).isNotEmptyFile();
    }

    @Test
    void shouldWriteAMidiFileBesideTheJournal() throws IOException {
        heard(0, Message.noteOn(0, 60, 80), 0);
        heard(0, Message.noteOff(0, 60), 500_000_000);
        sent(Message.noteOn(1, 67, 80), 0, 1_000_000_000);
        sent(Message.noteOff(1, 67), 0, 1_500_000_000);
        Path midi = take().writeMidi(Take.midiFile(file("a")));
        assertThat(midi).isEqualTo(folder.resolve("a.mid"));
        assertThat(MidiFileReader.read(midi).noteCount()).isEqualTo(2);
    }

    @Test
    void shouldFinishWhatIsMissingButNothingThatIsBeingWritten() throws IOException {
        heard(0, Message.noteOn(0, 60, 80), 0);
        journal.keep(file("1-unfinished"));
        journal.keep(file("3-finished"));
        Files.writeString(folder.resolve("3-finished.mid"), "mine");
        Files.writeString(file("2-empty"), "");
        Files.writeString(folder.resolve("notes.txt"), "mine");
        Journal live = new Journal(session.tap, () -> session.header(NAME), file("4-live"));
        assertThat(finishAll(folder)).containsExactly(folder.resolve("1-unfinished.mid"));
        assertThat(troubles).singleElement().asString().contains(file("2-empty") + ": not a journal of antiphon;");
        assertThat(folder.resolve("3-finished.mid")).hasContent("mine");
        assertThat(folder.resolve("4-live.mid")).doesNotExist();
        live.start();
        live.stop();
        assertThat(live.file()).isNotNull();
        assertThat(finishAll(folder)).containsExactly(folder.resolve("4-live.mid"));
        assertThat(troubles).hasSize(2);
        assertThat(Take.in(folder))
                .containsExactly(file("1-unfinished"), file("2-empty"), file("3-finished"), file("4-live"));
        assertThat(Take.in(folder.resolve("missing"))).isEmpty();
        assertThat(finishAll(folder.resolve("missing"))).isEmpty();
    }

    private List<Path> finishAll(Path where) {
        return Take.finishAll(where, null, troubles::add);
    }
}
