package antiphon.live;

import static org.assertj.core.api.Assertions.assertThat;

import antiphon.music.Message;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class LeavingTest {
    private static final long MILLI = 1_000_000L;

    private final List<Long> leaves = new ArrayList<>();
    private long answersAfterNanos;
    private boolean full;

    private final Leaving leaving = new Leaving(
            new Outlet() {
                @Override
                public boolean send(int message, long dueNanos, long causeNanos) {
                    leaves.add(dueNanos);
                    return !full;
                }

                @Override
                public void answersAfter(long immediateNanos) {
                    answersAfterNanos = immediateNanos;
                }

                @Override
                public boolean isEmpty() {
                    return !full;
                }
            },
            50 * MILLI);

    private boolean send(long dueNanos) {
        return leaving.send(Message.noteOn(1, 60, 80), dueNanos, Slot.NO_CAUSE);
    }

    @Example
    void shouldLetMessagesLeaveSoMuchBeforeTheyAreHeard() {
        assertThat(send(80 * MILLI)).isTrue();
        leaving.leaveEarlier(50 * MILLI, 53 * MILLI);
        assertThat(leaves).containsExactly(30 * MILLI);
        assertThat(answersAfterNanos).as("at once is at once").isEqualTo(3 * MILLI);
        full = true;
        assertThat(send(90 * MILLI)).isFalse();
        assertThat(leaving.isEmpty()).isFalse();
    }

    /** The end of a short note would otherwise leave before its beginning, which was handed over before. */
    @Example
    void shouldNotEndANoteBeforeItBeginsWhenTheSynthesiserIsSaidToBeSlower() {
        send(100 * MILLI);
        leaving.leaveEarlier(200 * MILLI, 203 * MILLI);
        send(150 * MILLI);
        send(300 * MILLI);
        assertThat(leaves).containsExactly(50 * MILLI, 50 * MILLI, 100 * MILLI);
    }

    /** Whatever is changed and when: what is heard later leaves no earlier. */
    @Property
    void shouldKeepTheOrder(@ForAll @Size(max = 40) List<@IntRange(max = 400) Integer> steps) {
        LeavingTest fresh = new LeavingTest();
        long dueNanos = 0;
        for (int step : steps) {
            if (step > 200) {
                fresh.leaving.leaveEarlier((step - 200) * MILLI, step * MILLI);
            } else {
                dueNanos += step * MILLI;
                fresh.send(dueNanos);
            }
        }
        assertThat(fresh.leaves).isSorted();
    }
}
