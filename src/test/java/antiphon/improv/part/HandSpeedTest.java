package antiphon.improv.part;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class HandSpeedTest {
    private static final long MILLI = 1_000_000L;

    private final HandSpeed hands = new HandSpeed();

    @Test
    void shouldLetAChordOfTenKeysBeginAtOnceAndThenOneKeyEvery25Milliseconds() {
        for (int key = 0; key < 10; key++) {
            assertThat(hands.soonestNanos()).isLessThanOrEqualTo(1_000 * MILLI);
            hands.played(1_000 * MILLI);
        }
        assertThat(hands.soonestNanos()).isEqualTo(1_025 * MILLI);
        hands.played(1_025 * MILLI);
        assertThat(hands.soonestNanos()).isEqualTo(1_050 * MILLI);
    }

    @Property(tries = 50)
    void shouldNeverAllowMoreThanFiftyInASecondNorDelayWhatHandsPlay(@ForAll long seed) {
        HandSpeed speed = new HandSpeed();
        Random random = new Random(seed);
        long nanos = 0;
        long[] onsets = new long[2_000];
        for (int i = 0; i < onsets.length; i++) {
            nanos = Math.max(nanos + (random.nextInt(3) == 0 ? random.nextInt(40) * MILLI : 0), speed.soonestNanos());
            onsets[i] = nanos;
            speed.played(nanos);
        }
        for (int i = 50; i < onsets.length; i++) {
            assertThat(onsets[i] - onsets[i - 50]).isGreaterThanOrEqualTo(1_000 * MILLI);
        }
        HandSpeed slow = new HandSpeed();
        for (int i = 0; i < 1_000; i++) {
            assertThat(slow.soonestNanos()).isLessThanOrEqualTo(25 * MILLI * i);
            slow.played(25 * MILLI * i);
        }
    }
}
