package antiphon.dashboard;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import antiphon.config.LiveSettings;
import antiphon.improv.Control;
import com.fasterxml.jackson.jr.ob.JSON;
import io.helidon.webserver.http.HttpRules;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The page and its interface, by a real server on a free port. */
@Timeout(120)
class DashboardTest {

    private final Served served = new Served();

    @AfterEach
    void close() {
        served.close();
    }

    @ParameterizedTest
    @CsvSource({
        "/, text/html; charset=utf-8",
        "/main.js, text/javascript; charset=utf-8",
        "/steer.css, text/css; charset=utf-8",
        "/connect.css, text/css; charset=utf-8",
        "/teach.css, text/css; charset=utf-8",
        "/style.css, text/css; charset=utf-8",
        "/icon.svg, image/svg+xml",
        "/piano/c4.mp3, audio/mpeg",
        "/piano/LICENSE.txt, text/plain; charset=utf-8",
        "/healthz, application/json",
    })
    void shouldServeThePageWithAStrictPolicy(String path, String type) throws Exception {
        HttpResponse<String> response = served.get(path);
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).contains(type);
        assertThat(response.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(response.headers().firstValue("Content-Security-Policy").orElse(""))
                .contains("default-src 'none'", "script-src 'self'")
                .doesNotContain("unsafe", "*");
        assertThat(response.headers().firstValue("Permissions-Policy").orElse(""))
                .contains("midi=(self)", "microphone=()")
                .doesNotContain("*");
        assertThat(response.body()).isNotEmpty();
    }

    @Test
    void shouldServeEveryModuleThatTheScriptsImport() throws Exception {
        Set<String> seen = new LinkedHashSet<>(List.of("main.js"));
        Deque<String> left = new ArrayDeque<>(seen);
        while (!left.isEmpty()) {
            HttpResponse<String> script = served.get("/" + left.remove());
            assertThat(script.statusCode()).as("%s", seen).isEqualTo(200);
            Matcher imported = Pattern.compile("from \"\\./([a-z]+\\.js)\"").matcher(script.body());
            while (imported.find()) {
                if (seen.add(imported.group(1))) {
                    left.add(imported.group(1));
                }
            }
        }
        assertThat(seen).contains("midi.js", "curve.js", "token.js");
    }

    @Test
    void shouldTellEverySettingThatCanChange() throws Exception {
        String body = served.get("/api/v1/settings").body();
        assertThat(LiveSettings.all()).allSatisfy(setting -> assertThat(body).contains('"' + setting.id() + '"'));
        assertThat(served.get("/api/v1/settings/play.grid").body()).contains("\"value\":\"80\"", "\"max\":100.0");
        assertThat(served.get("/api/v1/settings/play.mode").body()).contains("\"duet\"");
    }

    @Test
    void shouldChangeSettingsAndTellEveryPage() throws Exception {
        Listening listening = new Listening();
        WebSocket page = served.feed(listening);
        listening.await("\"state\":\"listening\"");
        HttpResponse<String> response = served.put("/api/v1/settings/play.boldness", "{\"value\": 70}");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).contains("\"value\":\"70\"");
        assertThat(served.session.controls().value(Control.BOLDNESS)).isEqualTo(70);
        listening.await("[\"set\",\"play.boldness\",\"70\"]");
        assertThat(served.put("/api/v1/settings", "{\"play.grid\": 10, \"play.mode\": \"duet\"}")
                        .body())
                .contains("\"value\":\"10\"", "\"value\":\"duet\"");
        listening.await("\"mode\":\"duet\"");
        page.abort();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "play.boldness  | {\"value\": 101}        | 400 | allowed: 0 to 100",
                "play.boldness  | {\"value\": [1]}        | 400 | a value as text",
                "play.boldness  | {}                      | 400 | a value as text",
                "play.boldness  | {\"value\": \"1\\n2\"}  | 400 | a value as text",
                "play.boldness  | {\"value\":             | 400 | no JSON object",
                "play.boldness  | 7                       | 400 | no JSON object",
                "play.no-such   | {\"value\": 1}          | 404 | GET /api/v1/settings lists them",
                "record.dir     | {\"value\": \"/tmp\"}   | 404 | no setting that can change",
            })
    void shouldRefuseWhatIsWrongWithALine(String id, String body, int status, String why) throws Exception {
        HttpResponse<String> response = served.put("/api/v1/settings/" + id, body);
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.body()).startsWith("{\"error\":").contains(why);
    }

    @Test
    void shouldTellThePresetsAndTheOneThatIsChosen() throws Exception {
        assertThat(served.get("/api/v1/presets").body())
                .contains("\"name\":\"ballad\"", "\"play.call.length\":\"0.5\"", "\"chosen\":\"\"", "\"mistakes\":[]");
        Listening listening = new Listening();
        WebSocket page = served.feed(listening);
        listening.await("\"preset\":\"\"");
        assertThat(served.send("POST", "/api/v1/presets/echo", "").body()).isEqualTo("{\"chosen\":\"echo\"}");
        listening.await("\"preset\":\"echo\"");
        assertThat(served.get("/api/v1/presets").body()).contains("\"chosen\":\"echo\"");
        assertThat(served.send("POST", "/api/v1/presets/..%2Fecho", "").statusCode())
                .isEqualTo(404);
        assertThat(served.send("POST", "/api/v1/presets/none", "").body()).contains("no such preset");
        page.abort();
    }

    @Test
    void shouldBindControllersAndForgetThem() throws Exception {
        assertThat(served.get("/api/v1/controllers").body()).isEqualTo("{\"controllers\":[],\"learning\":\"\"}");
        assertThat(served.send("POST", "/api/v1/controllers/play.grid", "").body())
                .isEqualTo("{\"controllers\":[],\"learning\":\"play.grid\"}");
        assertThat(served.put("/api/v1/controllers/play.mode", "{\"channel\": 2, \"controller\": 21}")
                        .body())
                .contains("{\"setting\":\"play.mode\",\"channel\":2,\"controller\":21}");
        assertThat(served.send("DELETE", "/api/v1/controllers/play.grid", "").body())
                .contains("\"learning\":\"\"");
        assertThat(served.send("DELETE", "/api/v1/controllers/play.mode", "").body())
                .contains("\"controllers\":[]");
        assertThat(served.put("/api/v1/controllers/play.mode", "{\"channel\": 2, \"controller\": 64}")
                        .body())
                .contains("allowed: 1 to 119 but the pedals");
        assertThat(served.put("/api/v1/controllers/play.mode", "{\"channel\": \"; panic\"}")
                        .statusCode())
                .isEqualTo(400);
        assertThat(served.send("POST", "/api/v1/controllers/model.file", "").statusCode())
                .isEqualTo(404);
    }

    @Test
    void shouldDoActionsAndTellTheState() throws Exception {
        assertThat(served.send("POST", "/api/v1/actions/pause", "").body()).isEqualTo("{\"done\":\"pause\"}");
        assertThat(served.session.controls().value(Control.MUTE)).isEqualTo(1);
        assertThat(served.send("POST", "/api/v1/actions/resume", "").statusCode())
                .isEqualTo(200);
        assertThat(served.session.controls().value(Control.MUTE)).isZero();
        assertThat(served.send("POST", "/api/v1/actions/panic", "").statusCode())
                .isEqualTo(200);
        assertThat(served.send("POST", "/api/v1/actions/dance", "").statusCode())
                .isEqualTo(404);
        assertThat(served.get("/api/v1/state").body()).contains("\"mode\":\"call\"", "\"pulse\":[", "\"status\":{");
    }

    @Test
    void shouldHearWhatAPagePlaysAndEndItWhenThePageGoes() throws Exception {
        Listening other = new Listening();
        WebSocket watching = served.feed(other);
        WebSocket playing = served.feed(new Listening());
        playing.sendText("[\"on\",60,80]", true).join();
        other.await("[\"on\",");
        playing.sendText("[\"pedal\",1]", true).join();
        other.await("[\"pedal\",");
        playing.abort();
        other.await("[\"off\",");
        other.await("\"notesHuman\":1");
        watching.abort();
    }

    @Test
    void shouldHearAMidiKeyboardOfABrowserWithItsChannelsAndControllers() throws Exception {
        served.put("/api/v1/controllers/play.boldness", "{\"channel\": 3, \"controller\": 21}");
        Listening other = new Listening();
        WebSocket watching = served.feed(other);
        WebSocket playing = served.feed(new Listening());
        playing.sendText("[\"midi\",178,21,127]", true).join();
        other.await("[\"set\",\"play.boldness\",\"100\"]");
        playing.sendText("[\"midi\",146,60,80]", true).join();
        other.await("[\"on\",");
        playing.sendText("[\"midi\",178,64,127]", true).join();
        other.await("[\"pedal\",");
        playing.sendText("[\"midi\",226,0,127]", true).join();
        playing.abort();
        other.await("[\"off\",");
        watching.abort();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[\"on\",128,80]",
                "[\"on\",60,0]",
                "[\"on\",60]",
                "[\"off\",-1]",
                "[\"shout\",1]",
                "[]",
                "{}",
                "no JSON",
                "[\"on\",60.5,80]",
                "[\"on\"]",
                "[\"midi\",144,60]",
                "[\"midi\",144,60,128]",
                "[\"midi\",248,0,0]",
                "[\"midi\",176,123,0]",
                "[\"midi\",400,60,80]",
                "[\"midi\",\"144\",60,80]",
            })
    void shouldCloseTheConnectionOfWhoSendsWhatIsNotUnderstood(String text) throws Exception {
        Listening listening = new Listening();
        served.feed(listening).sendText(text, true).join();
        assertThat(listening.await("closed")).isEqualTo("closed 1008");
    }

    @Test
    void shouldTakeTheNextPortIfOneIsTaken() {
        try (Dashboard second =
                Dashboard.start(served.partner(), served.session.mode(), new Place("localhost", served.port(), ""))) {
            URI uri = URI.create(second.url());
            assertThat(uri.getHost()).isEqualTo("localhost");
            assertThat(uri.getPort()).isGreaterThan(served.port());
        }
    }

    @Test
    @SuppressWarnings("unchecked")
    void shouldDoAsItsDescriptionSaysAndNothingElse() throws Exception {
        Map<String, Object> document =
                JSON.std.mapFrom(served.get("/api/v1/openapi.json").body());
        Set<String> described = new TreeSet<>();
        for (Map.Entry<String, Object> path : object(document, "paths").entrySet()) {
            for (Map.Entry<String, Object> operation : ((Map<String, Object>) path.getValue()).entrySet()) {
                if (!operation.getKey().equals("parameters")) {
                    described.add(operation.getKey() + " " + path.getKey());
                    check(path.getKey(), operation.getKey(), (Map<String, Object>) operation.getValue());
                }
            }
        }
        Set<String> routes = new TreeSet<>();
        Partner partner = served.partner();
        new Api(partner, Map::of, new Changes(partner)).routing(recording("/api/v1", routes));
        new TakesApi(partner.takes()).routing(recording("/api/v1", routes));
        new TeachingApi(partner).routing(recording("/api/v1", routes));
        new PresetsApi(partner).routing(recording("/api/v1", routes));
        new PortsApi(partner).routing(recording("/api/v1", routes));
        new CalibrationApi(partner).routing(recording("/api/v1", routes));
        new ControllersApi(partner).routing(recording("/api/v1", routes));
        new HealthApi(partner).routing(recording("", routes));
        assertThat(described).isEqualTo(routes);
    }

    private void check(String path, String method, Map<String, Object> operation) throws Exception {
        String id = path.contains("/takes/") || path.contains("/teaching/") ? FakeTakes.ID : "play.boldness";
        String real = path.replace("{id}", id)
                .replace("{action}", "tap")
                .replace("{name}", "echo")
                .replace("{way}", "in");
        String body = "";
        if (operation.get("requestBody") instanceof Map<?, ?> described
                && described.get("content") instanceof Map<?, ?> content
                && content.get("application/json") instanceof Map<?, ?> media) {
            body = JSON.std.asString(media.get("example"));
        }
        String[] headers = body.isEmpty() ? new String[0] : new String[] {"Content-Type", "application/json"};
        if (path.endsWith("/files") && method.equals("post")) {
            body = "music";
            headers = new String[] {"Content-Type", "application/octet-stream", "X-File-Name", "My%20song.mid"};
        }
        // An operation before may have deleted it, or plays it.
        served.takes.reset();
        served.lessons.reset();
        served.model = Served.HOSTILE;
        HttpResponse<String> response = served.send(method.toUpperCase(Locale.ROOT), real, body, headers);
        assertThat(response.statusCode()).as(method + " " + real).isEqualTo(200);
        String type = object(object(object(operation, "responses"), "200"), "content")
                .keySet()
                .iterator()
                .next();
        assertThat(response.headers().firstValue("Content-Type").orElse("")).startsWith(type);
        if (type.equals("application/json")) {
            assertThat(JSON.std.mapFrom(response.body())).isNotEmpty();
        }
        Set<String> answers = object(operation, "responses").keySet();
        assertThat(answers).contains("200", "401", "421", "429");
        HttpResponse<String> wrong = served.send(method.toUpperCase(Locale.ROOT), real + "/x", body, headers);
        assertThat(wrong.statusCode()).as("no path below " + path).isIn(404, 405);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> object(Map<String, Object> of, String name) {
        return (Map<String, Object>) requireNonNull(of.get(name));
    }

    private static HttpRules recording(String place, Set<String> routes) {
        return (HttpRules) Proxy.newProxyInstance(
                HttpRules.class.getClassLoader(), new Class<?>[] {HttpRules.class}, (rules, method, arguments) -> {
                    routes.add(method.getName() + " " + place + arguments[0]);
                    return rules;
                });
    }

    @Test
    void shouldSayNothingOfItselfWhenEverythingIsQuiet() throws Exception {
        Listening listening = new Listening();
        WebSocket page = served.feed(listening);
        assertThat(listening.await("\"events\":[]")).contains("\"now\":");
        assertThat(List.of(served.session.answers())).containsExactly(0L);
        page.abort();
    }
}
