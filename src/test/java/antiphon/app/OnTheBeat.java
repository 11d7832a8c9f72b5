package antiphon.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.jr.ob.JSON;
import java.util.Arrays;
import java.util.Map;

/**
 * Listens in a browser for when the computer's keys go down and when the piano's sounds begin, and judges whether the answer
 * keeps the beat of the keys. Knows nothing of what the program thinks the beat is.
 */
final class OnTheBeat {
    /** Both on the page's clock, in milliseconds: the audio clock is read beside it whenever a sound is ordered. */
    private static final String WATCH =
            """
            window.beat = {downs: [], answers: []};
            addEventListener("keydown", (event) => event.repeat || beat.downs.push(event.timeStamp), true);
            // What has no sample yet sounds by an oscillator.
            for (const kind of [AudioBufferSourceNode, OscillatorNode]) {
              const start = kind.prototype.start;
              kind.prototype.start = function (when, ...rest) {
                const behind = performance.now() - this.context.currentTime * 1000;
                if (Number(document.body.dataset.notesAnswer) > 0) beat.answers.push([when * 1000, behind]);
                return start.call(this, when, ...rest);
              };
            }
            """;

    /** Less than what a listener notices; keys pressed by a program on a busy machine are not even either. */
    private static final double MAX_GAP_OFF_MILLIS = 20;

    /** So much later than it is due the page lets an answer sound, so that all of it comes in time. */
    private static final double CUSHION_MILLIS = 35;

    /** Of the first note from the line through uneven keys. */
    private static final double MAX_OFF_MILLIS = 60;

    /** A note that a busy machine brings too late to the page moves two gaps. By chance two of three would be off. */
    private static final double MAX_SHARE_OFF = 0.25;

    private static final double SIXTEENTHS = 4;
    private static final int MIN_ANSWERS = 3;

    private OnTheBeat() {}

    /** To be called before the page is opened. */
    static void watch(Chromium browser) throws Exception {
        browser.call("Page.addScriptToEvaluateOnNewDocument", Map.of("source", WATCH));
    }

    /** Fails unless the answer begins on half a beat of the keys, and its notes follow each other by sixteenths of it. */
    static void judge(Chromium browser) throws Exception {
        double[] downs = numbers(browser, "beat.downs");
        double[] begins = numbers(browser, "beat.answers.map((answer) => answer[0])");
        double[] behind = numbers(browser, "beat.answers.map((answer) => answer[1]).sort((a, b) => a - b)");
        assertThat(begins).hasSizeGreaterThanOrEqualTo(MIN_ANSWERS);
        double hereMillis = behind[behind.length / 2];
        double sixteenthMillis = slope(downs) / SIXTEENTHS;
        double firstKeyMillis =
                Arrays.stream(downs).average().orElseThrow() - (downs.length - 1) * SIXTEENTHS / 2 * sixteenthMillis;
        double lateMillis =
                Math.IEEEremainder(begins[0] + hereMillis - CUSHION_MILLIS - firstKeyMillis, 2 * sixteenthMillis);
        assertThat(lateMillis)
                .as(
                        "how late the first note is, of half a beat of %.0f ms; the keys at %s",
                        2 * sixteenthMillis, Arrays.toString(downs))
                .isBetween(-MAX_OFF_MILLIS, MAX_OFF_MILLIS);
        int off = 0;
        for (int note = 1; note < begins.length; note++) {
            double gapMillis = begins[note] - begins[note - 1];
            off += Math.abs(Math.IEEEremainder(gapMillis, sixteenthMillis)) < MAX_GAP_OFF_MILLIS ? 0 : 1;
        }
        assertThat((double) off / (begins.length - 1))
                .as(
                        "share of gaps off a sixteenth of %.0f ms; the notes begin at %s",
                        sixteenthMillis, Arrays.toString(begins))
                .isLessThanOrEqualTo(MAX_SHARE_OFF);
    }

    /** What one key takes, by the straight line that is nearest to all. */
    private static double slope(double[] downs) {
        double middle = (downs.length - 1) / 2.0;
        double products = 0;
        double squares = 0;
        for (int key = 0; key < downs.length; key++) {
            products += (key - middle) * downs[key];
            squares += (key - middle) * (key - middle);
        }
        return products / squares;
    }

    private static double[] numbers(Chromium browser, String list) throws Exception {
        return JSON.std.listFrom(String.valueOf(browser.value("JSON.stringify(" + list + ")"))).stream()
                .mapToDouble(each -> ((Number) each).doubleValue())
                .toArray();
    }
}
