package antiphon.live;

import static org.assertj.core.api.Assertions.assertThat;

import antiphon.Allocation;
import antiphon.model.RandomModel;
import antiphon.model.StackedLstm;
import antiphon.music.Message;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TapTest {
    private static final int EVENTS = 10_000;
    private static final int SMALL = 1 << 12;

    private final List<Long> read = new ArrayList<>();

    private void readAll(Tap.Reader reader) {
        while (reader.read(entry -> read.add(entry.value()))) {
            // It is in the list.
        }
    }

    @Test
    void shouldTellEverythingInOrder() {
        Tap tap = new Tap();
        Tap.Reader reader = tap.newReader();
        List<String> told = new ArrayList<>();
        tap.write(Tap.HEARD, 90, 2, 1_000, Slot.COPIED);
        tap.write(Tap.ADVANCE, 0, 0, 2_000, 0);
        tap.write(Tap.SENT, 91, 0, 2_000, Long.MAX_VALUE);
        while (reader.read(entry -> told.add(entry.what() + " " + entry.message() + " " + entry.input() + " "
                + entry.nanos() + " " + entry.value()))) {
            // It is in the list.
        }
        assertThat(told).containsExactly("1 90 2 1000 1", "4 0 0 2000 0", "5 91 0 2000 " + Long.MAX_VALUE);
        assertThat(reader.missed()).isZero();
    }

    @Test
    void shouldBeginANewReaderWithWhatComesNext() {
        Tap tap = new Tap(SMALL);
        tap.write(Tap.HEARD, 0, 0, 0, 1);
        tap.write(Tap.HEARD, 0, 0, 0, 2);
        Tap.Reader reader = tap.newReader();
        readAll(reader);
        assertThat(read).as("nothing old").isEmpty();
        tap.write(Tap.HEARD, 0, 0, 0, 3);
        readAll(reader);
        assertThat(read).containsExactly(3L);
        assertThat(reader.missed()).isZero();
    }

    @Test
    void shouldBeginANewReaderWithWhatComesNextWhereverTheBufferStands() {
        Tap tap = new Tap(SMALL);
        for (long value = 0; value < 1_000; value++) {
            Tap.Reader reader = tap.newReader();
            tap.write(Tap.HEARD, 0, 0, 0, value);
            readAll(reader);
            assertThat(read).containsExactly(value);
            read.clear();
        }
    }

    @Test
    void shouldTellAReaderThatFellBehindThatItMissedSomethingAndGoOnWithWhatIsNew() {
        Tap tap = new Tap(SMALL);
        Tap.Reader slow = tap.newReader();
        tap.write(Tap.HEARD, 0, 0, 0, -1);
        readAll(slow);
        for (long value = 0; value < EVENTS; value++) {
            tap.write(Tap.HEARD, 0, 0, 0, value);
        }
        readAll(slow);
        assertThat(slow.missed()).isPositive();
        assertThat(read).startsWith(-1L).endsWith(EVENTS - 1L).isSorted().hasSizeLessThan(EVENTS);
        long missed = slow.missed();
        tap.write(Tap.HEARD, 0, 0, 0, EVENTS);
        readAll(slow);
        assertThat(read).endsWith((long) EVENTS);
        assertThat(slow.missed()).isEqualTo(missed);
    }

    @Test
    void shouldCostTheEngineNothingThoughOneOfThreeReadersNeverReads() {
        HandDriven session = HandDriven.of(new StackedLstm(RandomModel.of(16, 24, 2, 11)));
        Tap.Reader first = session.tap.newReader();
        Tap.Reader second = session.tap.newReader();
        Tap.Reader stopped = session.tap.newReader();
        long[] counts = new long[2];
        Tap.Handler countFirst = entry -> counts[0]++;
        Tap.Handler countSecond = entry -> counts[1]++;
        session.begin();
        long allocated = Allocation.bytesOfWarmRun(() -> {
            for (int event = 0; event < EVENTS / 2; event++) {
                session.play(event % HandDriven.INPUTS, Message.noteOn(0, 40 + event % 40, 80));
                session.pass(100 * HandDriven.MILLI);
                session.play(event % HandDriven.INPUTS, Message.noteOff(0, 40 + event % 40));
                session.pass(event % 50 == 0 ? 3_000 * HandDriven.MILLI : 10 * HandDriven.MILLI);
                drain(first, countFirst);
                drain(second, countSecond);
            }
        });
        assertThat(allocated).isZero();
        assertThat(counts[0]).isEqualTo(counts[1]).isGreaterThan(EVENTS);
        assertThat(first.missed()).isZero();
        stopped.read(entry -> {});
        assertThat(stopped.missed()).isPositive();
        assertThat(session.meters.failures.get()).isZero();
    }

    private static void drain(Tap.Reader reader, Tap.Handler handler) {
        while (reader.read(handler)) {
            // The handler counts it.
        }
    }
}
