package antiphon.midi.jack;

import static org.assertj.core.api.Assertions.assertThat;

import antiphon.Allocation;
import antiphon.midi.MidiBackend.Transport;
import antiphon.music.Message;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class JackTransportTest {
    private static final int FRAMES = 64;
    private static final int RATE = 48_000;
    private static final double NANOS_PER_FRAME = 1e9 / RATE;

    /** A transport that moves on by a cycle at each call, and who is told of it. */
    private static final class Host implements JackMidi, Transport {
        final Arena arena = Arena.ofConfined();
        final CycleClock clock = new CycleClock();
        final JackTransport transport = new JackTransport(this, clock, arena, RATE, this);
        final List<String> told = new ArrayList<>();
        final List<Long> ticks = new ArrayList<>();
        boolean keeps = true;
        boolean rolls = true;
        double quarters;
        double qpm = 120;
        float beatsPerBar = 4;
        long micros = 1_000_000;

        void cycles(int count) {
            for (int i = 0; i < count; i++) {
                long start = micros;
                micros += FRAMES * 1_000_000L / RATE;
                clock.begin(start, micros, 0, FRAMES);
                transport.cycle(FRAMES);
                quarters += rolls ? FRAMES * qpm / 60 / RATE : 0;
            }
        }

        @Override
        public int transport(long position) {
            JackTransport.write(position, quarters, beatsPerBar, qpm);
            return rolls ? 1 : 0;
        }

        @Override
        public void clock(int message, long nanos) {
            if (!keeps) {
                return;
            }
            if (message == Message.CLOCK) {
                ticks.add(nanos);
            } else {
                told.add(String.format("%X", Message.status(message))
                        + (Message.length(message) == 3 ? " " + Message.sixteenths(message) : ""));
            }
        }

        @Override
        public void quartersPerBar(int quartersPerBar, long nanos) {
            told.add("bar " + quartersPerBar);
        }

        @Override
        public long offsetNanos() {
            return 0;
        }

        @Override
        public int cycleTimes(long times) {
            return 0;
        }

        @Override
        public long buffer(long port, int frames) {
            return 0;
        }

        @Override
        public int eventCount(long buffer) {
            return 0;
        }

        @Override
        public int eventGet(long event, long buffer, int index) {
            return 1;
        }

        @Override
        public void clear(long buffer) {}

        @Override
        public long reserve(long buffer, int frame, long size) {
            return 0;
        }
    }

    private final Host host = new Host();

    @AfterEach
    void free() {
        host.arena.close();
    }

    @Test
    void shouldTickFromTheNextSixteenthOn() {
        host.quarters = 4.3;
        host.beatsPerBar = 3;
        host.cycles(2);
        assertThat(host.told).containsExactly("bar 3", "F2 18", "FB");
        assertThat(host.ticks).isEmpty();
        // To the place 4.5.
        host.cycles(75);
        assertThat(host.ticks).hasSize(1);
        host.cycles(375);
        assertThat(host.ticks).as("a quarter").hasSize(25);
    }

    @Test
    void shouldTellOfAStopAndAJump() {
        host.cycles(10);
        host.rolls = false;
        host.cycles(10);
        assertThat(host.told).containsExactly("bar 4", "F2 0", "FB", "FC");
        host.rolls = true;
        host.cycles(1);
        host.quarters = 100;
        host.cycles(1);
        assertThat(host.told).endsWith("F2 400", "FB");
    }

    @Test
    void shouldSayNothingOfATransportThatKnowsNoTempo() {
        host.qpm = Double.NaN;
        host.cycles(10);
        host.qpm = 0;
        host.cycles(10);
        assertThat(host.told).isEmpty();
        assertThat(host.ticks).isEmpty();
    }

    /** Each tick at its frame, whatever cycle it falls into. */
    @Property(tries = 50)
    void shouldTickEvenly(
            @ForAll @DoubleRange(min = 30, max = 300) double qpm, @ForAll @IntRange(min = 0, max = 400) int sixteenth) {
        Host even = new Host();
        even.qpm = qpm;
        even.quarters = sixteenth / 4.0;
        even.cycles(2_000);
        double period = 60e9 / qpm / 24;
        assertThat((double) even.ticks.size()).isGreaterThan(2_000 * FRAMES * NANOS_PER_FRAME / period - 10);
        for (int i = 1; i < even.ticks.size(); i++) {
            // The cycles of this test last whole microseconds, and are a little short.
            double at = (even.ticks.get(i) - even.ticks.getFirst()) * (FRAMES * NANOS_PER_FRAME / 1_333_000);
            // A place is told in parts of which 1920 make a quarter.
            assertThat(Math.abs(at - i * period)).isLessThan(3 * NANOS_PER_FRAME + 24 * period / 1_920);
            double gap = even.ticks.get(i) - even.ticks.get(i - 1);
            // Both ends of a gap are told to the nearest part.
            assertThat(Math.abs(gap - period)).isLessThan(4 * NANOS_PER_FRAME + 24 * period / 1_920);
        }
        even.arena.close();
    }

    @Test
    void shouldAllocateNothing() {
        host.keeps = false;
        assertThat(Allocation.bytesOfWarmRun(() -> host.cycles(1_000))).isZero();
    }
}
