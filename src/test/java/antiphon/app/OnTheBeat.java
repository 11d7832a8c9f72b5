package antiphon.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.jr.ob.JSON;
import java.util.Arrays;
import java.util.Map;

/**
 * Reads in a browser when the keys and the notes of the answer that the roll shows began, and judges whether the answer
 * keeps the beat of the keys. Knows nothing of what the program thinks the beat is. That sounds begin when the roll's notes do
 * is measured by {@code src/bench/page.py keys}: it depends on how busy the machine is.
 */
final class OnTheBeat {
    /** Milliseconds on the program's clock. */
    private static final String WATCH =
            """
            window.beat = {keys: [], answers: []};
            const Socket = WebSocket;
            window.WebSocket = class extends Socket {
              constructor(...words) {
                super(...words);
                this.addEventListener("message", (message) => {
                  for (const [what, millis] of JSON.parse(message.data).events) {
                    if (what === "on") beat.keys.push(millis);
                    if (what === "answer") beat.answers.push(millis);
                  }
                });
              }
            };
            """;

    /** Less than what a listener notices; keys pressed by a program on a busy machine are not even either. */
    private static final double MAX_GAP_OFF_MILLIS = 20;

    /** Of the first note from the line through uneven keys. */
    private static final double MAX_OFF_MILLIS = 60;

    private static final double SIXTEENTHS = 4;
    private static final int MIN_ANSWERS = 3;

    private OnTheBeat() {}

    /** To be called before the page is opened. */
    static void watch(Chromium browser) throws Exception {
        browser.call("Page.addScriptToEvaluateOnNewDocument", Map.of("source", WATCH));
    }

    /** Fails unless the answer begins on half a beat of the keys, and its notes follow each other by sixteenths of it. */
    static void judge(Chromium browser) throws Exception {
        double[] keys = numbers(browser, "beat.keys");
        double[] answers = numbers(browser, "beat.answers");
        String seen = "keys at " + Arrays.toString(keys) + ", answer at " + Arrays.toString(answers);
        assertThat(answers).as(seen).hasSizeGreaterThanOrEqualTo(MIN_ANSWERS);
        double sixteenthMillis = slope(keys) / SIXTEENTHS;
        double firstKeyMillis =
                Arrays.stream(keys).average().orElseThrow() - (keys.length - 1) * SIXTEENTHS / 2 * sixteenthMillis;
        assertThat(Math.IEEEremainder(answers[0] - firstKeyMillis, 2 * sixteenthMillis))
                .as("the first note, off half a beat: %s", seen)
                .isBetween(-MAX_OFF_MILLIS, MAX_OFF_MILLIS);
        for (int note = 1; note < answers.length; note++) {
            assertThat(Math.IEEEremainder(answers[note] - answers[note - 1], sixteenthMillis))
                    .as("note %d, off a sixteenth of %.0f ms: %s", note, sixteenthMillis, seen)
                    .isBetween(-MAX_GAP_OFF_MILLIS, MAX_GAP_OFF_MILLIS);
        }
    }

    /** What one key takes, by the straight line that is nearest to all. */
    private static double slope(double[] keys) {
        double middle = (keys.length - 1) / 2.0;
        double products = 0;
        double squares = 0;
        for (int key = 0; key < keys.length; key++) {
            products += (key - middle) * keys[key];
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
