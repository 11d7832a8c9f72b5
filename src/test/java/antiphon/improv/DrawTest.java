package antiphon.improv;

import static org.assertj.core.api.Assertions.assertThat;

import antiphon.improv.listen.Tonality;
import antiphon.model.LstmState;
import antiphon.model.NeuralCache;
import antiphon.model.Sampler;
import antiphon.model.StackedLstm;
import antiphon.music.Event;
import antiphon.music.Vocabulary;
import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class DrawTest {
    private static final long MILLI = 1_000_000L;
    private static final int ON = 1 << Event.ANSWER_ON;
    private static final int OFF = 1 << Event.ANSWER_OFF;
    private static final int END = 1 << Event.PHRASE_END;
    private static final StackedLstm NETWORK = Networks.TUNED;

    private final LstmState state = NETWORK.newState();
    private final Sampler sampler = new Sampler(1, 0.95, 0.02, 1);
    private final NeuralCache cache = NeuralCache.of(NETWORK, true);
    private final Draw draw = new Draw(NETWORK, sampler, cache, new Variety());
    private final SoundingKeys sounding = new SoundingKeys();
    private final Tonality tonality = new Tonality();
    private final Grid grid = new Grid();

    private void hear(int notes, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < notes; i++) {
            int pitch = random.nextInt(Vocabulary.PITCHES);
            int time = random.nextInt(40);
            cache.hear(state, time, pitch, 16, true);
            NETWORK.step(state, Event.HUMAN_ON, time, pitch, 16);
            tonality.hear(pitch);
        }
        tonality.update();
    }

    @Property(tries = 1000)
    void shouldDrawOnlyWhatIsPossible(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 7) int choice,
            @ForAll @IntRange(max = 128) int keys,
            @ForAll @LongRange(min = -1_000_000_000L, max = 3_700_000_000L) long elapsedNanos,
            @ForAll @LongRange(max = 4_000_000_000L) long maxNanos,
            @ForAll @DoubleRange(min = -0.5, max = 1.5) double patience,
            @ForAll @DoubleRange(max = 20) double endBias,
            @ForAll boolean memory) {
        hear((int) (seed & 15), seed);
        draw.useCache(memory, 1);
        sampler.seed(seed);
        sampler.set(0.1 + (seed >>> 60) / 8.0, 1 - (seed >>> 58 & 3) / 4.0, (seed >>> 56 & 3) / 4.0);
        SplittableRandom random = new SplittableRandom(seed);
        sounding.clear();
        while (sounding.count() < keys) {
            sounding.begin(random.nextInt(Vocabulary.PITCHES), random.nextLong(1_000));
        }
        // What cannot be done is not asked for.
        int kinds = ((choice & 1) * ON) | ((choice >> 1 & 1) * (keys > 0 ? OFF : END)) | ((choice >> 2) * END);
        kinds = keys == Vocabulary.PITCHES ? (kinds & ~ON) | OFF : kinds;
        int event = draw.event(state, kinds, sounding, tonality, elapsedNanos, maxNanos, patience, endBias, 0, grid);
        int kind = Event.kind(event);
        assertThat(kinds >> kind & 1).isEqualTo(1);
        long nanos = Vocabulary.timeNanos(Event.timeBin(event));
        assertThat(nanos).isGreaterThanOrEqualTo(elapsedNanos);
        assertThat(Event.timeBin(event)).isLessThan(Vocabulary.TICK_BIN);
        assertThat(Event.timeBin(event)).isLessThanOrEqualTo(Vocabulary.timeBin(Math.max(elapsedNanos, maxNanos)) + 1);
        if (elapsedNanos <= 0) {
            assertThat(Event.timeBin(event)).isLessThanOrEqualTo(Vocabulary.timeBin(maxNanos));
        }
        assertFields(event, kind);
    }

    private void assertFields(int event, int kind) {
        if (kind == Event.PHRASE_END) {
            assertThat(Event.pitch(event)).isEqualTo(Vocabulary.NO_PITCH);
        } else {
            assertThat(sounding.isSounding(Event.pitch(event))).isEqualTo(kind == Event.ANSWER_OFF);
        }
        if (kind == Event.ANSWER_ON) {
            assertThat(Event.velocityBin(event)).isBetween(0, Vocabulary.VELOCITY_BINS - 1);
        } else {
            assertThat(Event.velocityBin(event)).isEqualTo(Vocabulary.NO_VELOCITY);
        }
    }

    private double meanNanos(double patience) {
        double sum = 0;
        for (int i = 0; i < 500; i++) {
            int event = draw.event(state, ON, sounding, tonality, 0, 2_000 * MILLI, patience, 0, 0, grid);
            sum += Vocabulary.timeNanos(Event.timeBin(event));
        }
        return sum / 500;
    }

    @Test
    void shouldWaitLongerWithPatience() {
        hear(10, 1);
        double mean = meanNanos(0);
        assertThat(meanNanos(1.5)).isGreaterThan(1.2 * mean);
        assertThat(meanNanos(-0.5)).isLessThan(0.95 * mean);
    }

    /** How many of 500 draws give the gap, or the pitch, that comes most often. */
    private long most(boolean ofTime) {
        Map<Integer, Long> counts = IntStream.range(0, 500)
                .mapToObj(i -> draw.event(state, ON, sounding, tonality, 0, 2_000 * MILLI, 0, 0, 0, grid))
                .collect(Collectors.groupingBy(
                        event -> ofTime ? Event.timeBin(event) : Event.pitch(event), Collectors.counting()));
        return Collections.max(counts.values());
    }

    @Test
    void shouldSurpriseLessByItsRhythmAloneIfTimeIsColder() {
        hear(10, 1);
        long gaps = most(true);
        long pitches = most(false);
        draw.useTimeTemperature(0.3);
        assertThat(most(true)).isGreaterThan(2 * gaps);
        assertThat(most(false)).isLessThan(2 * pitches);
    }

    private int ends(double endBias, long latestNanos) {
        int ends = 0;
        for (int i = 0; i < 500; i++) {
            int event = draw.event(state, ON | END, sounding, tonality, 0, latestNanos, 0, endBias, 0, grid);
            ends += Event.kind(event) == Event.PHRASE_END ? 1 : 0;
        }
        return ends;
    }

    @Test
    void shouldEndMoreOftenTheMoreTheEndIsFavoured() {
        hear(10, 1);
        int ends = ends(0, 3_000 * MILLI);
        assertThat(ends(2, 3_000 * MILLI)).isGreaterThan(ends + 50);
        assertThat(ends(-20, 3_000 * MILLI)).isZero();
        assertThat(ends(20, 3_000 * MILLI)).isEqualTo(500);
    }

    @Test
    void shouldWeighEachKindByTheTimeThatIsLeftToIt() {
        hear(10, 1);
        double[] shares = {shareOfTime(Event.ANSWER_ON, 100 * MILLI), shareOfTime(Event.PHRASE_END, 100 * MILLI)};
        float[] logits = new float[Vocabulary.KINDS];
        NETWORK.logits(state, StackedLstm.KIND, 0, 0, 0, logits);
        double on = Math.exp(logits[Event.ANSWER_ON]) * shares[0];
        double end = Math.exp(logits[Event.PHRASE_END]) * shares[1];
        int ends = 0;
        for (int i = 0; i < 20; i++) {
            ends += ends(0, 100 * MILLI);
        }
        assertThat(ends / 10_000.0).isBetween(end / (on + end) - 0.03, end / (on + end) + 0.03);
    }

    private double shareOfTime(int kind, long latestNanos) {
        float[] logits = new float[Vocabulary.TIME_BINS];
        NETWORK.logits(state, StackedLstm.TIME, kind, 0, 0, logits);
        double inside = 0;
        double total = 0;
        for (int bin = 0; bin < Vocabulary.TIME_BINS; bin++) {
            total += Math.exp(logits[bin]);
            inside += bin <= Vocabulary.timeBin(latestNanos) ? Math.exp(logits[bin]) : 0;
        }
        return inside / total;
    }

    @Property(tries = 300)
    void shouldDrawAPitchAmongThoseThatAreLeft(@ForAll long seed, @ForAll @IntRange(max = 127) int left) {
        hear(3, seed);
        sampler.seed(seed);
        float[] bias = new float[Vocabulary.PITCHES];
        Arrays.fill(bias, Sampler.NEVER);
        assertThat(draw.pitch(state, bias)).isEqualTo(-1);
        bias[left] = -30;
        assertThat(draw.pitch(state, bias)).isEqualTo(left);
    }

    @Property(tries = 300)
    void shouldDrawAVelocityWithinItsBounds(
            @ForAll long seed, @ForAll @IntRange(max = 31) int one, @ForAll @IntRange(max = 31) int other) {
        hear(3, seed);
        sampler.seed(seed);
        int min = Math.min(one, other);
        int max = Math.max(one, other);
        assertThat(draw.velocityBin(state, 60, min, max)).isBetween(min, max);
    }
}
