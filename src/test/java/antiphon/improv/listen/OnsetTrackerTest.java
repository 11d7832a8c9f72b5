package antiphon.improv.listen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import antiphon.Allocation;
import java.util.Arrays;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class OnsetTrackerTest {
    private static final long MILLI = 1_000_000L;
    private static final long SECOND = 1_000 * MILLI;
    private static final double UNEVEN_NANOS = 8e6;

    private final OnsetTracker tracker = new OnsetTracker();

    /** How far this time is from the nearest step of a grid. */
    private static double off(double nanos, double stepNanos, double periodNanos) {
        return Math.abs(Math.IEEEremainder(nanos - stepNanos, periodNanos));
    }

    /** Plays evenly, as hands do. */
    private long play(int onsets, double periodNanos, long start, SplittableRandom random) {
        long nanos = start;
        for (int i = 0; i < onsets; i++) {
            nanos = start + Math.round(i * periodNanos + random.nextDouble(-UNEVEN_NANOS, UNEVEN_NANOS));
            tracker.hear(60, 80, nanos);
        }
        return nanos;
    }

    /** Plays at these times, and looks half a second later. */
    private double confidence(long... onsets) {
        tracker.forget();
        for (long onset : onsets) {
            tracker.hear(60, 80, onset);
        }
        tracker.find(onsets[onsets.length - 1] + SECOND / 2);
        return tracker.confidence();
    }

    @Test
    void shouldFindTheGridOfSteadyPlaying() {
        for (double qpm : new double[] {60, 90, 120, 171}) {
            for (int perBeat = 1; perBeat <= 2; perBeat++) {
                for (long seed = 0; seed < 20; seed++) {
                    tracker.forget();
                    double periodNanos = 60e9 / qpm / perBeat;
                    long last = play(24, periodNanos, 5 * SECOND, new SplittableRandom(seed));
                    tracker.find(last + 700 * MILLI);
                    assertThat(tracker.confidence())
                            .as("%s qpm, %d a beat", qpm, perBeat)
                            .isGreaterThanOrEqualTo(0.9);
                    assertPredicts(5 * SECOND, 30e9 / qpm, last);
                }
            }
        }
    }

    /** The steps of the next four seconds lie on the eighths. */
    private void assertPredicts(long start, double eighthNanos, long now) {
        assertThat(tracker.periodNanos()).isLessThan(2.1 * eighthNanos);
        double step = tracker.stepNanos();
        while (step < now + 4.0 * SECOND) {
            assertThat(off(step, (double) start, eighthNanos)).isLessThan(20e6);
            step += tracker.periodNanos();
        }
    }

    @Test
    void shouldFindTheBeatsThatLowAndLongNotesLieOn() {
        for (long seed = 0; seed < 20; seed++) {
            tracker.forget();
            SplittableRandom random = new SplittableRandom(seed);
            long now = 0;
            for (int bar = 0; bar < 4; bar++) {
                // Two eighths, a quarter, twice in a bar; a bass with each beat.
                for (int eighth = 0; eighth < 8; eighth++) {
                    if (eighth % 4 != 3) {
                        now = 300 * MILLI * (8 * bar + eighth) + random.nextLong(-8 * MILLI, 8 * MILLI);
                        tracker.hear(eighth % 2 == 0 ? 43 : 72, eighth % 2 == 0 ? 90 : 60, now);
                    }
                }
            }
            tracker.find(now + 900 * MILLI);
            assertThat(tracker.confidence()).isGreaterThan(0.9);
            assertThat(tracker.tempoQpm()).isCloseTo(100, within(1.0));
            assertThat(off(tracker.beatNanos(), 0, 600e6)).isLessThan(20e6);
            assertThat(tracker.stepsPerBeat() * tracker.periodNanos()).isCloseTo(600e6, within(6e6));
        }
    }

    @Test
    void shouldNotTakeTheWeightOfAFirstNoteForThatOfALongBeat() {
        for (double qpm : new double[] {72, 100, 132, 140}) {
            tracker.forget();
            long last = play(8, 60e9 / qpm, 5 * SECOND, new SplittableRandom(1));
            tracker.find(last + SECOND);
            assertThat(tracker.confidence()).isGreaterThan(0.5);
            assertThat(tracker.tempoQpm()).isCloseTo(qpm, within(2.0));
            assertThat(off(tracker.beatNanos(), 5e9, 60e9 / qpm)).isLessThan(25e6);
        }
    }

    @Test
    void shouldTakeAChordForOneOnset() {
        long[] chords = new long[24];
        for (int i = 0; i < chords.length; i++) {
            chords[i] = i / 3 * (500 * MILLI) + i % 3 * (15 * MILLI);
        }
        assertThat(confidence(Arrays.copyOf(chords, 12))).isZero();
        assertThat(confidence(chords)).isGreaterThan(0.9);
        assertThat(tracker.periodNanos()).isCloseTo(500e6, within(1e6));
    }

    @Test
    void shouldKnowNothingFromFewOnsets() {
        assertThat(confidence(0, SECOND, 2 * SECOND, 3 * SECOND)).isZero();
        tracker.forget();
        tracker.find(SECOND);
        assertThat(tracker.confidence()).isZero();
    }

    @Test
    void shouldFindNothingWhereThereIsNoPulse() {
        SplittableRandom random = new SplittableRandom(1);
        double sum = 0;
        for (int set = 0; set < 200; set++) {
            sum += confidence(random.longs(24, 0, 6 * SECOND).sorted().toArray());
        }
        assertThat(sum / 200).isLessThan(0.1);
    }

    @Test
    void shouldLeaveRubatoFree() {
        SplittableRandom random = new SplittableRandom(1);
        double sum = 0;
        for (int set = 0; set < 200; set++) {
            long[] onsets = new long[24];
            double logNanos = Math.log(300e6);
            for (int i = 1; i < onsets.length; i++) {
                logNanos += 0.3 * random.nextGaussian();
                logNanos = Math.clamp(logNanos, Math.log(100e6), Math.log(1.2e9));
                onsets[i] = onsets[i - 1] + Math.round(Math.exp(logNanos));
            }
            sum += confidence(onsets);
        }
        assertThat(sum / 200).isLessThan(0.2);
    }

    @Test
    void shouldForget() {
        long last = play(24, 300e6, 0, new SplittableRandom(1));
        tracker.find(last);
        assertThat(tracker.confidence()).isEqualTo(1);
        tracker.forget();
        assertThat(tracker.confidence()).isZero();
        tracker.find(last);
        assertThat(tracker.confidence()).isZero();
    }

    @Test
    void shouldListenOnlyToTheLastTwelveSeconds() {
        long last = play(24, 300e6, 0, new SplittableRandom(1));
        tracker.find(last + 10 * SECOND);
        assertThat(tracker.confidence()).isPositive();
        tracker.find(last + 12 * SECOND - 800 * MILLI);
        assertThat(tracker.confidence()).as("three onsets are left").isZero();
        tracker.find(last + 60 * SECOND);
        assertThat(tracker.confidence()).isZero();
    }

    @Test
    void shouldListenOnWithoutEnd() {
        SplittableRandom random = new SplittableRandom(1);
        long now = 0;
        for (int i = 0; i < 300; i++) {
            now = i * (160 * MILLI) + random.nextLong(-8 * MILLI, 8 * MILLI);
            tracker.hear(60, 80, now);
            tracker.find(now + 1);
            if (i > 24) {
                assertThat(tracker.confidence()).isGreaterThan(0.9);
                assertThat(tracker.periodNanos()).isCloseTo(160e6, within(2e6));
                assertPredicts(0, 160e6, now);
            }
        }
    }

    @Test
    void shouldFollowAChangeOfTempo() {
        SplittableRandom random = new SplittableRandom(1);
        long last = play(40, 250e6, 0, random);
        last = play(40, 310e6, last + 310 * MILLI, random);
        tracker.find(last + 1);
        assertThat(tracker.confidence()).isGreaterThan(0.9);
        assertThat(tracker.periodNanos()).isCloseTo(310e6, within(2e6));
    }

    @Test
    void shouldFollowATempoThatDrifts() {
        for (double drift : new double[] {-0.04, -0.025, 0.025, 0.04}) {
            tracker.forget();
            SplittableRandom random = new SplittableRandom(1);
            double at = 0;
            double period = 300e6;
            for (int i = 0; i < 30; i++) {
                tracker.hear(60, 80, Math.round(at + random.nextDouble(-UNEVEN_NANOS, UNEVEN_NANOS)));
                at += period;
                period *= 1 + drift * period / 1e9;
            }
            tracker.find(Math.round(at - period / 2));
            assertThat(tracker.confidence()).as("drift %s", drift).isGreaterThan(0.9);
            assertThat(tracker.periodNanos()).isCloseTo(period, within(0.04 * period));
            assertThat(off(at, tracker.stepNanos(), tracker.periodNanos())).isLessThan(25e6);
        }
    }

    @Test
    void shouldKeepTheTempoThroughARestAfterADrift() {
        double at = 0;
        double period = 300e6;
        for (int i = 0; i < 30; i++) {
            tracker.hear(60, 80, Math.round(at));
            at += period;
            period *= 1 + 0.03 * period / 1e9;
        }
        tracker.find(Math.round(at));
        double found = tracker.periodNanos();
        tracker.find(Math.round(at) + 2 * SECOND);
        assertThat(tracker.confidence()).isPositive();
        assertThat(tracker.periodNanos()).isCloseTo(found, within(1.0));
    }

    @Property(tries = 200)
    void shouldMoveWithTheMusicAndNotChange(
            @ForAll long seed, @ForAll @LongRange(min = -(1L << 50), max = 1L << 50) long shift) {
        SplittableRandom random = new SplittableRandom(seed);
        long[] onsets = new long[12];
        for (int i = 1; i < onsets.length; i++) {
            onsets[i] = onsets[i - 1] + (1 + random.nextInt(3)) * (200 * MILLI) + random.nextLong(30 * MILLI);
        }
        double confidence = confidence(onsets);
        double step = tracker.stepNanos();
        double beat = tracker.beatNanos();
        double period = tracker.periodNanos();
        assertThat(confidence(Arrays.stream(onsets).map(each -> each + shift).toArray()))
                .isEqualTo(confidence);
        assertThat(tracker.periodNanos()).isEqualTo(period);
        assertThat(tracker.stepNanos()).isCloseTo(step + shift, within(2.0));
        assertThat(tracker.beatNanos()).isCloseTo(beat + shift, within(2.0));
    }

    @Test
    void shouldAllocateNothing() {
        long[] now = {0};
        assertThat(Allocation.bytesOfWarmRun(() -> {
                    for (int i = 0; i < 300; i++) {
                        now[0] += 190 * MILLI + i % 7 * MILLI;
                        tracker.hear(40 + i % 40, 80, now[0]);
                        tracker.find(now[0]);
                    }
                }))
                .isZero();
    }
}
