package antiphon.midi.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import antiphon.midi.MidiException;
import antiphon.music.Message;
import antiphon.music.Note;
import antiphon.music.Performance;
import antiphon.music.TimedMessages;
import antiphon.music.Voice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MidiFileReaderTest {
    private static final long MILLI = 1_000_000L;

    @TempDir
    private Path folder;

    @Test
    void shouldReadOneNote() {
        MidiFile file = read(SmfBytes.oneTrack(0, 0x92, 60, 100, 100, 0x82, 60, 64, 0, 0xFF, 0x2F, 0));

        assertThat(file.format()).isZero();
        assertThat(file.division()).isEqualTo(TimeDivision.ofQuarter(100));
        assertThat(notes(file)).containsExactly(new MidiNote(2, 0, 500 * MILLI, 60, 100));
        assertThat(file.toPerformance().notes()).containsExactly(new Note(Voice.HUMAN, 0, 500 * MILLI, 60, 100));
        assertThat(file.warnings()).isEmpty();
    }

    @Test
    void shouldKeepRunningStatusAcrossMetaAndSysex() {
        MidiFile file = read(SmfBytes.oneTrack(
                0, 0x90, 60, 100, //
                10, 0xFF, 0x01, 2, 'h', 'i', //
                0, 60, 0, //
                0, 0xF0, 3, 0x7E, 0x7F, 0xF7, //
                0, 62, 90, 10, 62, 0));

        assertThat(notes(file))
                .containsExactly(
                        new MidiNote(0, 0, 50 * MILLI, 60, 100), new MidiNote(0, 50 * MILLI, 50 * MILLI, 62, 90));
    }

    @Test
    void shouldApplyTempoOfAnyTrackToAllTracks() {
        // 100 ticks at 120 qpm, then 60 qpm.
        byte[] bytes = SmfBytes.header(1, 2, 100)
                .track(0, 0x90, 60, 100, 0x81, 0x48, 60, 0)
                .track(100, 0xFF, 0x51, 3, 0x0F, 0x42, 0x40, 0, 0xFF, 0x2F, 0)
                .toBytes();

        assertThat(notes(read(bytes))).containsExactly(new MidiNote(0, 0, 1_500 * MILLI, 60, 100));
    }

    @Test
    void shouldLetTheLaterOfTwoTemposAtOneTickCountAndPassOverATempoOfZero() {
        MidiFile file = read(SmfBytes.oneTrack(
                0, 0xFF, 0x51, 3, 0, 0, 1, //
                0, 0xFF, 0x51, 3, 0x0F, 0x42, 0x40, //
                0, 0xFF, 0x51, 3, 0, 0, 0, //
                0, 0x90, 60, 100, 100, 60, 0));

        assertThat(notes(file)).containsExactly(new MidiNote(0, 0, 1_000 * MILLI, 60, 100));
    }

    @Test
    void shouldNotDriftOverThousandsOfTempoChanges() {
        // 333,333 µs over 7 ticks a quarter note: no tick is a whole number of nanoseconds.
        int[] change = {1, 0xFF, 0x51, 3, 0x05, 0x16, 0x15};
        int[] events = new int[7_000 * change.length + 7];
        for (int i = 0; i < 7_000; i++) {
            System.arraycopy(change, 0, events, i * change.length, change.length);
        }
        System.arraycopy(new int[] {0, 0x90, 60, 1, 0, 60, 0}, 0, events, 7_000 * change.length, 7);
        MidiFile file = read(SmfBytes.header(0, 1, 7).track(events).toBytes());

        // The first tick is at the default tempo, the others at the new one.
        long exactNanos = Math.round((500_000_000.0 + 6_999 * 333_333_000.0) / 7);
        assertThat(notes(file).getFirst().onsetNanos()).isEqualTo(exactNanos);
    }

    @Test
    void shouldReadSmpteDivision() {
        int[] events = {0, 0xFF, 0x51, 3, 0, 0, 1, 0, 0x90, 60, 100, 40, 60, 0};

        assertThat(notes(read(SmfBytes.header(0, 1, 0xE728).track(events).toBytes())))
                .as("25 frames of 40 ticks: milliseconds, whatever the tempo")
                .containsExactly(new MidiNote(0, 0, 40 * MILLI, 60, 100));
        assertThat(notes(read(SmfBytes.header(0, 1, 0xE301).track(events).toBytes())))
                .as("30000/1001 frames a second")
                .containsExactly(new MidiNote(0, 0, 1_334_666_667L, 60, 100));
        assertThatThrownBy(
                        () -> read(SmfBytes.header(0, 1, 0xF001).track(events).toBytes()))
                .hasMessage("x.mid: 16 SMPTE frames a second; allowed: 24, 25, 29, 30. Export the file again.");
    }

    @Test
    void shouldLengthenNotesWithThePedalOfTheirChannel() {
        MidiFile file = read(SmfBytes.oneTrack(
                0, 0xB0, 64, 64, //
                0, 0x90, 60, 100, 0, 0x91, 72, 100, //
                10, 0x80, 60, 0, 0, 0x81, 72, 0, //
                10, 0xB0, 64, 63));

        assertThat(notes(file))
                .containsExactly(new MidiNote(0, 0, 100 * MILLI, 60, 100), new MidiNote(1, 0, 50 * MILLI, 72, 100));
        assertThat(file.messages().size())
                .as("notes and pedal pass as messages, not folded")
                .isEqualTo(6);
        assertThat(file.messages().message(5)).isEqualTo(Message.control(0, 64, 63));
        assertThat(file.messages().nanos(5)).isEqualTo(100 * MILLI);
    }

    @Test
    void shouldEndAPedalledNoteWhenItsKeyIsStruckAgain() {
        MidiFile file = read(SmfBytes.oneTrack(
                0, 0xB0, 64, 127, 0, 0x90, 60, 100, 10, 60, 0, 10, 60, 50, 10, 60, 0, 10, 0xB0, 64, 0));

        assertThat(notes(file))
                .containsExactly(
                        new MidiNote(0, 0, 100 * MILLI, 60, 100), new MidiNote(0, 100 * MILLI, 100 * MILLI, 60, 50));
    }

    @Test
    void shouldPedalNotesFromAnotherTrackOfTheChannel() {
        byte[] bytes = SmfBytes.header(1, 2, 100)
                .track(0, 0x90, 60, 100, 10, 60, 0, 0, 0xFF, 0x2F, 0)
                .track(0, 0xB0, 64, 127, 20, 64, 0, 0, 0xFF, 0x2F, 0)
                .toBytes();

        assertThat(notes(read(bytes))).containsExactly(new MidiNote(0, 0, 100 * MILLI, 60, 100));
    }

    @Test
    void shouldEndTheFirstOfTwoOverlappingNotesFirst() {
        MidiFile file = read(SmfBytes.oneTrack(0, 0x90, 60, 100, 10, 60, 50, 10, 60, 0, 10, 60, 0));

        assertThat(notes(file))
                .containsExactly(
                        new MidiNote(0, 0, 100 * MILLI, 60, 100), new MidiNote(0, 50 * MILLI, 100 * MILLI, 60, 50));
    }

    @Test
    void shouldCloseHangingNotesAtTheEndOfTheirTrack() {
        byte[] bytes = SmfBytes.header(1, 2, 100)
                .track(0, 0x90, 60, 100, 20, 0xFF, 0x2F, 0)
                .track(0, 0x90, 60, 50, 40, 60, 0, 0, 0xFF, 0x2F, 0)
                .toBytes();
        MidiFile file = read(bytes);

        assertThat(file.tracks().get(0).notes()).containsExactly(new MidiNote(0, 0, 100 * MILLI, 60, 100));
        assertThat(file.tracks().get(1).notes()).containsExactly(new MidiNote(0, 0, 200 * MILLI, 60, 50));
    }

    @Test
    void shouldObeyChannelModeMessages() {
        MidiFile file = read(SmfBytes.oneTrack(
                0, 0xB0, 64, 127, 0, 0x90, 60, 100, 0, 62, 100, 10, 60, 0, //
                10, 0xB0, 123, 0, 10, 0xB0, 120, 0, //
                0, 0x90, 64, 100, 10, 64, 0, 10, 0xB0, 121, 0, 10, 0xFF, 0x2F, 0));

        assertThat(notes(file))
                .containsExactly(
                        new MidiNote(0, 0, 150 * MILLI, 60, 100),
                        new MidiNote(0, 0, 150 * MILLI, 62, 100),
                        new MidiNote(0, 150 * MILLI, 100 * MILLI, 64, 100));
    }

    @Test
    void shouldReadEventsAfterAnEarlyEndOfTrackButNoPadding() {
        MidiFile file = read(
                SmfBytes.oneTrack(0, 0x90, 60, 100, 10, 0xFF, 0x2F, 0, 10, 0x90, 60, 0, 0, 0xFF, 0x2F, 0, 0, 0, 9));

        assertThat(notes(file)).containsExactly(new MidiNote(0, 0, 100 * MILLI, 60, 100));
        assertThat(file.warnings()).isEmpty();
    }

    @Test
    void shouldGiveTwoVoicesForTracksNamedHumanAndAnswer() {
        byte[] bytes = SmfBytes.header(1, 3, 100)
                .track(0, 0xFF, 0x2F, 0)
                .track(0, 0xFF, 3, 5, 'h', 'u', 'm', 'a', 'n', 0, 0x90, 60, 100, 10, 60, 0)
                .track(0, 0xFF, 3, 6, 'A', 'n', 's', 'w', 'e', 'r', 20, 0x91, 64, 100, 10, 64, 0)
                .toBytes();
        MidiFile file = read(bytes);

        assertThat(file.tracks()).extracting(MidiTrack::name).containsExactly("", "human", "Answer");
        assertThat(file.toDialogue())
                .isEqualTo(Performance.of(List.of(
                        new Note(Voice.HUMAN, 0, 50 * MILLI, 60, 100),
                        new Note(Voice.ANSWER, 100 * MILLI, 50 * MILLI, 64, 100))));
        assertThat(file.toPerformance().notes()).extracting(Note::voice).containsOnly(Voice.HUMAN);
    }

    @Test
    void shouldMergeMessagesOfAllTracksInOrderOfTime() {
        byte[] bytes = SmfBytes.header(1, 2, 100)
                .track(0, 0x90, 60, 100, 20, 60, 0)
                .track(10, 0xC1, 5, 10, 0x91, 64, 100)
                .toBytes();
        TimedMessages messages = read(bytes).messages();
        TimedMessages.Recorder shifted = new TimedMessages.Recorder();
        messages.sendAll(shifted, 7);

        assertThat(messages.size()).isEqualTo(4);
        assertThat(messages.message(1)).isEqualTo(Message.of(0xC1, 5, 0));
        assertThat(messages.message(2)).isEqualTo(Message.noteOn(0, 60, 0));
        assertThat(messages.message(3)).isEqualTo(Message.noteOn(1, 64, 100));
        assertThat(messages.endNanos()).isEqualTo(100 * MILLI);
        assertThat(shifted.messages().nanos(1)).isEqualTo(50 * MILLI + 7);
    }

    @Test
    void shouldReadRiffAndSkipUnknownChunks() {
        byte[] bare = SmfBytes.header(1, 1, 100)
                .ascii("XFIH")
                .length(3)
                .bytes(1, 2, 3)
                .track(0, 0x90, 60, 100, 20, 60, 0)
                .toBytes();
        SmfBytes riff = new SmfBytes().ascii("RIFF").bytes(99, 0, 0, 0).ascii("RMIDdisp");
        riff.bytes(1, 0, 0, 0, 9, 0).ascii("data").bytes(bare.length, 0, 0, 0);
        for (byte b : bare) {
            riff.bytes(b);
        }

        assertThat(read(riff.toBytes())).isEqualTo(read(bare));
        assertThatThrownBy(() -> read(new SmfBytes().ascii("RIFFxxxxWAVEdata").toBytes()))
                .hasMessage("x.mid: RIFF without MIDI data; a MIDI file begins with MThd. Check the file.");
    }

    @Test
    void shouldKeepWhatATruncatedFileStillTells() {
        byte[] whole = SmfBytes.header(1, 3, 100)
                .track(0, 0x90, 60, 100, 20, 60, 0, 0, 0xFF, 0x2F, 0)
                .track(0, 0x90, 72, 100, 20, 72, 0, 10, 74, 100)
                .toBytes();
        byte[] cut = java.util.Arrays.copyOf(whole, whole.length - 1);
        MidiFile file = read(cut);

        assertThat(notes(file)).extracting(MidiNote::pitch).containsExactly(60, 72);
        assertThat(file.warnings())
                .containsExactly(
                        "x.mid: track 2: ends in the middle of an event at byte " + cut.length
                                + ". Kept what came before.",
                        "x.mid: header declares 3 tracks, found 2. Read those.");
    }

    @Test
    void shouldRefuseInOneLineWhatItCannotRead() throws IOException {
        assertRefused(SmfBytes.oneTrack(0, 0xFF, 0x2F, 0), "x.mid: no note in any track; at least one needed.");
        assertRefused(
                SmfBytes.oneTrack(0, 60, 100),
                "x.mid: no note in any track; at least one needed. Damaged: track 1: data without a status before it"
                        + " at byte 23. Kept what came before.");
        assertRefused(
                SmfBytes.header(2, 1, 100).track(0, 0x90, 60, 100).toBytes(),
                "x.mid: format 2; allowed: 0 and 1. Export it as format 1.");
        assertRefused(
                SmfBytes.header(0, 1, 0).track(0, 0x90, 60, 100).toBytes(),
                "x.mid: division of 0 ticks; at least 1 needed. Export the file again.");
        assertRefused(new byte[0], "x.mid: does not begin with MThd; a MIDI file does. Check the file.");
        assertRefused(
                new SmfBytes().ascii("MThd").bytes(0, 0, 0, 6, 0).toBytes(),
                "x.mid: header of 1 bytes; at least 6 needed. The file is cut off: get it again.");

        Path missing = folder.resolve("none.mid");
        assertThatThrownBy(() -> MidiFileReader.read(missing))
                .isInstanceOf(MidiException.class)
                .hasMessage(missing + ": no such file. Check the name.");
        Path directory = Files.createDirectory(folder.resolve("dir.mid"));
        assertThatThrownBy(() -> MidiFileReader.read(directory))
                .isInstanceOf(MidiException.class)
                .hasMessage(directory + ": is a folder; a readable MIDI file is needed. Check the name.");
    }

    private static void assertRefused(byte[] bytes, String message) {
        assertThatThrownBy(() -> read(bytes)).isInstanceOf(MidiException.class).hasMessage(message);
    }

    private static MidiFile read(byte[] bytes) {
        return MidiFileReader.read(bytes, "x.mid");
    }

    private static List<MidiNote> notes(MidiFile file) {
        return file.tracks().stream().flatMap(track -> track.notes().stream()).toList();
    }
}
