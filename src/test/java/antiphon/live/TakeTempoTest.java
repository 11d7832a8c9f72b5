package antiphon.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import antiphon.midi.file.Timeline;
import antiphon.music.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class TakeTempoTest {
    private static final long SECOND = 1_000_000_000L;
    private static final int BEATS_PER_BAR = 4;

    private final List<JournalFormat.Entry> entries = new ArrayList<>();

    private void heard(int message, long nanos) {
        entries.add(new JournalFormat.Entry(Tap.HEARD, 0, message, nanos, 0, ""));
    }

    /** Quarters with two eighths now and then, as people play them: some milliseconds off. */
    private void play(int beats, long beginNanos, long beatNanos, int unevenMillis, long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < beats; i++) {
            for (int half = 0; half < (i % 4 == 2 ? 2 : 1); half++) {
                long off = (long) ((random.nextDouble() * 2 - 1) * unevenMillis * 1_000_000);
                long nanos = beginNanos + i * beatNanos + half * beatNanos / 2 + off;
                heard(Message.noteOn(0, 60 + i % 5, i % 4 == 0 ? 100 : 70), nanos);
                heard(Message.noteOff(0, 60 + i % 5), nanos + beatNanos / 3);
            }
        }
    }

    private TakeTempo.Found found(long firstNanos, long endNanos) {
        return TakeTempo.of(entries, BEATS_PER_BAR, firstNanos, endNanos);
    }

    private static List<Double> beats(TakeTempo.Found found, long endNanos) {
        List<Double> beats = new ArrayList<>();
        List<Timeline.Tempo> tempos = found.tempos();
        double beat = found.zeroNanos();
        for (int at = 0; beat < endNanos; beat += tempos.get(at).microsPerQuarter() * 1e3) {
            while (at + 1 < tempos.size() && tempos.get(at + 1).nanos() <= beat - found.zeroNanos() + 1_000_000) {
                at++;
            }
            beats.add(beat);
        }
        return beats;
    }

    /** Of faster ones the pulse may hear half the tempo. */
    @Property(tries = 30)
    void shouldFindTheBeatsOfASteadyPlayer(
            @ForAll @IntRange(min = 500, max = 650) int beatMillis, @ForAll @IntRange(min = 1, max = 99) int seed) {
        entries.clear();
        long beatNanos = beatMillis * 1_000_000L;
        long begin = 77 * SECOND;
        play(32, begin, beatNanos, 10, seed);
        long end = begin + 32 * beatNanos;
        List<Double> beats = beats(found(begin, end), end);
        assertThat(beats.getFirst()).isLessThanOrEqualTo((double) begin + 15e6);
        for (int i = 8; i < 32; i++) {
            double onset = begin + i * (double) beatNanos;
            double nearest = beats.stream()
                    .mapToDouble(beat -> Math.abs(beat - onset))
                    .min()
                    .orElseThrow();
            assertThat(nearest).as("from onset " + i + " to a beat").isLessThan(60e6);
        }
    }

    @Test
    void shouldBeginOnABarLineOfAClock() {
        long begin = 5 * SECOND;
        heard(Message.START, begin);
        for (int tick = 0; tick < 24 * 16; tick++) {
            long nanos = begin + tick * SECOND / 48;
            heard(Message.CLOCK, nanos);
            // From the third beat of the second bar on.
            if (tick >= 24 * 6 && tick % 24 == 0) {
                heard(Message.noteOn(0, 60, 80), nanos);
                heard(Message.noteOff(0, 60), nanos + SECOND / 10);
            }
        }
        long first = begin + 3 * SECOND;
        TakeTempo.Found found = found(first, begin + 8 * SECOND);
        assertThat((double) found.zeroNanos()).isCloseTo(begin + 2.0 * SECOND, within(5e6));
        assertThat(found.tempos()).isNotEmpty().allSatisfy(tempo -> assertThat(tempo.microsPerQuarter())
                .isBetween(498_000, 502_000));
    }

    @Test
    void shouldFindNoneWhereThereWasNoPulse() {
        heard(Message.noteOn(0, 60, 80), SECOND);
        heard(Message.noteOff(0, 60), 2 * SECOND);
        assertThat(found(SECOND, 2 * SECOND)).isEqualTo(new TakeTempo.Found(SECOND, List.of()));
        entries.clear();
        assertThat(found(Long.MAX_VALUE, Long.MIN_VALUE).tempos()).isEmpty();
    }
}
