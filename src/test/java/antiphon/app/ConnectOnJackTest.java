package antiphon.app;

import static antiphon.app.Phrases.ANSWER_CHANNEL;
import static org.assertj.core.api.Assertions.assertThat;

import antiphon.midi.jack.JackScript;
import antiphon.midi.jack.JackServer;
import antiphon.music.Message;
import com.fasterxml.jackson.jr.ob.JSON;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Ports of a JACK server, connected and disconnected by the page's interface for programs while music is played. */
@Tag("jack")
@Timeout(120)
class ConnectOnJackTest {
    private static final long PATIENCE_NANOS = 20_000_000_000L;
    private static final String SYNTH = "synth:in-1";

    @TempDir
    private Path folder = Path.of("");

    private final HttpClient client = HttpClient.newHttpClient();
    private URI page = URI.create("http://127.0.0.1/");

    @Test
    void shouldConnectWaitAndDisconnectWithoutAHangingNote() throws Exception {
        Path heardFile = folder.resolve("heard.json");
        try (JackServer server = JackServer.start(128);
                Program antiphon = Program.in(folder)
                        .on(server)
                        .with("ANTIPHON_PLAY_CALL_REST_MS", "300")
                        .run("--page", "--page-port", "0", "--no-open", "--seed", "5")) {
            page = awaitPage(antiphon);
            try (JackScript synth = server.instrument("synth", heardFile);
                    JackScript player = server.player(Phrases.brief(folder), SYNTH, folder.resolve("played.json"))) {
                String keyboard = name(await(port -> Boolean.TRUE.equals(port.get("source"))));
                await(port -> name(port).equals(SYNTH));
                connect("out", SYNTH, true);
                connect("in", keyboard, true);
                assertThat(server.runToEnd(List.of("jack_lsp", "-c", "antiphon:out")))
                        .contains(SYNTH);
                player.go();
                synth.awaitMessage(
                        each -> Message.channel(each.message()) == ANSWER_CHANNEL && Message.isNoteOn(each.message()));
                connect("out", SYNTH, false);
                assertThat(server.runToEnd(List.of("jack_lsp", "-c", "antiphon:out")))
                        .doesNotContain(SYNTH);
                player.awaitDone();
                // So that what is left hanging is seen, and no new note.
                ask(HttpRequest.newBuilder(page.resolve("/api/v1/actions/pause"))
                        .POST(HttpRequest.BodyPublishers.noBody()));
                connect("out", SYNTH, true);
                synth.stop();
            }
            assertThat(Heard.read(heardFile).channel(ANSWER_CHANNEL).sounding()).isZero();
            await(port -> name(port).equals(SYNTH) && "waited for".equals(port.get("out")));
            try (JackScript back = server.instrument("synth", folder.resolve("again.json"))) {
                await(port -> name(port).equals(SYNTH) && "connected".equals(port.get("out")));
                back.stop();
            }
            antiphon.stop();
            assertThat(antiphon.end().errors()).doesNotContain("Exception", "ERROR");
        }
    }

    /** As somebody could call a program, to run a script in our page. */
    @Test
    @Tag("browser")
    void shouldConnectByThePageAndShowNamesAsText() throws Exception {
        String name = "<img src=x onerror=document.title=1>";
        try (JackServer server = JackServer.start(128);
                Program antiphon = Program.in(folder)
                        .on(server)
                        .run("--page", "--page-port", "0", "--no-open", "--thru", "--seed", "5");
                Chromium browser = new Chromium()) {
            page = awaitPage(antiphon);
            browser.open(page.toString());
            browser.await("document.querySelector('#port-settings [data-setting]') !== null");
            browser.value("document.getElementById('ports').click()");
            browser.await("document.querySelector('#ports-out .none') !== null");
            Path played = folder.resolve("played.json");
            try (JackScript synth = server.instrument(name, folder.resolve("heard.json"));
                    JackScript player = server.player(Phrases.brief(folder), "antiphon:in", played)) {
                browser.await("document.querySelector('#ports-out .port')?.textContent === '" + name + ":in-1'");
                assertThat(browser.value("document.querySelectorAll('#connect img').length + document.title"))
                        .isEqualTo("0Antiphon");
                browser.value("document.querySelector('#ports-out input').click()");
                await(port -> name(port).equals(name + ":in-1") && "connected".equals(port.get("out")));
                browser.await("document.querySelector('#ports-in input').checked");
                player.go();
                browser.await("document.querySelector('#ports-in .light').classList.contains('on')");
                browser.await("document.querySelector('#ports-out .light').classList.contains('on')");
                player.awaitDone();
                synth.stop();
            }
            browser.await("document.querySelector('#ports-out small').textContent.startsWith('not there')");
            antiphon.stop();
            assertThat(antiphon.end().errors()).doesNotContain("Exception", "ERROR");
        }
    }

    private static URI awaitPage(Program antiphon) throws Exception {
        String line = antiphon.line();
        while (!line.startsWith("page: ")) {
            assertThat(line).as("a line of a program that runs").isNotEmpty();
            line = antiphon.line();
        }
        return URI.create(line.substring("page: ".length()));
    }

    private String ask(HttpRequest.Builder request) throws Exception {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private void connect(String way, String port, boolean connected) throws Exception {
        String body = JSON.std.asString(Map.of("port", port, "connected", connected));
        String answer = ask(HttpRequest.newBuilder(page.resolve("/api/v1/ports/" + way))
                .header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofString(body)));
        assertThat(JSON.std.mapFrom(answer)).as(answer).containsKey("ports");
    }

    private static String name(Map<?, ?> port) {
        return String.valueOf(port.get("name"));
    }

    /** Waits for such a port, 20 s at most. */
    private Map<?, ?> await(Predicate<Map<?, ?>> wanted) throws Exception {
        long endNanos = System.nanoTime() + PATIENCE_NANOS;
        while (true) {
            String answer = ask(HttpRequest.newBuilder(page.resolve("/api/v1/ports")));
            List<?> ports =
                    (List<?>) Objects.requireNonNull(JSON.std.mapFrom(answer).get("ports"));
            for (Object port : ports) {
                if (port instanceof Map<?, ?> map && wanted.test(map)) {
                    return map;
                }
            }
            assertThat(System.nanoTime() - endNanos).as(answer).isNegative();
            Thread.sleep(50);
        }
    }
}
