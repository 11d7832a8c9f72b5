package antiphon.midi.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class OutboxTest {
    private static final int CAPACITY = 256;
    private static final int LONGEST = 100;

    /** A number above 0 puts a system exclusive message of that length in, 0 a short one, below 0 takes one out. */
    @Property
    void shouldGiveBackWhatItTookInItsOrderAndRefuseWhatHasNoRoom(
            @ForAll @Size(max = 200) List<@IntRange(min = -60, max = LONGEST) Integer> steps) {
        Outbox outbox = new Outbox(CAPACITY, LONGEST);
        Deque<byte[]> expected = new ArrayDeque<>();
        int used = 0;
        int serial = 0;
        for (int step : steps) {
            serial++;
            if (step < 0) {
                assertThat(outbox.next()).isEqualTo(!expected.isEmpty());
                used -= expected.isEmpty() ? 0 : requireSame(outbox, expected.remove());
                continue;
            }
            byte[] bytes = new byte[step];
            Arrays.fill(bytes, (byte) serial);
            int size = 12 + (step == 0 ? 4 : step);
            boolean taken = step == 0 ? outbox.add(serial, serial) : outbox.addLong(bytes, step, serial);
            assertThat(taken).isEqualTo(used + size <= CAPACITY);
            if (taken) {
                expected.add(step == 0 ? new byte[] {(byte) serial} : bytes);
                used += size;
            }
        }
        assertThat(outbox.isEmpty()).isEqualTo(expected.isEmpty());
    }

    /** @return how many bytes it took */
    private static int requireSame(Outbox outbox, byte[] expected) {
        boolean isShort = outbox.length == 0;
        byte[] found = isShort ? new byte[] {(byte) outbox.message} : Arrays.copyOf(outbox.bytes, outbox.length);
        assertThat(found).isEqualTo(expected);
        assertThat((byte) outbox.nanos).isEqualTo(expected[0]);
        return 12 + (isShort ? 4 : outbox.length);
    }

    @Property(tries = 20)
    void shouldRefuseWhatIsLongerThanItMayBe(@ForAll @IntRange(min = LONGEST + 1, max = CAPACITY) int length) {
        Outbox outbox = new Outbox(4 * CAPACITY, LONGEST);
        assertThat(outbox.addLong(new byte[length], length, 0)).isFalse();
        assertThat(outbox.isEmpty()).isTrue();
    }
}
