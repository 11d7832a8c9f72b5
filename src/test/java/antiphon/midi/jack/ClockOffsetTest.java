package antiphon.midi.jack;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class ClockOffsetTest {
    private static final long PERIOD_NANOS = 2_666_667;

    @Property(tries = 200)
    void shouldFollowClocksThatDriftApart(@ForAll @LongRange(min = -500, max = 500) long partsPerMillion) {
        ClockOffset offset = new ClockOffset();
        long error = 0;
        for (long nano = 0; nano < 60_000_000_000L; nano += PERIOD_NANOS) {
            long jackNanos = 252_000_000 + nano + nano / 1_000_000 * partsPerMillion;
            long followed = offset.follow(nano - 60, jackNanos / 1000, nano + 60);
            error = followed - (nano - jackNanos);
        }
        // A frame at 48 kHz is 20,833 ns; the following lags behind the steepest drift by about one.
        assertThat(Math.abs(error)).isLessThan(25_000);
    }

    @Test
    void shouldNotBelieveAMeasurementThatWasInterrupted() {
        ClockOffset offset = new ClockOffset();
        long first = offset.follow(1_000_000, 500, 1_000_100);
        assertThat(offset.follow(2_000_000, 1_500, 2_900_000)).isEqualTo(first);
    }

    @Test
    void shouldJumpWhenAClockWasSet() {
        ClockOffset offset = new ClockOffset();
        offset.follow(1_000_000, 500, 1_000_100);
        assertThat(offset.follow(9_000_000_000L, 500, 9_000_000_100L)).isEqualTo(9_000_000_050L - 500_500);
    }
}
