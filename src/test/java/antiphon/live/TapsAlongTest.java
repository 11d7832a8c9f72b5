package antiphon.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class TapsAlongTest {
    private static final long MILLI = 1_000_000L;
    private static final long FIRST = -5_000 * MILLI;
    private static final long PERIOD = 600 * MILLI;
    private static final int CLICKS = 18;
    private static final int IGNORED = 4;

    private static TapsAlong clicks() {
        return new TapsAlong(FIRST, PERIOD, CLICKS, IGNORED);
    }

    /** Who hears each click so late, and taps so unevenly, some not at all and one far off. */
    private static TapsAlong tapped(long laterMillis, double unevenMillis, int missed, Random random) {
        TapsAlong taps = clicks();
        for (int click = missed; click < CLICKS; click++) {
            long farOff = click == IGNORED + 6 ? 150 * MILLI : 0;
            long uneven = (long) (random.nextGaussian() * unevenMillis * MILLI);
            taps.tap(taps.clickNanos(click) + laterMillis * MILLI + uneven + farOff);
        }
        return taps;
    }

    @Property(tries = 300)
    void shouldFindHowLateAClickIsHeardWhoeverTaps(
            @ForAll @IntRange(min = -40, max = 170) int laterMillis,
            @ForAll @IntRange(max = 12) int unevenMillis,
            @ForAll @IntRange(max = 8) int missed,
            @ForAll long seed) {
        TapsAlong.Judged judged =
                tapped(laterMillis, unevenMillis, missed, new Random(seed)).judged();
        assertThat(judged.medianMillis()).isCloseTo(laterMillis, within(1.5 * unevenMillis + 1));
        assertThat(judged.taps()).isEqualTo(CLICKS - Math.max(IGNORED, missed));
        judged.offsetMillis().ifPresent(offset -> assertThat((double) offset)
                .isBetween(0.0, (double) TapsAlong.MAX_OFFSET_MILLIS)
                .isCloseTo(Math.max(0, judged.medianMillis() + TapsAlong.LEAD_MILLIS), within(0.5)));
    }

    @Example
    void shouldAddWhatPeopleTapAhead() {
        TapsAlong.Judged judged = tapped(30, 0, 0, new Random(1)).judged();
        assertThat(judged.offsetMillis()).contains(30 + TapsAlong.LEAD_MILLIS);
        assertThat(judged.line())
                .startsWith("Your taps came 30 ms after the clicks were sent, give or take 0 ms.")
                .contains("20 to 50 ms before", "midi.out.offset-ms = 50");
        assertThat(tapped(-60, 0, 0, new Random(1)).judged().offsetMillis()).contains(0);
    }

    @Example
    void shouldRefuseTooFewTapsAndSayWhy() {
        TapsAlong.Judged judged = tapped(30, 0, CLICKS - 7, new Random(1)).judged();
        assertThat(judged.offsetMillis()).isEmpty();
        assertThat(judged.line()).isEqualTo("You tapped 7 of the clicks; needed: 8. Begin again.");
        assertThat(clicks().judged().line()).startsWith("You tapped 0 of the clicks");
        assertThat(tapped(30, 0, CLICKS - 8, new Random(1)).judged().offsetMillis())
                .isPresent();
    }

    @Example
    void shouldRefuseUnevenTapsAndSynthesisersThatAreTooSlow() {
        TapsAlong uneven = clicks();
        for (int click = 0; click < CLICKS; click++) {
            uneven.tap(uneven.clickNanos(click) + (click % 3 - 1L) * 40 * MILLI);
        }
        assertThat(uneven.judged().offsetMillis()).isEmpty();
        assertThat(uneven.judged().line()).contains("give or take 59 ms", "Tap more evenly");
        TapsAlong.Judged slow = tapped(230, 0, 0, new Random(1)).judged();
        assertThat(slow.offsetMillis()).isEmpty();
        assertThat(slow.line()).contains("no synthesiser can play in time");
    }

    /** Who pays no heed to the clicks is not believed. */
    @Property(tries = 200)
    void shouldNotBelieveWhoTapsAtRandom(@ForAll long seed) {
        Random random = new Random(seed);
        TapsAlong taps = clicks();
        for (int click = 0; click < CLICKS; click++) {
            taps.tap(taps.clickNanos(click) - 199 * MILLI + random.nextInt(598) * MILLI);
        }
        TapsAlong.Judged judged = taps.judged();
        assertThat(judged.offsetMillis().isEmpty() || judged.spreadMillis() <= TapsAlong.MAX_SPREAD_MILLIS)
                .isTrue();
        assertThat(judged.line()).isNotEmpty();
    }

    @Example
    void shouldCountTheFirstTapOfAClickAndNoneOfClicksThatThereAreNot() {
        TapsAlong taps = clicks();
        int click = IGNORED + 1;
        taps.tap(taps.clickNanos(click) + 10 * MILLI);
        taps.tap(taps.clickNanos(click) + 90 * MILLI);
        taps.tap(taps.clickNanos(0) - PERIOD);
        taps.tap(taps.clickNanos(CLICKS) + PERIOD);
        taps.tap(taps.clickNanos(0));
        assertThat(taps.taps()).isEqualTo(1);
        assertThat(taps.judged().medianMillis()).isEqualTo(10);
    }
}
