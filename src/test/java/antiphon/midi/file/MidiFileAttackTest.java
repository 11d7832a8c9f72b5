package antiphon.midi.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import antiphon.Allocation;
import antiphon.midi.MidiException;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/**
 * Files made to harm, and files made by chance. Cost is asserted in bytes allocated, which a busy machine does not
 * change.
 */
class MidiFileAttackTest {
    /** A note of three bytes becomes some objects of its own; beyond that nothing may grow with the file. */
    private static final long MAX_BYTES_PER_BYTE = 200;

    private static final long FIXED_BYTES = 64 << 10;

    @Property(tries = 2_000)
    void shouldRefuseOrReadAnyTrackOfGarbage(@ForAll @Size(max = 300) byte[] garbage) {
        int[] events = new int[garbage.length];
        Arrays.setAll(events, i -> garbage[i] & 0xFF);

        assertHarmless(SmfBytes.oneTrack(events));
        assertHarmless(garbage);
    }

    @Property(tries = 2_000)
    void shouldRefuseOrReadAnyMutatedFile(
            @ForAll @Size(min = 1, max = 8) List<@IntRange(max = 9_999) Integer> places,
            @ForAll @Size(8) byte[] values,
            @ForAll @IntRange(max = 1_000) int cut) {
        byte[] bytes = soundFile();
        for (int i = 0; i < places.size(); i++) {
            bytes[places.get(i) % bytes.length] = values[i];
        }
        assertHarmless(bytes);
        assertHarmless(Arrays.copyOf(bytes, bytes.length - Math.min(cut, bytes.length)));
    }

    @Test
    void shouldNotBelieveAVariableLengthQuantityOfTenBytes() {
        byte[] bytes = SmfBytes.oneTrack(
                0, 0x90, 60, 100, 10, 60, 0, //
                0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F, 60, 100);
        MidiFile file = MidiFileReader.read(bytes, "x.mid");

        assertThat(file.noteCount()).isEqualTo(1);
        assertThat(file.warnings()).singleElement().asString().contains("time of more than 4 bytes");
    }

    @Test
    void shouldNotAllocateWhatAFileOf22BytesClaims() {
        byte[] chunk =
                SmfBytes.header(0, 1, 100).ascii("MTrk").length(100_000_000).toBytes();
        byte[] meta = SmfBytes.oneTrack(0, 0xFF, 0x03, 0xFF, 0xFF, 0xFF, 0x7F, 'x');
        byte[] negative = SmfBytes.header(0, 1, 100)
                .ascii("MTrk")
                .length(-1)
                .bytes(0, 0x90)
                .toBytes();

        assertThat(chunk).hasSize(22);
        for (byte[] bytes : List.of(chunk, meta, negative)) {
            assertThatThrownBy(() -> MidiFileReader.read(bytes, "x.mid")).isInstanceOf(MidiException.class);
            assertFrugal(bytes);
        }
    }

    @Test
    void shouldStayLinearInFilesOfTinyEvents() {
        int million = 960_000;
        assertFrugal(repeated(million, 0, 0x90, 60, 100)); // notes of one key that never end
        assertFrugal(repeated(million, 0, 60, 0)); // no status
        assertFrugal(repeated(million, 0x7F, 0x90, 60, 1, 1, 60, 0)); // short notes
        assertFrugal(repeated(million, 1, 0xFF, 0x51, 3, 0, 0, 1)); // tempos
        assertFrugal(repeated(million, 0, 0xFF, 0x51, 3, 0, 0, 1)); // tempos of one tick
        assertFrugal(repeated(million, 0, 0xB0, 64, 127, 0, 0x90, 60, 1, 0, 60, 0, 0, 0xB0, 64, 0)); // pedal
        assertFrugal(repeated(million, 0, 0xB0, 123, 0)); // releases of nothing
        assertFrugal(repeated(million, 0, 0xFF, 0x03, 1, 'x')); // names
    }

    @Test
    void shouldStayLinearInFilesOfTinyTracks() {
        SmfBytes empty = SmfBytes.header(1, 1, 100);
        SmfBytes hanging = SmfBytes.header(1, 1, 100);
        SmfBytes damaged = SmfBytes.header(1, 1, 100);
        for (int i = 0; i < 60_000; i++) {
            empty.track();
            hanging.track(i % 128, 0x90 | i % 16, i % 128, 1);
            damaged.track(0, 60);
        }
        // Ten thousand keys of one channel are down when the releases begin.
        hanging.track(repeatedInts(10_000, 0, 0xB0, 123, 0));

        assertFrugal(empty.toBytes());
        assertFrugal(hanging.toBytes());
        assertFrugal(damaged.toBytes());
        assertThat(MidiFileReader.read(hanging.toBytes(), "x.mid").noteCount()).isEqualTo(60_000);

        for (int i = 0; i < 6_000; i++) {
            hanging.track(0, 0x90, 60, 1);
        }
        MidiFile file = MidiFileReader.read(hanging.toBytes(), "x.mid");
        assertThat(file.tracks()).hasSize(65_535);
        assertThat(file.warnings()).containsExactly("x.mid: more than 65535 tracks. Left out the others.");
    }

    @Test
    void shouldLeaveOutWhatLiesBeyondAWeek() {
        // The slowest tempo there is and a tick a quarter note: one delta of four bytes is 142 years.
        byte[] bytes = SmfBytes.header(0, 1, 1)
                .track(repeatedInts(
                        100, 0, 0xFF, 0x51, 3, 0xFF, 0xFF, 0xFF, 0, 0x90, 60, 100, 0xFF, 0xFF, 0xFF, 0x7F, 60, 0))
                .toBytes();
        MidiFile file = MidiFileReader.read(bytes, "x.mid");

        assertThat(file.noteCount()).isEqualTo(1);
        assertThat(file.toPerformance().endNanos()).isZero();
        assertThat(file.warnings()).containsExactly("x.mid: events later than 168 hours. Left them out.");
    }

    private static void assertHarmless(byte[] bytes) {
        try {
            MidiFile file = MidiFileReader.read(bytes, "x.mid");
            assertThat(file.noteCount()).isPositive();
            assertThat(file.toPerformance().notes()).hasSize(file.noteCount());
            assertThat(file.messages().endNanos()).isBetween(0L, TrackMerger.LONGEST_NANOS);
        } catch (MidiException e) {
            assertThat(e.getMessage()).startsWith("x.mid: ").doesNotContain("\n");
        }
    }

    private static void assertFrugal(byte[] bytes) {
        assertThat(Allocation.bytesOfWarmRun(() -> readQuietly(bytes)))
                .isLessThan(FIXED_BYTES + MAX_BYTES_PER_BYTE * bytes.length);
    }

    private static void readQuietly(byte[] bytes) {
        try {
            assertThat(MidiFileReader.read(bytes, "x.mid").noteCount()).isPositive();
        } catch (MidiException e) {
            assertThat(e.getMessage()).startsWith("x.mid: ");
        }
    }

    private static byte[] repeated(int length, int... events) {
        return SmfBytes.oneTrack(repeatedInts(length / events.length, events));
    }

    private static int[] repeatedInts(int times, int... events) {
        int[] all = new int[times * events.length];
        Arrays.setAll(all, i -> events[i % events.length]);
        return all;
    }

    private static byte[] soundFile() {
        return SmfBytes.header(1, 3, 100)
                .track(0, 0xFF, 3, 5, 'h', 'u', 'm', 'a', 'n', 0, 0xFF, 0x51, 3, 5, 5, 5, 0, 0xFF, 0x2F, 0)
                .track(0, 0xB0, 64, 127, 0, 0x90, 60, 100, 20, 62, 100, 5, 60, 0, 9, 62, 0, 0, 0xFF, 0x2F, 0)
                .track(0, 0xF0, 2, 1, 0xF7, 0, 0x91, 40, 9, 0x81, 0, 0x81, 40, 9, 3, 0x91, 41, 1, 0, 0xFF, 0x2F, 0)
                .toBytes();
    }
}
