package antiphon.live;

import static org.assertj.core.api.Assertions.assertThat;

import antiphon.improv.Control;
import antiphon.improv.Mode;
import antiphon.improv.Settings;
import antiphon.midi.MidiBackend.OutputPort;
import antiphon.model.RandomModel;
import antiphon.model.StackedLstm;
import antiphon.music.Message;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The live path on a clock that passes as fast as it can: somebody plays phrases with chords and pedal, rests, and takes
 * another mode every ten minutes. The network is a small one, because the one that we ship plans a tenth of the time that it plays.
 * {@code -Dantiphon.soak.minutes=1440} is a day.
 */
class SoakTest {
    private static final long MILLI = 1_000_000L;
    private static final int MINUTES = Integer.getInteger("antiphon.soak.minutes", 30);
    private static final long MINUTE_NANOS = 60_000 * MILLI;
    private static final long MODE_NANOS = 10 * MINUTE_NANOS;

    /** The human's channel; answers have others. */
    private static final int CHANNEL = 15;

    /** Far longer than any answer. */
    private static final long HANGING_NANOS = 60_000 * MILLI;

    private static final int SAMPLES = 10;

    /** What other tests of this process leave lying about meanwhile. */
    private static final long ROOM_BYTES = 2 << 20;

    /** Counts what leaves, and keeps only what is down. */
    private static final class Port implements OutputPort {
        private final long[] since = new long[Message.CHANNELS * Message.PITCHES];
        private long answers;
        private long copies;
        private long longestNanos;

        private boolean take(int message, long at) {
            int key = Message.key(message);
            if (Message.isNoteOn(message)) {
                since[key] = at;
                answers += Message.channel(message) == CHANNEL ? 0 : 1;
            } else if (Message.isNoteOff(message) && since[key] != 0) {
                longestNanos = Math.max(longestNanos, at - since[key]);
                since[key] = 0;
            }
            return true;
        }

        private List<String> down() {
            List<String> found = new ArrayList<>();
            for (int key = 0; key < since.length; key++) {
                if (since[key] != 0) {
                    found.add(key / Message.PITCHES + ":" + key % Message.PITCHES);
                }
            }
            return found;
        }

        @Override
        public String fullName() {
            return "soak:out";
        }

        @Override
        public boolean send(int message, long due) {
            return take(message, due);
        }

        @Override
        public boolean thru(int message, long at) {
            copies++;
            return take(message, at);
        }

        @Override
        public boolean thruLong(byte[] bytes, int length, long at) {
            return true;
        }

        @Override
        public long lateCount() {
            return 0;
        }

        @Override
        public void close() {}
    }

    private final HandClock clock = new HandClock();
    private final Random random = new Random(16);
    private final Port port = new Port();
    private final Meters meters = new Meters();
    private final LivePath path = new LivePath(
            new LivePath.Setup(port, true, 1, true, HeldNotes.NOWHERE),
            new StackedLstm(RandomModel.of(8, 12, 1, 11)),
            Settings.standard(Mode.CALL),
            3,
            new Tap(),
            meters,
            clock::nanos);
    private final AgentInvoker agents = path.byHand();
    private long sent;

    private void pass(long span) {
        clock.pass(span, agents);
    }

    private void play(int message) {
        path.receiver(0).receive(message, clock.nanos());
        sent++;
        agents.doWork();
    }

    private void phrase() {
        long beatNanos = 60_000 * MILLI / (70 + random.nextInt(70));
        boolean pedal = random.nextInt(3) == 0;
        int pitch = 55 + random.nextInt(15);
        play(Message.control(CHANNEL, Message.SUSTAIN_PEDAL, pedal ? 127 : 0));
        for (int i = random.nextInt(4, 18); i > 0; i--) {
            long length = beatNanos / (1 << random.nextInt(3));
            int lower = random.nextInt(5) == 0 ? pitch - 7 : pitch;
            play(Message.noteOn(CHANNEL, pitch, random.nextInt(40, 110)));
            play(Message.noteOn(CHANNEL, lower, 60));
            pass(length * 9 / 10);
            play(Message.noteOff(CHANNEL, pitch));
            play(Message.noteOff(CHANNEL, lower));
            pass(length / 10);
            pitch = Math.clamp(pitch + random.nextInt(-4, 6), 40, 84);
        }
        play(Message.control(CHANNEL, Message.SUSTAIN_PEDAL, 0));
        pass(random.nextLong(500, 8_000) * MILLI);
    }

    /** How much memory lives, from time to time. */
    private List<Long> playOn() {
        path.begin();
        path.controls().submit(Control.CHANNEL, 0);
        agents.doWork();
        long beginNanos = clock.nanos();
        List<Long> live = new ArrayList<>();
        while (clock.nanos() - beginNanos < MINUTES * MINUTE_NANOS) {
            long passed = clock.nanos() - beginNanos;
            path.controls().submit(Control.MODE, passed / MODE_NANOS % Mode.values().length);
            phrase();
            // The first tenth is warming up.
            if (passed > (live.size() + 1) * (MINUTES * MINUTE_NANOS / SAMPLES)) {
                live.add(liveBytes());
            }
        }
        return live;
    }

    private static long liveBytes() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    @Test
    @Timeout(7_200)
    void shouldPlayOnForeverWithoutAHangingOrLostNoteInTheSameMemory() throws Exception {
        List<Long> live = playOn();
        pass(HANGING_NANOS);
        List<String> downBefore = port.down();
        while (!path.finish()) {
            clock.standStill(MILLI);
        }
        path.settle();
        System.out.printf(
                "%d minutes: %d messages copied, %d notes answered, longest %.1f s, live %s KiB%n",
                MINUTES,
                port.copies,
                port.answers,
                port.longestNanos / 1e9,
                live.stream().map(bytes -> bytes >> 10).toList());
        assertThat(downBefore).as("hanging").isEmpty();
        assertThat(port.down()).as("hanging at the end").isEmpty();
        assertThat(port.copies).isEqualTo(sent);
        assertThat(port.answers).isGreaterThan(10L * MINUTES);
        assertThat(meters.failures.get() + meters.inRingDrops.get()).isZero();
        long first = Collections.min(live.subList(0, live.size() / 2));
        long last = Collections.min(live.subList(live.size() / 2, live.size()));
        assertThat(last - first).as("growth of %s", live).isLessThan(ROOM_BYTES);
    }
}
