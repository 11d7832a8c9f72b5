package antiphon.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the roll does in a frame with thousands of notes, counted. How long that takes says {@code src/bench/roll.sh}: a
 * clock proves nothing on a machine that others use too.
 */
@Tag("packaged")
@Tag("browser")
@Timeout(240)
class RollInBrowserTest {
    /** A roll of its own on the page's module, whose time stands still and whose pen counts. */
    private static final String ROLL =
            """
            import('/roll.js').then(({Roll}) => {
              window.now = 1e6;
              window.counts = {};
              const canvas = document.createElement('canvas');
              canvas.style.cssText = 'position:fixed;width:1000px;height:400px';
              document.body.append(canvas);
              const pen = canvas.getContext('2d');
              for (const name of ['fillRect', 'roundRect', 'strokeRect', 'fill', 'stroke', 'lineTo']) {
                const draw = pen[name];
                pen[name] = (...where) => {
                  counts[name] = (counts[name] ?? 0) + 1;
                  if (name === 'fillRect') window.outside ||= where[0] > 1000 || where[0] + where[2] < 0;
                  draw.apply(pen, where);
                };
              }
              window.roll = new Roll(canvas, () => now);
              window.frame = () => {
                const asked = window.requestAnimationFrame;
                window.requestAnimationFrame = () => 0;
                window.counts = {};
                roll.draw();
                window.requestAnimationFrame = asked;
                return JSON.stringify(counts);
              };
              roll.frame = () => {};
              window.play = (count, from, every) => {
                for (let i = 0; i < count; i++) {
                  roll.begin(i % 2 ? 'you' : 'partner', 0, 40 + i % 49, 80, from + i * every);
                  roll.end(i % 2 ? 'you' : 'partner', 0, 40 + i % 49, from + i * every + 3);
                }
              };
            })""";

    @TempDir
    private Path folder = Path.of("");

    private void withRoll(Look look) throws Exception {
        try (PageProgram program = new PageProgram(folder);
                Chromium browser = new Chromium()) {
            browser.size(1280, 800);
            browser.open(program.url());
            browser.await("document.getElementById('state')?.textContent === 'LISTENING'"
                    + " && document.querySelectorAll('#sliders input').length === 5");
            browser.value(ROLL);
            browser.await("window.play !== undefined");
            look.at(browser);
        }
    }

    private interface Look {
        void at(Chromium browser) throws Exception;
    }

    @Test
    void shouldDrawWhatIsSeenAndForgetTheRest() throws Exception {
        withRoll(browser -> {
            browser.value("play(2000, now - 7900, 3.9)");
            assertThat(browser.value("frame()"))
                    .as("one each, without corners")
                    .isEqualTo("{\"stroke\":2,\"lineTo\":1,\"fillRect\":2000}");
            assertThat(browser.value("window.outside")).isEqualTo(false);
            browser.value("now += 7900 - 100 * 3.9");
            assertThat(browser.value("frame()")).asString().containsPattern("\"roundRect\":(99|100|101),");
            assertThat(browser.value("roll.notes.length <= 101")).isEqualTo(true);
            // What is far ahead is in the list of a take that is played back, and not drawn.
            browser.value("roll.add('you', 60, 80, now + 60000, now + 61000); now += 8000");
            assertThat(browser.value("frame()")).isEqualTo("{\"stroke\":2,\"lineTo\":1}");
            browser.value(
                    "roll.setPlan(0, Array.from({length: 200}, (_, i) => [now + (i >> 1) * 100, 60, 1 - i % 2]))");
            assertThat(browser.value("frame()")).asString().contains("\"strokeRect\":40");
            lookAtLayouts(browser);
        });
    }

    /** With a full roll the page is laid out when something else changes on it, and not with each frame. */
    private static void lookAtLayouts(Chromium browser) throws Exception {
        browser.call("Performance.enable", Map.of());
        browser.value(
                "roll.plan = []; play(2000, now - 7900, 3.9); window.frames = 0;"
                        + " const each = () => { frames++; frame(); requestAnimationFrame(each); }; requestAnimationFrame(each)");
        browser.await("frames > 5");
        double frames = number(browser.value("frames"));
        double layouts = layouts(browser);
        browser.await("frames > " + (frames + 120));
        assertThat(layouts(browser) - layouts)
                .as("layouts during %s frames", number(browser.value("frames")) - frames)
                .isLessThan(40);
    }

    private static double layouts(Chromium browser) throws Exception {
        Object result = browser.call("Performance.getMetrics", Map.of()).get("result");
        if (result instanceof Map<?, ?> metrics && metrics.get("metrics") instanceof List<?> all) {
            for (Object each : all) {
                if (each instanceof Map<?, ?> metric && "LayoutCount".equals(metric.get("name"))) {
                    return number(metric.get("value"));
                }
            }
        }
        throw new AssertionError("no LayoutCount: " + result);
    }

    private static double number(@Nullable Object value) {
        return value instanceof Number number ? number.doubleValue() : Double.NaN;
    }
}
