package antiphon.midi.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import antiphon.music.Message;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** What is kept of damaged files, and what is told of them. */
class MidiFileDamageTest {
    private static final long MILLI = 1_000_000L;

    @Test
    void shouldKeepTheNotesAroundADataByteAbove127() {
        MidiFile control = read(SmfBytes.oneTrack(
                0, 0x90, 60, 100, 20, 60, 0, 0, 0xB0, 7, 0xFF, 0, 0x90, 62, 100, 20, 62, 0, 0, 0xFF, 0x2F, 0));
        MidiFile pitch = read(SmfBytes.oneTrack(
                0, 0x90, 60, 100, 20, 60, 0, 0, 0x90, 200, 100, 20, 0x80, 200, 0, 0, 0x90, 62, 100, 20, 62, 0, 0, 0xFF,
                0x2F, 0));
        MidiFile velocity = read(SmfBytes.oneTrack(0, 0x90, 60, 255, 20, 60, 0, 0, 0xFF, 0x2F, 0));
        MidiFile instrument = read(SmfBytes.oneTrack(0, 0xC0, 128, 0, 0x90, 60, 100, 20, 60, 0, 0, 0xFF, 0x2F, 0));

        assertThat(notes(control))
                .containsExactly(
                        new MidiNote(0, 0, 100 * MILLI, 60, 100), new MidiNote(0, 100 * MILLI, 100 * MILLI, 62, 100));
        assertThat(control.warnings())
                .containsExactly("x.mid: track 1: data byte 255, more than 127, at byte 33. Kept the rest.");
        assertThat(notes(pitch)).extracting(MidiNote::pitch).containsExactly(60, 62);
        assertThat(pitch.warnings())
                .containsExactly("x.mid: track 1: data byte 200, more than 127, at byte 33 and 1 more. Kept the rest.");
        assertThat(notes(velocity)).containsExactly(new MidiNote(0, 0, 100 * MILLI, 60, 127));
        assertThat(velocity.damage()).isPresent();
        assertThat(notes(instrument)).hasSize(1);
        assertThat(instrument.damage()).isPresent();
    }

    @Test
    void shouldKeepTheNotesAroundAQuantityThatIsTooLong() {
        int[] note = {0x90, 60, 100, 20, 60, 0};
        for (int[] time : new int[][] {{0x80, 0x80, 0x80, 0x80, 10}, {0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F}}) {
            MidiFile file = read(SmfBytes.oneTrack(joined(new int[] {0}, note, time, note)));
            assertThat(notes(file)).hasSize(2);
            assertThat(notes(file).getLast().onsetNanos()).isBetween(100 * MILLI, 150 * MILLI);
            assertThat(file.warnings()).singleElement().asString().contains("time of more than 4 bytes at byte");
        }
        MidiFile text = read(SmfBytes.oneTrack(
                joined(new int[] {0}, note, new int[] {0, 0xFF, 1, 0x80, 0x80, 0x80, 0x80, 2, 'h', 'i', 0}, note)));
        assertThat(notes(text)).hasSize(2);
        assertThat(text.damage().orElseThrow()).contains("length of more than 4 bytes at byte");
    }

    @Test
    void shouldFindEachTrackWhateverTheLengthsSay() {
        int[] first = {0, 0x90, 60, 100, 20, 60, 0, 0, 0xFF, 0x2F, 0};
        int[] second = {0, 0x90, 64, 100, 20, 64, 0, 0, 0xFF, 0x2F, 0};
        int[] withoutEnd = {0, 0x90, 60, 100, 20, 60, 0};
        int[] broken = {0, 0x90, 60, 100, 20, 60, 0, 0, 0xFF, 1, 0x7F, 'x'};
        int[] lengths = {0, 1, 3, 5, 8, 10, 12, 13, 14, 15, 17, 20, 30, 31, 60, 1_000, 0x7FFFFFFF, -1};
        for (int[] events : List.of(first, withoutEnd, broken)) {
            for (int length : lengths) {
                if (events != first && length < events.length) {
                    continue; // Where no end is marked nothing tells that the stated one is wrong.
                }
                byte[] bytes = SmfBytes.header(1, 2, 100)
                        .ascii("MTrk")
                        .length(length)
                        .bytes(events)
                        .track(second)
                        .toBytes();
                MidiFile file = read(bytes);
                assertThat(notes(file))
                        .as("%d bytes stated, %d there", length, events.length)
                        .extracting(MidiNote::pitch)
                        .containsExactly(60, 64);
                assertThat(file.damage()).isPresent();
            }
        }
    }

    @Test
    void shouldFindTheTracksAfterAWrongHeaderAndBetweenBytesOfNoTrack() {
        int[] note = {0, 0x90, 60, 100, 20, 60, 0, 0, 0xFF, 0x2F, 0};
        for (int length : new int[] {0, 5, 7, 99, -1}) {
            byte[] bytes = new SmfBytes()
                    .ascii("MThd")
                    .length(length)
                    .bytes(0, 1, 0, 1, 0, 100)
                    .track(note)
                    .toBytes();
            assertThat(notes(read(bytes))).hasSize(1);
            assertThat(read(bytes).damage()).isPresent();
        }
        byte[] between = SmfBytes.header(1, 2, 100)
                .track(note)
                .bytes(0, 0, 0, 7, 7)
                .track(note)
                .ascii("XFIH")
                .length(9_999)
                .track(note)
                .toBytes();
        assertThat(notes(read(between))).hasSize(3);
        assertThat(read(between).damage()).isPresent();
    }

    @Test
    void shouldHearNoDrumsAndEndAllWhereItIsPlayed() {
        byte[] bytes = SmfBytes.header(1, 3, 100)
                .track(0, 0x90, 60, 100, 40, 0xFF, 0x2F, 0)
                .track(0, 0x99, 36, 100, 20, 36, 0, 0, 38, 100, 60, 0xFF, 0x2F, 0)
                .track(10, 0xB1, 66, 127, 0, 0xE1, 0, 0, 10, 0xFF, 0x2F, 0)
                .toBytes();
        MidiFile file = MidiFileReader.read(bytes, "x.mid", FileUse.PLAY);

        assertThat(file.noteCount()).isEqualTo(1);
        assertThat(file.keys().noteOns()).isEqualTo(1);
        assertThat(file.keys().message(3)).isEqualTo(Message.noteOff(0, 60));
        assertThat(file.keys().nanos(3)).isEqualTo(200 * MILLI);
        assertThat(file.keys().message(4)).isEqualTo(Message.control(1, 66, 0));
        assertThat(file.keys().message(5)).isEqualTo(Message.of(0xE1, 0, 64));
        assertThat(file.keys().size()).isEqualTo(6);
        assertThat(file.drums().noteOns()).isEqualTo(2);
        assertThat(file.drums().message(3)).isEqualTo(Message.noteOff(9, 38));
        assertThat(MidiFileReader.read(bytes, "x.mid", FileUse.LEARN).messages().size())
                .isZero();
        byte[] onlyDrums = SmfBytes.oneTrack(0, 0x99, 36, 100, 20, 36, 0);
        assertThatThrownBy(() -> MidiFileReader.read(onlyDrums, "x.mid", FileUse.PLAY))
                .hasMessageStartingWith("x.mid: no note but drums (channel 10)");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void shouldRefuseADeviceThatDoesNotEnd() {
        assertThatThrownBy(() -> MidiFileReader.read(Path.of("/dev/zero")))
                .hasMessage("/dev/zero: does not begin with MThd; a MIDI file does. Check the file.");
    }

    private static int[] joined(int[]... parts) {
        return Arrays.stream(parts).flatMapToInt(Arrays::stream).toArray();
    }

    private static MidiFile read(byte[] bytes) {
        return MidiFileReader.read(bytes, "x.mid");
    }

    private static List<MidiNote> notes(MidiFile file) {
        return file.tracks().stream().flatMap(track -> track.notes().stream()).toList();
    }
}
