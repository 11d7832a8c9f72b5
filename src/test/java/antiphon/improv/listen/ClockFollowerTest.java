package antiphon.improv.listen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import antiphon.Allocation;
import antiphon.music.Message;
import java.util.Arrays;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class ClockFollowerTest {
    private static final double MILLI = 1e6;
    private static final int BEAT = Message.TICKS_PER_QUARTER;

    /** A sender of a clock whose ticks are early and late by up to some time, as those of programs are. */
    private static final class Sender {
        final ClockFollower clock = new ClockFollower();
        final SplittableRandom random;
        final double jitterNanos;
        double nanos = 5e9;
        double periodNanos;

        /** Of the next tick. */
        long position;

        Sender(double qpm, double jitterNanos, long seed) {
            random = new SplittableRandom(seed);
            this.jitterNanos = jitterNanos;
            tempo(qpm);
        }

        void tempo(double qpm) {
            periodNanos = 60e9 / qpm / BEAT;
        }

        void say(int status) {
            clock.hear(Message.of(status, 0, 0), (long) nanos);
        }

        void song(int sixteenths) {
            clock.hear(Message.songPosition(sixteenths), (long) nanos);
            position = (long) Message.TICKS_PER_SIXTEENTH * sixteenths;
        }

        void start() {
            say(Message.START);
            position = 0;
        }

        /** Sends the next tick, or loses it. */
        void tick(boolean lost) {
            nanos += periodNanos;
            if (!lost) {
                double jitter = jitterNanos == 0 ? 0 : random.nextDouble(-jitterNanos, jitterNanos);
                clock.hear(Message.CLOCK, Math.round(nanos + jitter));
            }
            position++;
        }

        void ticks(int count) {
            for (int i = 0; i < count; i++) {
                tick(false);
            }
        }

        /** How far the follower believes a position of the next two beats to be from where it will be. */
        double worstNanos() {
            double worst = 0;
            for (int ahead = 0; ahead <= 2 * BEAT; ahead++) {
                double due = nanos + (ahead + 1) * periodNanos;
                worst = Math.max(worst, Math.abs(clock.at((double) position + ahead) - due));
            }
            return worst;
        }
    }

    @Property
    void shouldKnowWhenEachPositionComes(
            @ForAll @DoubleRange(min = 40, max = 300) double qpm, @ForAll @LongRange(min = 0, max = 999) long seed) {
        Sender sender = new Sender(qpm, 2 * MILLI, seed);
        sender.start();
        sender.ticks(2 * BEAT);
        double[] errors = new double[400];
        for (int i = 0; i < errors.length; i++) {
            sender.tick(false);
            errors[i] = Math.abs(sender.clock.at((double) sender.position + BEAT / 2.0)
                    - (sender.nanos + (1 + BEAT / 2.0) * sender.periodNanos));
        }
        Arrays.sort(errors);
        assertThat(errors[200]).as("median").isLessThan(0.7 * MILLI);
        assertThat(errors[395]).as("p99").isLessThan(2.5 * MILLI);
        assertThat(sender.clock.isRunning((long) sender.nanos)).isTrue();
        assertThat(sender.clock.isPlaced()).isTrue();
    }

    @Test
    void shouldFollowAnEvenClockExactly() {
        Sender sender = new Sender(120, 0, 1);
        sender.start();
        sender.ticks(10);
        assertThat(sender.worstNanos()).isLessThan(1_000);
        assertThat(sender.clock.beatPeriodNanos()).isCloseTo(500 * MILLI, within(1_000.0));
        assertThat(sender.clock.positionAt(sender.nanos)).isCloseTo(9, within(0.001));
    }

    @Property
    void shouldCountTicksThatAreLost(
            @ForAll @DoubleRange(min = 60, max = 180) double qpm,
            @ForAll @LongRange(min = 0, max = 999) long seed,
            @ForAll @IntRange(min = 1, max = 4) int lost) {
        Sender sender = new Sender(qpm, 1.5 * MILLI, seed);
        sender.start();
        sender.ticks(2 * BEAT);
        for (int times = 0; times < 6; times++) {
            for (int i = 0; i < lost; i++) {
                sender.tick(true);
            }
            sender.ticks(15);
            assertThat(sender.worstNanos()).isLessThan(4 * MILLI);
        }
    }

    @Test
    void shouldCountATickThatIsLostSoonAfterTheStart() {
        for (int before = 3; before < 10; before++) {
            Sender sender = new Sender(100, 1 * MILLI, before);
            sender.start();
            sender.ticks(before);
            sender.tick(true);
            sender.ticks(60);
            assertThat(sender.worstNanos()).isLessThan(3 * MILLI);
        }
    }

    /** After a cycle that JACK missed: some ticks are lost, and for a while all come late. */
    @Property
    void shouldKeepItsPlaceWhenTicksAreLostAndTheClockIsMoved(
            @ForAll @DoubleRange(min = 60, max = 120) double qpm,
            @ForAll @IntRange(min = 1, max = 5) int lost,
            @ForAll @LongRange(min = 0, max = 999) long seed) {
        Sender sender = new Sender(qpm, 2 * MILLI, seed);
        sender.start();
        sender.ticks(2 * BEAT);
        for (int i = 0; i < lost; i++) {
            sender.tick(true);
        }
        sender.nanos += 4 * MILLI;
        sender.ticks(9);
        sender.nanos -= 4 * MILLI;
        sender.ticks(2 * BEAT);
        assertThat(sender.worstNanos()).isLessThan(5 * MILLI);
    }

    @Test
    void shouldKeepItsPlaceWhenTwoTicksComeTogether() {
        Sender sender = new Sender(100, 0, 1);
        sender.start();
        sender.ticks(30);
        sender.tick(true);
        sender.clock.hear(Message.CLOCK, Math.round(sender.nanos + sender.periodNanos));
        sender.ticks(60);
        assertThat(sender.worstNanos()).isLessThan(1 * MILLI);
    }

    @Test
    void shouldKeepItsPlaceWhenATickIsLate() {
        Sender sender = new Sender(100, 0, 1);
        sender.start();
        sender.ticks(30);
        sender.clock.hear(Message.CLOCK, Math.round(sender.nanos + 1.9 * sender.periodNanos));
        sender.nanos += sender.periodNanos;
        sender.position++;
        sender.ticks(60);
        assertThat(sender.worstNanos()).isLessThan(1 * MILLI);
    }

    /** JACK has stood for as long as some ticks take, and the sender with it: none was lost. */
    @Property
    void shouldCountNoTickAsLostWhereTheSenderStood(
            @ForAll @DoubleRange(min = 60, max = 180) double qpm,
            @ForAll @DoubleRange(min = 0.1, max = 20) double stoodTicks,
            @ForAll @LongRange(min = 0, max = 999) long seed) {
        Sender sender = new Sender(qpm, 1 * MILLI, seed);
        sender.start();
        sender.ticks(2 * BEAT);
        double stoodNanos = stoodTicks * sender.periodNanos;
        sender.nanos += stoodNanos;
        sender.clock.slip(Math.round(stoodNanos));
        assertThat(sender.worstNanos()).isLessThan(3 * MILLI);
        sender.ticks(1);
        assertThat(sender.worstNanos()).isLessThan(3 * MILLI);
        sender.ticks(20);
        assertThat(sender.worstNanos()).isLessThan(3 * MILLI);
    }

    /** JACK has stood, but what ticks is a machine of its own. */
    @Property
    void shouldSoonBeRightAgainWhereTheSenderDidNotStand(
            @ForAll @DoubleRange(min = 60, max = 180) double qpm,
            @ForAll @DoubleRange(min = 5, max = 60) double stoodMillis) {
        Sender sender = new Sender(qpm, 1 * MILLI, 1);
        sender.start();
        sender.ticks(2 * BEAT);
        sender.clock.slip(Math.round(stoodMillis * MILLI));
        sender.ticks(BEAT);
        assertThat(sender.worstNanos()).isLessThan(3 * MILLI);
    }

    @Property
    void shouldTakeOverANewTempo(
            @ForAll @DoubleRange(min = 60, max = 200) double qpm,
            @ForAll @DoubleRange(min = 0.7, max = 2) double ratio,
            @ForAll @LongRange(min = 0, max = 999) long seed) {
        Sender sender = new Sender(qpm, 1 * MILLI, seed);
        sender.start();
        sender.ticks(2 * BEAT);
        sender.tempo(qpm * ratio);
        sender.ticks(3 * BEAT);
        assertThat(sender.worstNanos()).isLessThan(4 * MILLI);
    }

    @Test
    void shouldGoOnWhereTheSongStopped() {
        Sender sender = new Sender(100, 0, 1);
        sender.start();
        sender.ticks(40);
        sender.say(Message.STOP);
        assertThat(sender.clock.isRunning((long) sender.nanos)).isFalse();
        assertThat(sender.clock.isTicking((long) sender.nanos)).isTrue();
        // Most senders tick on while the song stands still.
        for (int i = 0; i < 17; i++) {
            sender.tick(false);
            sender.position--;
        }
        sender.say(Message.CONTINUE);
        sender.ticks(12);
        assertThat(sender.position).isEqualTo(52);
        assertThat(sender.worstNanos()).isLessThan(1_000);
        assertThat(sender.clock.isPlaced()).isTrue();
    }

    @Test
    void shouldJumpWhereTheSongPositionSays() {
        Sender sender = new Sender(100, 0, 1);
        sender.start();
        sender.ticks(40);
        int jumps = sender.clock.jumpCount();
        sender.song(300);
        sender.ticks(1);
        assertThat(sender.clock.positionAt(sender.nanos)).isCloseTo(1_800, within(0.01));
        assertThat(sender.clock.jumpCount()).isNotEqualTo(jumps);
        sender.say(Message.STOP);
        sender.song(16);
        sender.say(Message.CONTINUE);
        sender.ticks(1);
        assertThat(sender.clock.positionAt(sender.nanos)).isCloseTo(96, within(0.01));
        assertThat(sender.worstNanos()).isLessThan(10_000);
    }

    @Test
    void shouldNotKnowThePlaceOfASongThatItDidNotHearBegin() {
        Sender sender = new Sender(100, 0, 1);
        sender.ticks(30);
        assertThat(sender.clock.isTicking((long) sender.nanos)).isTrue();
        assertThat(sender.clock.isRunning((long) sender.nanos)).isFalse();
        assertThat(sender.clock.isPlaced()).isFalse();
        assertThat(sender.clock.beatPeriodNanos()).isCloseTo(600 * MILLI, within(1_000.0));
    }

    @Test
    void shouldNoticeThatTheClockIsGone() {
        Sender sender = new Sender(100, 0, 1);
        sender.start();
        sender.ticks(30);
        sender.nanos += 600 * MILLI;
        assertThat(sender.clock.isRunning((long) sender.nanos)).isFalse();
        sender.ticks(30);
        assertThat(sender.clock.isPlaced())
                .as("ticks were lost, nobody knows how many")
                .isFalse();
    }

    @Test
    void shouldAllocateNothing() {
        Sender sender = new Sender(120, 2 * MILLI, 1);
        sender.start();
        sender.ticks(100);
        assertThat(Allocation.bytesOfWarmRun(() -> {
                    sender.ticks(1_000);
                    sender.clock.at(1);
                    sender.clock.positionAt(1);
                }))
                .isZero();
    }
}
