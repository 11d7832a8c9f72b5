package antiphon.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * MIDI keyboards and a synthesiser at the browser. The browser is a real one; its {@code requestMIDIAccess} is ours
 * ({@code web-midi.js}), because where tests run there is no device.
 */
@Tag("packaged")
@Tag("browser")
@Timeout(240)
class MidiInBrowserTest {
    private static final int[] PHRASE = {60, 62, 64, 65, 67, 65, 64};
    private static final long KEY_MILLIS = 120;

    @TempDir
    private Path folder = Path.of("");

    /** The script that is put in the place of the browser's own. */
    static String fake() throws IOException {
        try (var script = Objects.requireNonNull(MidiInBrowserTest.class.getResourceAsStream("web-midi.js"))) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static void open(Chromium browser, String url, String script) throws Exception {
        browser.call("Page.addScriptToEvaluateOnNewDocument", Map.of("source", script));
        browser.open(url);
        browser.await("document.body?.dataset.state === 'listening'"
                + " && document.getElementById('state').textContent === 'LISTENING'");
    }

    private static void play(Chromium browser, int pitch) throws Exception {
        browser.value("fake.play('k1', 0x90, " + pitch + ", 90)");
        Thread.sleep(KEY_MILLIS);
        browser.value("fake.play('k1', 0x80, " + pitch + ", 0)");
    }

    private static String human(int notes) {
        return "Number(document.body.dataset.notesHuman) === " + notes;
    }

    @Test
    void shouldPlayTheBrowsersKeyboardsAndAnswerOnItsSynthesiser() throws Exception {
        try (PageProgram program = new PageProgram(folder);
                Chromium browser = new Chromium()) {
            open(browser, program.url(), fake());
            browser.value("document.getElementById('ports').click(); document.getElementById('midi-ask').click()");
            browser.await("document.querySelectorAll('#midi-inputs input:checked').length === 1");
            assertThat(browser.value("fake.asked.sysex")).isEqualTo(false);
            assertThat(browser.value("document.querySelector('#midi-inputs').innerText"))
                    .asString()
                    .contains("<b>Keystation</b>", "Midi Through", "The program listens to a port of this name itself");
            browser.value("const out = document.getElementById('midi-output'); out.value = 's1';"
                    + " out.dispatchEvent(new Event('change'));");
            browser.value("fake.play('k1', 0xF8)");
            for (int pitch : PHRASE) {
                play(browser, pitch);
            }
            browser.await(human(PHRASE.length));
            browser.await("window.antiphon.peak() > 0.001");
            browser.await("fake.sent.filter(([, status]) => (status & 0xF0) === 0x90).length > 2");
            assertThat(browser.value("fake.sent.filter(([, status]) => status < 0xA0).every(([time], i, all) =>"
                            + " Number.isFinite(time) && (!i || time >= all[i - 1][0]))"))
                    .as("each with its time, in order")
                    .isEqualTo(true);
            endByPanic(browser);
            endWhatIsHeld(browser);
            rememberTheChoice(browser, program.url());
        }
        assertThat(folder.resolve("errors.txt")).content().doesNotContain("Exception", "ERROR");
    }

    /** An answer is ended by Panic, and so is every note that the synthesiser has been given. */
    private static void endByPanic(Chromium browser) throws Exception {
        browser.await("document.body.dataset.state === 'listening'");
        browser.await("fake.sounding().length === 0");
        browser.value("fetch('/api/v1/actions/again', {method: 'POST'})");
        browser.await("fake.sounding().length > 0");
        browser.press("Escape", "Escape", KEY_MILLIS);
        browser.await("fake.sounding().length === 0");
        Object sent = browser.value("fake.sent.length");
        Thread.sleep(500);
        assertThat(browser.value("fake.sent.length")).isEqualTo(sent);
    }

    /** What an input holds when it is unplugged, left, or the page hidden. */
    private static void endWhatIsHeld(Chromium browser) throws Exception {
        String heard =
                "window.heard = []; const on = WebSocket.prototype.send; WebSocket.prototype.send = function (text)"
                        + " { heard.push(text); on.call(this, text); }";
        browser.value(heard);
        browser.value("fake.play('k1', 0x92, 50, 90); fake.play('k1', 0xB2, 64, 127); fake.play('k1', 0xE2, 0, 100)");
        browser.await(human(PHRASE.length + 1));
        browser.await("document.querySelector('.key[data-pitch=\"50\"]').classList.contains('down')");
        browser.value("heard.length = 0; fake.unplug('k1')");
        assertThat(browser.value("heard.join(' ')"))
                .isEqualTo("[\"midi\",130,50,0] [\"midi\",178,64,0] [\"midi\",226,0,64]");
        browser.await("!document.querySelector('.key[data-pitch=\"50\"]').classList.contains('down')");
        browser.value("fake.plug('k1')");
        browser.await("document.querySelectorAll('#midi-inputs input:checked').length === 1");
        browser.value("fake.play('k1', 0x90, 51, 90); heard.length = 0;"
                + " Object.defineProperty(document, 'visibilityState', {value: 'hidden', configurable: true});"
                + " document.dispatchEvent(new Event('visibilitychange'))");
        assertThat(browser.value("heard.join(' ')")).isEqualTo("[\"midi\",128,51,0]");
        browser.value("fake.play('k1', 0x90, 52, 90); heard.length = 0;"
                + " document.querySelector('[data-input=k1]').click()");
        assertThat(browser.value("heard.join(' ')")).isEqualTo("[\"midi\",128,52,0]");
        browser.value("heard.length = 0; fake.play('k1', 0x90, 53, 90)");
        assertThat(browser.value("heard.length")).as("it is not taken").isEqualTo(0);
        browser.await(human(PHRASE.length + 3));
        browser.value("for (let i = 0; i < 1000; i++) fake.play('k1', 0xE0, i & 0x7F, i >> 3)");
        browser.value("document.querySelector('[data-input=k1]').click();"
                + " for (let i = 0; i < 1000; i++) fake.play('k1', 0xE0, i & 0x7F, i >> 3)");
        browser.await("heard.at(-1) === '[\"midi\",224,103,124]'");
        assertThat(browser.value("heard.length < 5"))
                .as("only the newest of a wheel")
                .isEqualTo(true);
    }

    private static void rememberTheChoice(Chromium browser, String url) throws Exception {
        browser.open(url);
        browser.await("window.fake && fake.asked !== undefined");
        browser.await("document.querySelectorAll('#midi-inputs input:checked').length === 1");
        browser.await("document.getElementById('midi-output').value === 's1'");
        browser.value("document.getElementById('midi-ask').click()");
        browser.await("document.querySelectorAll('#midi-inputs input').length === 0");
    }

    @Test
    void shouldKeepKeyboardsApartAndSendNoMoreThanTheProgramTakes() throws Exception {
        try (PageProgram program = new PageProgram(folder);
                Chromium browser = new Chromium()) {
            open(browser, program.url(), fake());
            browser.value("import('/midiin.js').then(({MidiIn}) => { window.log = [];"
                    + " window.hands = new MidiIn({send: (...message) => log.push(message.join(' ')),"
                    + " on() {}, off() {}, pedal: (down) => log.push('pedal ' + down)}); })");
            browser.await("window.hands !== undefined");
            assertThat(sent(browser, "take('a', [144, 60, 80]); take('b', [144, 60, 90]); take('a', [128, 60, 0])"))
                    .as("the key is the second one's")
                    .isEqualTo("144 60 80, 144 60 90");
            assertThat(sent(browser, "take('b', [144, 60, 0])")).isEqualTo("128 60 0");
            assertThat(sent(browser, "take('a', [145, 61, 80]); take('a', [144, 62, 80]); take('a', [177, 123, 0])"))
                    .as("all notes off, of one channel")
                    .isEqualTo("145 61 80, 144 62 80, 129 61 0");
            assertThat(sent(browser, "take('a', [176, 64, 127]); take('a', [176, 121, 0])"))
                    .isEqualTo("176 64 127, pedal true, 176 64 0, pedal false");
            assertThat(sent(browser, "take('a', [160, 60, 1]); take('a', [248]); take('a', [240, 1, 2])"))
                    .isEqualTo("");
            browser.value("for (let i = 0; i < 500; i++) hands.take('a', [144, i % 128, 80])");
            assertThat(browser.value("log.length < 200")).isEqualTo(true);
            browser.value("hands.end('a')");
            assertThat(browser.value("hands.keys.size + hands.away.size")).isEqualTo(0);
        }
    }

    private static @Nullable Object sent(Chromium browser, String orders) throws Exception {
        return browser.value("log.length = 0; (() => { const take = (...all) => hands.take(...all); " + orders
                + "; return log.join(', '); })()");
    }

    @Test
    void shouldSayWhyThereIsNoMidiAndWhatToDo() throws Exception {
        try (PageProgram program = new PageProgram(folder)) {
            String refused = "navigator.requestMIDIAccess = () =>"
                    + " Promise.reject(new DOMException('not by him', 'NotAllowedError'));";
            assertThat(line(program.url(), refused)).startsWith("MIDI was not allowed. Allow it");
            String broken = "navigator.requestMIDIAccess = () =>"
                    + " Promise.reject(new DOMException('no sequencer', 'InvalidStateError'));";
            assertThat(line(program.url(), broken)).isEqualTo("The browser reaches no MIDI here: no sequencer");
            String missing = "delete Navigator.prototype.requestMIDIAccess;";
            assertThat(line(program.url(), missing)).startsWith("This browser has no Web MIDI: take Chrome");
            String elsewhere = missing + "Object.defineProperty(window, 'isSecureContext', {value: false});";
            assertThat(line(program.url(), elsewhere))
                    .startsWith("Browsers give MIDI only to pages of their own machine");
        }
    }

    private static String line(String url, String script) throws Exception {
        try (Chromium browser = new Chromium()) {
            open(browser, url, script);
            browser.value("document.getElementById('ports').click(); document.getElementById('midi-ask').click()");
            browser.await("document.getElementById('midi-line').textContent !== ''");
            return String.valueOf(browser.value("document.getElementById('midi-line').textContent"));
        }
    }
}
