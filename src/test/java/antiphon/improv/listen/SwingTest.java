package antiphon.improv.listen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import antiphon.Allocation;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Where {@link OnsetTracker} finds the second half of the beat, and {@link Swing} for it. */
class SwingTest {
    private static final long MILLI = 1_000_000L;
    private static final int SETS = 30;

    private final OnsetTracker tracker = new OnsetTracker();

    /** Notes at these places of so many beats; looks half a beat later. */
    private long play(double qpm, int beats, double unevenNanos, SplittableRandom random, double... places) {
        double beatNanos = 60e9 / qpm;
        tracker.forget();
        for (int beat = 0; beat < beats; beat++) {
            for (double place : places) {
                double at = (beat + place) * beatNanos + random.nextDouble(-unevenNanos, unevenNanos);
                tracker.hear(60 + random.nextInt(12), 80, Math.round(at) + 100 * MILLI);
            }
        }
        return Math.round((beats + 0.5) * beatNanos);
    }

    @Test
    void shouldFindWhereTheSecondEighthComes() {
        for (double qpm : new double[] {90, 110, 140, 180}) {
            for (double place : new double[] {0.6, 0.64, 2 / 3.0, 0.7, 0.75}) {
                int right = 0;
                for (int seed = 0; seed < SETS; seed++) {
                    SplittableRandom random = new SplittableRandom(seed);
                    tracker.find(play(qpm, 12, 8e6, random, 0, place));
                    boolean isNear = Math.abs(tracker.swing() - place) < 0.03;
                    // A fast beat may be taken for half a beat.
                    double tempo = tracker.tempoQpm() / qpm * Math.rint(qpm / tracker.tempoQpm());
                    boolean inTime = Math.abs(tempo - 1) < 0.01;
                    double off = Math.IEEEremainder(tracker.beatNanos() - 100 * MILLI, 60e9 / qpm);
                    right += isNear && inTime && Math.abs(off) < 20e6 && tracker.confidence() > 0.5 ? 1 : 0;
                }
                assertThat(right).as("%s at %s", place, qpm).isGreaterThanOrEqualTo(SETS - 5);
            }
        }
    }

    @Test
    void shouldNotSwingWhatIsEvenOrInThreeOrInFour() {
        for (double qpm : new double[] {80, 110, 140}) {
            for (double[] places : new double[][] {
                {0}, {0, 0.5}, {0, 1 / 3.0, 2 / 3.0}, {0, 0.25, 0.5, 0.75}, {0, 0.5, 0.75},
            }) {
                int straight = 0;
                for (int seed = 0; seed < SETS; seed++) {
                    tracker.find(play(qpm, 12, 8e6, new SplittableRandom(seed), places));
                    straight += tracker.swing() == Swing.STRAIGHT ? 1 : 0;
                }
                assertThat(straight).as("%s places at %s", places.length, qpm).isEqualTo(SETS);
            }
        }
    }

    @Test
    void shouldFindItWhereTheBeatIsKnown() {
        for (int seed = 0; seed < SETS; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            long now = play(120, 8, 8e6, random, 0, 0.64);
            tracker.findOn(500e6, 100e6, now);
            assertThat(tracker.swing()).isCloseTo(0.64, within(0.02));
            assertThat(tracker.stepsPerBeat()).isEqualTo(2);
            assertThat(tracker.beatNanos()).isCloseTo(100e6, within(1.0));
            now = play(120, 8, 8e6, random, 0, 0.5);
            tracker.findOn(500e6, 100e6, now);
            assertThat(tracker.swing()).isEqualTo(Swing.STRAIGHT);
        }
    }

    @Test
    void shouldAllocateNothing() {
        long now = play(120, 12, 8e6, new SplittableRandom(1), 0, 0.66);
        assertThat(Allocation.bytesOfWarmRun(() -> {
                    for (int i = 0; i < 200; i++) {
                        tracker.find(now);
                    }
                }))
                .isZero();
    }
}
