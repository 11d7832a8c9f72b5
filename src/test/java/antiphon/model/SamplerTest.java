package antiphon.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.FloatRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class SamplerTest {
    @Test
    void shouldDrawAsOftenAsTheLogitsSay() {
        Sampler sampler = new Sampler(1, 1, 0, 42);
        float[] logits = {(float) Math.log(0.5), (float) Math.log(0.3), (float) Math.log(0.2), Sampler.NEVER};
        int[] counts = new int[4];
        for (int i = 0; i < 100_000; i++) {
            counts[sampler.draw(logits, 4)]++;
        }
        assertThat(counts[0] / 1e5).isEqualTo(0.5, within(0.01));
        assertThat(counts[1] / 1e5).isEqualTo(0.3, within(0.01));
        assertThat(counts[2] / 1e5).isEqualTo(0.2, within(0.01));
        assertThat(counts[3]).isZero();
    }

    @Test
    void shouldKeepOnlyTheLikeliestUnderTopP() {
        Sampler sampler = new Sampler(1, 0.7, 0, 1);
        float[] logits = {(float) Math.log(0.15), (float) Math.log(0.5), (float) Math.log(0.35)};
        int[] counts = new int[3];
        for (int i = 0; i < 10_000; i++) {
            counts[sampler.draw(logits, 3)]++;
        }
        assertThat(counts[0]).isZero();
        assertThat(counts[1] / 1e4).isEqualTo(0.5 / 0.85, within(0.02));
    }

    @Test
    void shouldDropWhatIsFarLessLikelyThanTheBestUnderMinP() {
        Sampler sampler = new Sampler(1, 1, 0.5, 1);
        float[] logits = {0, (float) Math.log(0.6), (float) Math.log(0.4)};
        for (int i = 0; i < 1_000; i++) {
            assertThat(sampler.draw(logits, 3)).isLessThan(2);
        }
    }

    @Test
    void shouldSayWhenNothingMayBeDrawn() {
        assertThat(new Sampler(1, 0.9, 0, 1).draw(new float[] {Sampler.NEVER, Sampler.NEVER}, 2))
                .isEqualTo(-1);
        assertThat(new Sampler(1, 0.9, 0, 1).drawWeighted(new double[3], 3)).isEqualTo(-1);
    }

    private static final float[] LOGITS = {0, 1, 2, 1.5f, -1, 0.5f};

    private static List<Integer> draws(Sampler sampler) {
        List<Integer> drawn = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            drawn.add(sampler.draw(LOGITS, LOGITS.length));
        }
        return drawn;
    }

    @Test
    void shouldDrawByTheRulesThatAreSet() {
        Sampler sampler = new Sampler(1, 1, 0, 5);
        sampler.set(0.3, 0.8, 0.1);
        assertThat(sampler.temperature()).isEqualTo(0.3);
        assertThat(draws(sampler)).isEqualTo(draws(new Sampler(0.3, 0.8, 0.1, 5)));
        sampler.set(1, 1, 0.99);
        assertThat(draws(sampler)).as("only the likeliest").containsOnly(2);
    }

    @Property
    void shouldGoOnWhereAnotherIs(@ForAll long seed, @ForAll @IntRange(max = 20) int drawn) {
        Sampler sampler = new Sampler(0.7, 0.9, 0.05, seed);
        for (int i = 0; i < drawn; i++) {
            sampler.nextLong();
        }
        Sampler copy = new Sampler(2, 1, 0, 1);
        copy.copyFrom(sampler);
        assertThat(copy.temperature()).isEqualTo(0.7);
        Sampler sown = new Sampler(0.7, 0.9, 0.05, 1);
        sown.seed(sampler.seed());
        List<Integer> expected = draws(sampler);
        assertThat(draws(copy)).isEqualTo(expected);
        assertThat(draws(sown)).isEqualTo(expected);
        assertThat(copy.nextLong()).as("of its own from then on").isEqualTo(sampler.nextLong());
    }

    /** The first values of SplitMix64 in its authors' implementation. */
    @Test
    void shouldGiveTheNumbersOfSplitMix() {
        Sampler sampler = new Sampler(1, 1, 0, 1234567);
        assertThat(List.of(sampler.nextLong(), sampler.nextLong(), sampler.nextLong()))
                .containsExactly(6457827717110365317L, 3203168211198807973L, -8629252141511181193L);
        SplittableRandom reference = new SplittableRandom(99);
        sampler.seed(99);
        for (int i = 0; i < 100; i++) {
            assertThat(sampler.nextLong()).isEqualTo(reference.nextLong());
        }
        assertThat(sampler.nextDouble()).isBetween(0.0, 1.0);
    }

    @Property
    void shouldNeverDrawWhatIsExcludedAndRepeatItselfWithOneSeed(
            @ForAll @Size(min = 2, max = 130) @FloatRange(min = -30, max = 30) float[] logits,
            @ForAll long seed,
            @ForAll @FloatRange(min = 0.1f, max = 2) float temperature,
            @ForAll @FloatRange(min = 0.05f, max = 1) float topP,
            @ForAll @FloatRange(min = 0, max = 0.9f) float minP) {
        logits[0] = Sampler.NEVER;
        int drawn = new Sampler(temperature, topP, minP, seed).draw(logits, logits.length);
        assertThat(drawn).isBetween(1, logits.length - 1);
        assertThat(new Sampler(temperature, topP, minP, seed).draw(logits, logits.length))
                .isEqualTo(drawn);
    }
}
