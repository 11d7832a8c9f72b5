package antiphon.midi;

import static org.assertj.core.api.Assertions.assertThat;

import antiphon.midi.SysexAssembler.Result;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class SysexAssemblerTest {
    private static final int LONGEST = 600;

    private final SysexAssembler sysex = new SysexAssembler(LONGEST);

    private Result add(int... piece) {
        byte[] bytes = new byte[piece.length];
        for (int i = 0; i < piece.length; i++) {
            bytes[i] = (byte) piece[i];
        }
        return sysex.add(bytes, bytes.length);
    }

    private byte[] whole() {
        return Arrays.copyOf(sysex.bytes(), sysex.length());
    }

    /** Cut anywhere, with or without the mark that javax.sound.midi puts before later pieces. */
    @Property
    void shouldPutTogetherWhateverThePieces(
            @ForAll @IntRange(max = LONGEST - 2) int size, @ForAll boolean marked, @ForAll long seed) {
        SysexAssembler fresh = new SysexAssembler(LONGEST);
        Random random = new Random(seed);
        byte[] message = new byte[size + 2];
        for (int i = 1; i <= size; i++) {
            message[i] = (byte) random.nextInt(128);
        }
        message[0] = (byte) 0xF0;
        message[size + 1] = (byte) 0xF7;
        Result last = Result.MORE;
        for (int from = 0; from < message.length; ) {
            assertThat(last).isEqualTo(Result.MORE);
            int to = Math.min(message.length, from + 1 + random.nextInt(300));
            ByteArrayOutputStream piece = new ByteArrayOutputStream();
            if (marked && from > 0) {
                piece.write(0xF7);
            }
            piece.write(message, from, to - from);
            last = fresh.add(piece.toByteArray(), piece.size());
            from = to;
        }
        assertThat(last).isEqualTo(Result.WHOLE);
        assertThat(Arrays.copyOf(fresh.bytes(), fresh.length())).isEqualTo(message);
    }

    /** Whatever comes, what it says is whole is a system exclusive message from its first byte to its last. */
    @Property
    void shouldNeverMakeAnythingElse(@ForAll byte[][] pieces) {
        SysexAssembler fresh = new SysexAssembler(20);
        for (byte[] piece : pieces) {
            if (fresh.add(piece, piece.length) == Result.WHOLE) {
                byte[] made = Arrays.copyOf(fresh.bytes(), fresh.length());
                assertThat(made[0] & 0xFF).isEqualTo(0xF0);
                assertThat(made[made.length - 1] & 0xFF).isEqualTo(0xF7);
                for (int i = 1; i < made.length - 1; i++) {
                    assertThat(made[i] >= 0 || (made[i] & 0xFF) >= 0xF8).isTrue();
                }
            }
        }
    }

    @Test
    void shouldRefuseOnceWhatIsTooLongAndTakeTheNext() {
        int[] start = new int[400];
        start[0] = 0xF0;
        assertThat(add(start)).isEqualTo(Result.MORE);
        assertThat(add(new int[400])).isEqualTo(Result.MORE);
        assertThat(add(1, 0xF7)).isEqualTo(Result.REFUSED);
        assertThat(add(0xF0, 1, 0xF7)).isEqualTo(Result.WHOLE);
        assertThat(whole()).containsExactly(0xF0, 1, 0xF7);
    }

    @Test
    void shouldRefuseWhatIsBrokenOff() {
        assertThat(add(0xF0, 1)).isEqualTo(Result.MORE);
        assertThat(sysex.breakOff()).isTrue();
        assertThat(sysex.breakOff()).isFalse();
        assertThat(add(2, 0xF7)).isEqualTo(Result.REFUSED);
        assertThat(add(0xF0, 1, 0x90, 60, 100, 0xF7)).isEqualTo(Result.REFUSED);
        assertThat(add(0xF0, 1, 0xF7, 2, 0xF7)).isEqualTo(Result.REFUSED);
    }

    @Test
    void shouldPassOnRealTimeMessagesThatLieInBetween() {
        assertThat(add(0xF0, 1)).isEqualTo(Result.MORE);
        assertThat(add(0xF8, 2, 0xF7)).isEqualTo(Result.WHOLE);
        assertThat(whole()).containsExactly(0xF0, 1, 0xF8, 2, 0xF7);
    }
}
