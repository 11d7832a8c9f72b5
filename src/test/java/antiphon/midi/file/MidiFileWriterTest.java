package antiphon.midi.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import antiphon.midi.MidiException;
import antiphon.midi.file.MidiFileWriter.Track;
import antiphon.music.Message;
import antiphon.music.Note;
import antiphon.music.Performance;
import antiphon.music.TimedMessages;
import antiphon.music.Voice;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.sound.midi.InvalidMidiDataException;
import javax.sound.midi.MetaMessage;
import javax.sound.midi.MidiSystem;
import javax.sound.midi.Sequence;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MidiFileWriterTest {
    private static final long MILLI = 1_000_000L;
    private static final long HALF_TICK_NANOS = 260_417;

    private static final Performance DIALOGUE = Performance.of(List.of(
            new Note(Voice.HUMAN, 0, 480 * MILLI, 60, 100),
            new Note(Voice.HUMAN, 500 * MILLI, 500 * MILLI, 60, 90),
            new Note(Voice.ANSWER, 1_000 * MILLI, 250 * MILLI, 67, 80)));

    @TempDir
    private Path folder;

    @Property(tries = 500)
    void shouldReadBackWhatWasWrittenWithinHalfATick(@ForAll("performances") Performance played) {
        MidiFile file = MidiFileReader.read(MidiFileWriter.toBytes(MidiFileWriter.tracksOf(played)), "x.mid");

        assertThat(file.warnings()).isEmpty();
        Performance onTheGrid = Performance.of(
                played.notes().stream().map(MidiFileWriterTest::quantised).toList());
        assertThat(file.toDialogue()).isEqualTo(onTheGrid);
    }

    @Property(tries = 500)
    void shouldMoveNoMomentByMoreThanHalfATick(@ForAll("times") long nanos) {
        assertThat(Math.abs(onTheGrid(nanos) - nanos)).isLessThanOrEqualTo(HALF_TICK_NANOS);
    }

    @Property(tries = 300)
    void shouldKeepEveryMessageInOrder(@ForAll("messages") List<long[]> sent) {
        TimedMessages.Recorder recorder = new TimedMessages.Recorder();
        recorder.send(Message.noteOn(0, 60, 1), 0);
        sent.forEach(message -> recorder.send((int) message[0], message[1]));
        TimedMessages messages = recorder.messages().ended();
        byte[] bytes = MidiFileWriter.toBytes(List.of(new Track("human", messages)));
        TimedMessages back = MidiFileReader.read(bytes, "x.mid").messages();

        assertThat(back.size()).isEqualTo(messages.size());
        for (int i = 0; i < back.size(); i++) {
            assertThat(back.message(i)).isEqualTo(messages.message(i));
            assertThat(Math.abs(back.nanos(i) - messages.nanos(i))).isLessThanOrEqualTo(HALF_TICK_NANOS);
        }
    }

    @Test
    void shouldSwitchOffBeforeOnExceptForANoteWithoutDuration() {
        TimedMessages messages = TimedMessages.ofNotes(
                List.of(
                        new Note(0, 0, 10, 60, 1),
                        new Note(0, 10, 0, 62, 2),
                        new Note(0, 10, 10, 60, 3),
                        new Note(0, 20, 0, 60, 4)),
                3);
        List<Integer> sent = new ArrayList<>();
        messages.sendAll((message, nanos) -> sent.add(message), 0);

        assertThat(sent)
                .containsExactly(
                        Message.noteOn(3, 60, 1),
                        Message.noteOff(3, 60),
                        Message.noteOn(3, 62, 2),
                        Message.noteOn(3, 60, 3),
                        Message.noteOff(3, 62),
                        Message.noteOff(3, 60),
                        Message.noteOn(3, 60, 4),
                        Message.noteOff(3, 60));
    }

    @Test
    void shouldWriteGapsLongerThanADeltaHolds() {
        long fortyHours = 40L * 3600 * 1_000 * MILLI;
        Performance played = Performance.of(
                List.of(new Note(Voice.HUMAN, 0, MILLI, 60, 1), new Note(Voice.HUMAN, fortyHours, fortyHours, 61, 1)));
        MidiFile file = MidiFileReader.read(MidiFileWriter.toBytes(MidiFileWriter.tracksOf(played)), "x.mid");

        assertThat(file.toPerformance().notes().getLast()).isEqualTo(new Note(0, fortyHours, fortyHours, 61, 1));
    }

    @Test
    void shouldLeaveOutSystemMessagesAndRefuseNonsense() {
        TimedMessages.Recorder recorder = new TimedMessages.Recorder();
        recorder.send(Message.noteOn(0, 60, 1), 0);
        recorder.send(0xF8, 5 * MILLI);
        recorder.send(Message.noteOff(0, 60), 10 * MILLI);
        byte[] bytes = MidiFileWriter.toBytes(List.of(new Track("human", recorder.messages())));

        assertThat(MidiFileReader.read(bytes, "x.mid").messages().size()).isEqualTo(2);
        recorder.send(Message.of(0x90, 200, 1), 0);
        assertThatThrownBy(() -> MidiFileWriter.toBytes(List.of(new Track("human", recorder.messages()))))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> recorder.send(0x90, -1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldBeReadableByTheJdk() throws IOException, InvalidMidiDataException {
        byte[] bytes = MidiFileWriter.toBytes(MidiFileWriter.tracksOf(DIALOGUE));
        Sequence sequence = MidiSystem.getSequence(new ByteArrayInputStream(bytes));

        assertThat(MidiSystem.getMidiFileFormat(new ByteArrayInputStream(bytes)).getType())
                .isEqualTo(1);
        assertThat(sequence.getTracks()).hasSize(3);
        assertThat(sequence.getMicrosecondLength()).isEqualTo(1_250_000);
        assertThat(((MetaMessage) sequence.getTracks()[2].get(0).getMessage()).getData())
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("answer");
        assertThat(sequence.getTracks()[1].get(2).getTick()).isEqualTo(922);
    }

    @Test
    @Tag("jack")
    void shouldBeReadableByMido() throws IOException, InterruptedException {
        Path path = folder.resolve("x.mid");
        MidiFileWriter.write(path, DIALOGUE);
        String script =
                """
                import sys, mido
                m = mido.MidiFile(sys.argv[1])
                print(m.type, m.ticks_per_beat, [t.name for t in m.tracks], round(m.length, 3))
                print([x.note for t in m.tracks for x in t if x.type == 'note_on'])
                print(sum(x.type == 'note_off' for t in m.tracks for x in t))
                """;
        Process python = new ProcessBuilder("/usr/bin/python3", "-c", script, path.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(python.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(python.waitFor())
                .as("%s%nIf mido is missing: apt-get install -y python3-mido", said)
                .isZero();
        assertThat(said.lines()).containsExactly("1 960 ['', 'human', 'answer'] 1.25", "[60, 60, 67]", "3");
    }

    @Test
    void shouldWriteTheSameBytesEveryTimeAndLeaveNothingElse() throws IOException {
        Path first = folder.resolve("first.mid");
        Path second = folder.resolve("second.mid");
        Files.writeString(second, "an older file");
        MidiFileWriter.write(first, DIALOGUE);
        MidiFileWriter.write(second, DIALOGUE);

        assertThat(first).hasSameBinaryContentAs(second);
        assertThat(folder).isDirectoryNotContaining("glob:**.part");
        assertThat(MidiFileReader.read(first).toDialogue().notes()).hasSize(3);
    }

    @Test
    void shouldEndWhatTheMusicLeavesSounding() {
        TimedMessages.Recorder recorder = new TimedMessages.Recorder();
        recorder.send(Message.noteOn(0, 60, 100), 0);
        recorder.send(Message.noteOn(0, 60, 100), 0);
        recorder.send(Message.noteOn(0, 62, 100), 0);
        recorder.send(Message.noteOff(0, 62), 10_000_000);
        for (int controller : new int[] {1, 64, 66, 67, 69}) {
            recorder.send(Message.control(2, controller, 127), 20_000_000);
        }
        recorder.send(Message.of(0xE2, 0, 0), 20_000_000);
        recorder.send(Message.of(0xD2, 5, 0), 1_000_000_000);
        byte[] bytes = MidiFileWriter.toBytes(List.of(new Track("human", recorder.messages())));
        TimedMessages back = MidiFileReader.read(bytes, "x.mid").messages();

        assertThat(back.ended()).isEqualTo(back);
        assertThat(back.size()).isEqualTo(11 + 9);
        assertThat(back.message(11)).isEqualTo(Message.noteOff(0, 60));
        assertThat(back.message(12)).isEqualTo(Message.noteOff(0, 60));
        assertThat(back.nanos(11)).isEqualTo(back.nanos(10));
    }

    @Test
    void shouldKeepTempoAndMetreAndEveryMomentInThem() {
        Timeline timeline = new Timeline(
                List.of(
                        new Timeline.Tempo(0, 666_667),
                        new Timeline.Tempo(1_333_334_000L, 3_000_000),
                        new Timeline.Tempo(4_333_334_000L, 333_333)),
                List.of(new Timeline.Metre(0, 3, 2, 24, 8), new Timeline.Metre(4_333_334_000L, 6, 3, 36, 8)));
        TimedMessages.Recorder recorder = new TimedMessages.Recorder();
        for (long i = 0; i < 400; i++) {
            recorder.send(Message.noteOn(0, 60, 1 + (int) i % 100), i * 23_456_789L);
            recorder.send(Message.noteOff(0, 60), i * 23_456_789L + 9 * MILLI);
        }
        byte[] bytes = MidiFileWriter.toBytes(List.of(new Track("human", recorder.messages())), timeline);
        MidiFile back = MidiFileReader.read(bytes, "x.mid");

        assertThat(back.timeline().metres()).hasSize(2);
        assertThat(back.timeline().metres().getLast().beats()).isEqualTo(6);
        assertThat(back.timeline().tempos())
                .extracting(Timeline.Tempo::microsPerQuarter)
                .containsExactly(666_667, 3_000_000, 333_333);
        assertThat(MidiFileWriter.toBytes(List.of(new Track("human", back.messages())), back.timeline()))
                .isEqualTo(bytes);
        for (int i = 0; i < back.messages().size(); i++) {
            assertThat(Math.abs(back.messages().nanos(i) - recorder.messages().nanos(i)))
                    .isLessThanOrEqualTo(HALF_TICK_NANOS);
        }
    }

    @Test
    void shouldReadATimeSignatureThatIsCutOffAndPassOverOneThatIsNone() {
        MidiFile file = MidiFileReader.read(
                SmfBytes.oneTrack(
                        0, 0xFF, 0x58, 2, 3, 2, 10, 0x90, 60, 100, 10, 0xFF, 0x58, 4, 0, 2, 24, 8, //
                        0, 0xFF, 0x58, 4, 4, 99, 24, 8, 10, 60, 0, 0, 0xFF, 0x58, 0),
                "x.mid");

        assertThat(file.timeline().metres()).containsExactly(new Timeline.Metre(0, 3, 2, 24, 8));
        assertThat(file.timeline().tempos()).isEqualTo(Timeline.STANDARD.tempos());
    }

    @Test
    void shouldSayInOneLineWhyItCannotWrite() {
        Path path = folder.resolve("none").resolve("x.mid");

        assertThatThrownBy(() -> MidiFileWriter.write(path, DIALOGUE))
                .isInstanceOf(MidiException.class)
                .hasMessage(path + ": no such folder. Create it first, or write elsewhere.");
    }

    @Provide
    Arbitrary<Performance> performances() {
        // Few pitches and a coarse and a fine grid of times, so that notes collide.
        Arbitrary<Long> onsets =
                Arbitraries.oneOf(Arbitraries.longs().between(0, 20).map(i -> i * 100_000), times());
        Arbitrary<Note> note = Combinators.combine(
                        Arbitraries.integers().between(0, 1),
                        onsets,
                        Arbitraries.oneOf(Arbitraries.longs().between(0, 5).map(i -> i * 100_000), times()),
                        Arbitraries.oneOf(
                                Arbitraries.integers().between(60, 62),
                                Arbitraries.integers().between(0, 127)),
                        Arbitraries.integers().between(1, 127))
                .as(Note::new);
        return note.list().ofMinSize(1).ofMaxSize(60).map(Performance::of);
    }

    @Provide
    Arbitrary<Long> times() {
        return Arbitraries.longs().between(0, 3_600_000 * MILLI);
    }

    @Provide
    Arbitrary<List<long[]>> messages() {
        return Combinators.combine(
                        Arbitraries.integers().between(0x80, 0xEF),
                        Arbitraries.integers().between(0, 127),
                        Arbitraries.integers().between(0, 127),
                        Arbitraries.longs().between(0, 5_000 * MILLI))
                .as((status, data1, data2, nanos) -> new long[] {
                    Message.of(status, data1, (status & 0xF0) == 0xC0 || (status & 0xF0) == 0xD0 ? 0 : data2), nanos
                })
                .list()
                .ofMaxSize(50);
    }

    private static Note quantised(Note note) {
        long onset = onTheGrid(note.onsetNanos());
        return new Note(note.voice(), onset, onTheGrid(note.offsetNanos()) - onset, note.pitch(), note.velocity());
    }

    /** What a reader makes of the tick nearest to a time. */
    private static long onTheGrid(long nanos) {
        long tick = new TickGrid(Timeline.STANDARD.tempos()).tickAt(nanos);
        return Math.round(tick * (500_000 * 1_000.0 / 960));
    }
}
