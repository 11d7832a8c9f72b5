package antiphon.app;

import static org.assertj.core.api.Assertions.assertThat;

import antiphon.corpus.TestPieces;
import antiphon.midi.file.MidiFileWriter;
import antiphon.music.TimedMessages;
import antiphon.music.Voice;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What axe-core finds on the page in each of its states, dark and light, on a laptop and on a tablet: nothing serious. */
@Tag("packaged")
@Tag("browser")
@Timeout(240)
class AccessInBrowserTest {
    private static final List<String> DRAWERS = List.of("takes", "connect", "drawer", "health", "teach");

    /** To look at all states: {@code -Dantiphon.pictures=FOLDER} writes them there, which must exist. */
    private static final @Nullable String PICTURES = System.getProperty("antiphon.pictures");

    @TempDir
    private Path folder = Path.of("");

    private final List<String> found = new ArrayList<>();

    private static String axe() throws Exception {
        try (var script = Objects.requireNonNull(AccessInBrowserTest.class.getResourceAsStream("/axe.min.js"))) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static void open(Chromium browser, String url, String state) throws Exception {
        browser.open(url);
        browser.await("document.getElementById('state')?.textContent === '" + state + "'");
        // By the browser's own protocol, so that the page's policy against foreign scripts stays as it is.
        browser.value(axe());
        assertThat(browser.value("axe.version")).isEqualTo("4.11.1");
    }

    private void look(Chromium browser, String state) throws Exception {
        for (String scheme : List.of("dark", "light")) {
            look(browser, state, scheme, 1280, 800);
            look(browser, state, scheme, 820, 1180);
        }
    }

    private void look(Chromium browser, String state, String scheme, int width, int height) throws Exception {
        browser.size(width, height);
        browser.call(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
        if (PICTURES != null) {
            String name = state.replace(' ', '-') + "-" + scheme + "-" + width + ".png";
            browser.picture(Path.of(PICTURES).resolve(name));
        }
        browser.value("window.found = undefined; axe.run(document, {resultTypes: ['violations']}).then(result =>"
                + " window.found = result.violations.filter(each => ['serious', 'critical'].includes(each.impact))"
                + ".map(each => each.id + ': ' + each.nodes.map(node => node.target + ' ' + node.failureSummary))"
                + ".join('\\n'), failure => window.found = 'axe failed: ' + failure)");
        browser.await("window.found !== undefined");
        String problems = String.valueOf(browser.value("window.found"));
        if (!problems.isEmpty()) {
            found.add(state + ", " + scheme + ", " + width + " wide: " + problems);
        }
    }

    @Test
    void shouldKeepNobodyOutInAnyState() throws Exception {
        try (PageProgram program = new PageProgram(folder);
                Chromium browser = new Chromium()) {
            browser.call("Page.addScriptToEvaluateOnNewDocument", Map.of("source", MidiInBrowserTest.fake()));
            open(browser, program.url(), "LISTENING");
            browser.await("document.querySelectorAll('#sliders input').length === 5");
            look(browser, "first visit");
            browser.value("document.getElementById('begin').click()");
            browser.press("a", "KeyA", 200);
            browser.await("document.body.dataset.state === 'answering'");
            look(browser, "playing");
            browser.value("document.getElementById('keep').click()");
            browser.await("document.getElementById('trouble').textContent.startsWith('Kept: ')");
            dropMusic(browser);
            browser.value("document.getElementById('midi-ask').click()");
            browser.await("document.querySelectorAll('#midi-inputs input').length > 0");
            for (String drawer : DRAWERS) {
                browser.value("document.querySelector('[data-drawer=" + drawer + "]').click()");
                browser.await("!document.getElementById('" + drawer + "').hidden");
                look(browser, drawer);
                browser.value("document.querySelector('#" + drawer + " [data-close]').click()");
            }
            calibrate(browser);
            fail(browser);
            browser.value("document.getElementById('pause').click()");
            browser.await("document.body.dataset.state === 'paused'");
            look(browser, "paused");
            program.end();
            browser.await("document.getElementById('state').textContent === 'NO CONTACT'");
            look(browser, "the program is gone");
            assertThat(jumps(browser, 1280, 800)).isEqualTo(0);
            assertThat(jumps(browser, 820, 1180)).isEqualTo(0);
        }
        assertThat(found).isEmpty();
    }

    /** How much lower the roll gets when the settings come, in pixels. */
    private static @Nullable Object jumps(Chromium browser, int width, int height) throws Exception {
        browser.size(width, height);
        return browser.value("(() => { const roll = document.getElementById('stage'), there = roll.clientHeight;"
                + " const places = [document.getElementById('modes'), document.getElementById('sliders')];"
                + " const all = places.map(each => [...each.childNodes]); places.forEach(each => each.replaceChildren());"
                + " const before = roll.clientHeight; places.forEach((each, i) => each.append(...all[i]));"
                + " return before - there; })()");
    }

    /** An answer that is not the program's own, as a proxy gives it, is told in words. */
    private void fail(Chromium browser) throws Exception {
        browser.value("window.whole = window.fetch;"
                + " window.fetch = async () => new Response('Bad Gateway', {status: 502});"
                + " document.querySelector('[data-action=again]').click()");
        browser.await(
                "document.getElementById('trouble').textContent.startsWith('The program gave 502 and no reason.')");
        look(browser, "an error");
        browser.value("window.fetch = window.whole");
    }

    private void calibrate(Chromium browser) throws Exception {
        browser.value("document.getElementById('ports').click()");
        browser.value("document.querySelector('#calibrate button').click()");
        browser.await("!document.querySelector('#calibrate progress').hidden");
        look(browser, "measuring the latency");
        browser.value("document.querySelector('#connect [data-close]').click()");
    }

    /** A lesson with a file that is kept and one that is not. */
    private static void dropMusic(Chromium browser) throws Exception {
        byte[] music = MidiFileWriter.toBytes(List.of(
                new MidiFileWriter.Track("mine", TimedMessages.ofVoice(TestPieces.repetitive(1, 120), Voice.HUMAN))));
        browser.value("const drop = new DataTransfer();"
                + " drop.items.add(new File([new Uint8Array(["
                + HexFormat.ofDelimiter(",").withPrefix("0x").formatHex(music) + "])], 'mine.mid'));"
                + " drop.items.add(new File(['no music'], 'letter.txt'));"
                + " dispatchEvent(new DragEvent('drop', {dataTransfer: drop, cancelable: true}));");
        browser.await("!document.getElementById('lesson-learn').disabled");
        browser.value("document.querySelector('#teach [data-close]').click()");
    }

    @Test
    void shouldAskEverybodyForTheToken() throws Exception {
        try (PageProgram program = new PageProgram(folder, "ANTIPHON_PAGE_ADDRESS", "0.0.0.0");
                Chromium browser = new Chromium()) {
            open(browser, program.url(), "LOCKED");
            look(browser, "token");
        }
        assertThat(found).isEmpty();
    }
}
