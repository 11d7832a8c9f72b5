package antiphon.app;

import static org.assertj.core.api.Assertions.assertThat;

import antiphon.corpus.TestPieces;
import antiphon.midi.file.MidiFileReader;
import antiphon.midi.file.MidiFileWriter;
import antiphon.midi.file.MidiNote;
import antiphon.music.TimedMessages;
import antiphon.music.Voice;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The finished program without any MIDI system, played by its page in a real browser. */
@Tag("packaged")
@Tag("browser")
@Timeout(300)
class PageInBrowserTest {
    private static final String[] PHRASE = {"a", "s", "d", "f", "g", "f", "d"};
    private static final long KEY_MILLIS = 200;
    private static final long BEAT_MILLIS = 500;

    @TempDir
    private Path folder = Path.of("");

    private static String setting(String url, String id) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create(url + "api/v1/settings/" + id))
                    .build();
            return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
        }
    }

    @Test
    void shouldAnswerAPhraseOfTheComputersKeysAndDoAsItsControlsSay() throws Exception {
        try (PageProgram program = new PageProgram(folder, "ANTIPHON_PLAY_GRID", "100");
                Chromium browser = new Chromium()) {
            String url = program.url();
            OnTheBeat.watch(browser);
            browser.open(url);
            browser.await("document.querySelectorAll('#sliders input[data-setting]').length === 5");
            browser.await("document.body.dataset.state === 'listening'");
            // While the page reads its samples it takes keys late, and a phrase that is not even is answered so.
            browser.value("document.getElementById('begin').click()");
            browser.await("window.antiphon.samples() >= 29");
            playOnTheBeat(browser);
            browser.await("Number(document.body.dataset.notesHuman) === " + PHRASE.length);
            browser.await("Number(document.body.dataset.notesAnswer) > 0");
            browser.await("window.antiphon.peak() > 0.001");
            browser.await("document.body.dataset.state === 'listening'");
            OnTheBeat.judge(browser);
            browser.value("const slider = document.querySelector('#sliders [data-setting=\"play.boldness\"]');"
                    + " slider.value = 20; slider.dispatchEvent(new Event('input'));");
            browser.await("document.querySelector('#sliders output').textContent === '20 %'");
            browser.await("fetch('/api/v1/settings/play.boldness').then(r => r.json()).then(s => window.now = s.value),"
                    + " window.now === '20'");
            assertThat(setting(url, "play.boldness")).contains("\"value\":\"20\"");
            assertThat(program.ask("get", "play.boldness")).isEqualTo("20");
            undo(browser);
            steer(browser);
            assertThat(setting(url, "play.key-lock")).contains("\"value\":\"true\"");
            explain(browser);
            browser.press("Escape", "Escape", KEY_MILLIS);
            browser.await("window.antiphon.peak() < 0.001");
            keepAndDownload(browser);
            playBackAndDelete(browser);
            teach(browser);
            browser.value("[...document.querySelectorAll('button')].find(b => b.textContent === 'Pause').click()");
            browser.await("document.body.dataset.state === 'paused'");
        }
        assertThat(folder.resolve("errors.txt")).content().doesNotContain("Exception", "ERROR");
    }

    /** As a tablet on the music stand opens it: by the address with the token, and by typing the token. */
    @Test
    void shouldAskATabletForTheTokenAndKeepItOutOfTheAddress() throws Exception {
        try (PageProgram program = new PageProgram(folder, "ANTIPHON_PAGE_ADDRESS", "0.0.0.0");
                Chromium browser = new Chromium()) {
            String url = program.url();
            assertThat(url).as("what a service prints stays in logs").doesNotContain("token");
            String token = Files.readString(folder.resolve("state/antiphon/page-token"))
                    .strip();
            browser.open(url);
            browser.await("document.body.dataset.state && !document.getElementById('locked').hidden");
            assertThat(browser.value("document.getElementById('locked-why').textContent"))
                    .asString()
                    .startsWith("token: missing");
            browser.value("document.getElementById('token').value = '" + token
                    + "'; document.querySelector('#locked button').click()");
            browser.await("document.getElementById('state').textContent === 'LISTENING'");
            browser.value("sessionStorage.clear()");
            browser.open(url + "#token=" + "x".repeat(token.length()));
            browser.await("document.getElementById('locked-why').textContent.startsWith('token: not the one')");
            browser.open(url + "#token=" + token);
            browser.await("document.getElementById('state').textContent === 'LISTENING'");
            assertThat(browser.value("location.href")).isEqualTo(url);
            browser.press("Escape", "Escape", KEY_MILLIS);
            play(browser);
            browser.await("Number(document.body.dataset.notesHuman) === " + PHRASE.length);
            Path downloads = Files.createDirectory(folder.resolve("downloads"));
            browser.call(
                    "Browser.setDownloadBehavior", Map.of("behavior", "allow", "downloadPath", downloads.toString()));
            click(browser, "Keep");
            browser.await("document.getElementById('trouble').textContent.startsWith('Kept: ')");
            click(browser, "Takes");
            browser.await("document.querySelectorAll('#take-list .take').length === 1");
            click(browser, "MIDI");
            assertThat(MidiFileReader.read(downloaded(downloads)).tracks()).isNotEmpty();
        }
    }

    /** Another preset, and a controller for a setting: what the page shows of both. */
    private static void steer(Chromium browser) throws Exception {
        browser.value("const preset = document.getElementById('preset'); preset.value = 'gentle';"
                + " preset.dispatchEvent(new Event('change'));");
        browser.await("document.getElementById('preset-line').textContent.startsWith('For beginners')");
        browser.value("document.querySelector('[data-learn=\"play.boldness\"]').click()");
        browser.await(
                "document.querySelector('[data-learn=\"play.boldness\"]').getAttribute('aria-pressed') === 'true'");
        browser.value("fetch('/api/v1/controllers/play.boldness', {method: 'PUT', headers: {'Content-Type':"
                + " 'application/json'}, body: JSON.stringify({channel: 1, controller: 21})})");
        browser.await("document.querySelector('#sliders .by').textContent === 'CC 21'");
    }

    /** Without any port: what is missing, a channel to listen to, and clicks by the page's piano. */
    private static void explain(Chromium browser) throws Exception {
        browser.value("document.getElementById('ports').click()");
        browser.await("document.querySelector('#reasons').textContent.includes('No synthesiser is connected')");
        browser.await("document.querySelector('#ports-out .none') !== null");
        browser.value("const channel = document.querySelector('#port-settings [data-setting=\"midi.in.channel\"]');"
                + " channel.value = '3'; channel.dispatchEvent(new Event('change'));");
        browser.await("fetch('/api/v1/settings/midi.in.channel').then(r => r.json()).then(s => window.now = s.value),"
                + " window.now === '3'");
        Object before = browser.value("Number(document.body.dataset.notesAnswer)");
        click(browser, "Measure the latency");
        browser.await("Number(document.body.dataset.notesAnswer) > " + before + " && window.antiphon.peak() > 0.001");
        click(browser, "Stop");
        browser.await("document.querySelector('#calibrate progress').hidden");
        click(browser, "Undo");
        browser.await("document.querySelector('#port-settings [data-setting=\"midi.in.channel\"]').value === 'all'");
        browser.value("document.getElementById('ports').click()");
    }

    private static void click(Chromium browser, String name) throws Exception {
        browser.value(
                "[...document.querySelectorAll('button, a')].find(b => b.textContent === '" + name + "').click()");
    }

    private static void undo(Chromium browser) throws Exception {
        browser.await("document.getElementById('undo').title === 'Set again: play.boldness = 50'");
        click(browser, "Undo");
        browser.await("document.querySelector('#sliders output').textContent === '50 %'");
    }

    /** Downloads as a person does it, by the link in the drawer. */
    private void keepAndDownload(Chromium browser) throws Exception {
        Path downloads = Files.createDirectory(folder.resolve("downloads"));
        browser.call("Browser.setDownloadBehavior", Map.of("behavior", "allow", "downloadPath", downloads.toString()));
        click(browser, "Keep");
        browser.await("document.getElementById('trouble').textContent.startsWith('Kept: " + PHRASE.length + " notes')");
        click(browser, "Takes");
        browser.await("document.querySelectorAll('#take-list .take').length === 1");
        click(browser, "MIDI");
        Path file = downloaded(downloads);
        Map<String, List<MidiNote>> tracks = new HashMap<>();
        MidiFileReader.read(file).tracks().forEach(track -> tracks.put(track.name(), track.notes()));
        assertThat(tracks.get("human")).hasSize(PHRASE.length);
        assertThat(tracks.get("human")).extracting(MidiNote::pitch).containsExactly(60, 62, 64, 65, 67, 65, 64);
        assertThat(tracks.get("answer")).isNotEmpty();
        assertThat(browser.value("const data = new DataTransfer();"
                        + " document.querySelector('#take-list a').dispatchEvent(new DragEvent('dragstart', {dataTransfer: data}));"
                        + " data.getData('DownloadURL')"))
                .asString()
                .matches("audio/midi:antiphon-[-_0-9]+\\.mid:http://127\\.0\\.0\\.1:\\d+/api/v1/takes/[0-9a-f]+/midi");
    }

    private static Path downloaded(Path folder) throws Exception {
        for (int look = 0; look < 600; look++) {
            try (Stream<Path> files = Files.list(folder)) {
                Optional<Path> whole =
                        files.filter(file -> file.toString().endsWith(".mid")).findFirst();
                if (whole.isPresent() && Files.size(whole.get()) > 0) {
                    return whole.get();
                }
            }
            Thread.sleep(100);
        }
        throw new AssertionError("nothing was downloaded to " + folder);
    }

    private static void playBackAndDelete(Chromium browser) throws Exception {
        click(browser, "Play");
        browser.await("window.antiphon.peak() > 0.001");
        click(browser, "Stop");
        browser.await("window.antiphon.peak() < 0.001");
        click(browser, "Delete");
        click(browser, "Sure?");
        browser.await("document.querySelectorAll('#take-list .take').length === 0");
    }

    /** Drops a file of music, one that is none and one that only has the name of one: what is kept and dropped, and why. */
    private static void teach(Chromium browser) throws Exception {
        String music = HexFormat.ofDelimiter(",").withPrefix("0x").formatHex(phrase());
        browser.value("const drop = new DataTransfer();"
                + " drop.items.add(new File([new Uint8Array([" + music + "])], '<b>mine</b>.mid'));"
                + " drop.items.add(new File(['no music'], 'broken.mid'));"
                + " drop.items.add(new File(['no music'], 'letter.txt'));"
                + " dispatchEvent(new DragEvent('drop', {dataTransfer: drop, cancelable: true}));");
        browser.await("document.querySelectorAll('#lesson-files .kept').length === 1");
        browser.await("!document.getElementById('lesson-learn').disabled");
        assertThat(browser.value("document.getElementById('lesson-state').textContent"))
                .isEqualTo("3 files: 1 kept, 2 dropped, 120 notes.");
        assertThat(browser.value("document.getElementById('lesson-files').innerText"))
                .asString()
                .contains("<b>mine</b>.mid", "does not begin with MThd", "no music file by its name");
        browser.value("const erase = document.getElementById('lesson-delete'); erase.click(); erase.click()");
        browser.await("document.getElementById('lesson').hidden");
    }

    private static byte[] phrase() {
        return MidiFileWriter.toBytes(List.of(
                new MidiFileWriter.Track("mine", TimedMessages.ofVoice(TestPieces.repetitive(1, 120), Voice.HUMAN))));
    }

    /** A key on every beat, by the browser's own clock: on a busy machine keys pressed from here come unevenly. */
    private static void playOnTheBeat(Chromium browser) throws Exception {
        browser.value("const press = (type, key) => dispatchEvent(new KeyboardEvent(type, {key, bubbles: true,"
                + " code: 'Key' + key.toUpperCase()}));"
                + " [...'" + String.join("", PHRASE) + "'].forEach((key, beat) => {"
                + " setTimeout(() => press('keydown', key), beat * " + BEAT_MILLIS + ");"
                + " setTimeout(() => press('keyup', key), beat * " + BEAT_MILLIS + " + " + KEY_MILLIS + "); })");
    }

    private static void play(Chromium browser) throws Exception {
        for (String key : PHRASE) {
            browser.press(key, "Key" + key.toUpperCase(Locale.ROOT), KEY_MILLIS);
        }
    }
}
