package antiphon.improv;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class VarietyTest {
    private final Variety variety = new Variety();

    private void play(int... pitches) {
        for (int pitch : pitches) {
            variety.played(pitch);
        }
    }

    @Test
    void shouldCostNothingInMusic() {
        int[] scale = {60, 62, 64, 65, 67, 69, 71, 72, 74, 76, 77, 79};
        for (int i = 0; i < 200; i++) {
            play(scale[i * 5 % scale.length]);
            for (int pitch : scale) {
                assertThat(variety.cost(pitch)).isZero();
            }
        }
    }

    @Test
    void shouldCostMoreWithEachRepetition() {
        play(60, 60, 60);
        assertThat(variety.cost(60)).isZero();
        float before = 0;
        for (int i = 0; i < 12; i++) {
            play(60);
            assertThat(variety.cost(60)).isGreaterThan(before);
            before = variety.cost(60);
        }
        assertThat(variety.cost(61)).isZero();
        play(61, 62);
        assertThat(variety.cost(60)).as("three different ones again").isLessThan(before);
    }

    @Test
    void shouldNotLetATrillOrAChordGoOnForEver() {
        for (int i = 0; i < 40; i++) {
            play(60 + i % 2);
        }
        assertThat(variety.cost(60)).isGreaterThan(20);
        assertThat(variety.cost(61)).isGreaterThan(20);
        variety.clear();
        for (int i = 0; i < 200; i++) {
            play(60 + i % 8);
        }
        assertThat(variety.cost(60)).isGreaterThan(20);
        assertThat(variety.cost(68)).isZero();
    }

    @Test
    void shouldForgetAndGoOnWhereAnotherIs() {
        play(60, 60, 60, 60, 60, 60);
        Variety copy = new Variety();
        copy.copyFrom(variety);
        assertThat(copy.cost(60)).isEqualTo(variety.cost(60)).isPositive();
        variety.clear();
        assertThat(variety.cost(60)).isZero();
        assertThat(copy.cost(60)).isPositive();
    }

    /** The likeliest pitch each time, however much likelier the network holds it: the worst a temperature can do. */
    @Property(tries = 100)
    void shouldGiveThreePitchesInThirteenNotesEvenIfTheLikeliestIsAlwaysTaken(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 10) int spread) {
        variety.clear();
        Random random = new Random(seed);
        double[] logits = new double[128];
        Arrays.setAll(logits, pitch -> random.nextGaussian() * spread);
        boolean[] used = new boolean[128];
        for (int note = 0; note < 13; note++) {
            int best = 0;
            for (int pitch = 1; pitch < 128; pitch++) {
                best = logits[pitch] - variety.cost(pitch) > logits[best] - variety.cost(best) ? pitch : best;
            }
            variety.played(best);
            used[best] = true;
        }
        int different = 0;
        for (boolean each : used) {
            different += each ? 1 : 0;
        }
        assertThat(different).isGreaterThanOrEqualTo(3);
    }
}
