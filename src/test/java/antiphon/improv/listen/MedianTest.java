package antiphon.improv.listen;

import static org.assertj.core.api.Assertions.assertThat;

import antiphon.Allocation;
import java.util.Arrays;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class MedianTest {
    @Property
    void shouldFindWhatSortingPutsInTheMiddle(@ForAll @Size(min = 1, max = 200) @IntRange(max = 40) int[] drawn) {
        long[] values = Arrays.stream(drawn).asLongStream().toArray();
        long[] sorted = values.clone();
        Arrays.sort(sorted);
        assertThat(Median.of(values, values.length)).isEqualTo(sorted[sorted.length / 2]);
        Arrays.sort(values);
        assertThat(values).as("only their order has changed").isEqualTo(sorted);
    }

    @Property
    void shouldCountTheFirstOnesAlone(@ForAll @Size(min = 2, max = 60) long[] values) {
        int size = values.length / 2;
        long[] sorted = Arrays.copyOf(values, size);
        Arrays.sort(sorted);
        assertThat(Median.of(values, size)).isEqualTo(sorted[size / 2]);
    }

    /** A phrase of more than 44 notes made the engine's thread allocate, and at first make classes. */
    @Test
    void shouldAllocateNothingHoweverManyThereAre() {
        SplittableRandom random = new SplittableRandom(1);
        long[] values = new long[500];
        assertThat(Allocation.bytesOfWarmRun(() -> {
                    for (int i = 0; i < values.length; i++) {
                        values[i] = random.nextLong();
                    }
                    Median.of(values, values.length);
                }))
                .isZero();
    }
}
