package antiphon.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Takes, as programs and hostile pages ask for them. */
@Timeout(120)
class TakesApiTest {
    private static final String TAKE = "/api/v1/takes/" + FakeTakes.ID;

    private final Served served = new Served();

    @AfterEach
    void close() {
        served.close();
    }

    @Test
    void shouldListKeepAndDelete() throws Exception {
        assertThat(served.get("/api/v1/takes").body()).contains(FakeTakes.ID, "\"notesAnswer\":4");
        assertThat(served.send("POST", "/api/v1/takes", "").body()).contains("\"id\":\"kept\"");
        assertThat(served.send("DELETE", TAKE, "").statusCode()).isEqualTo(200);
        assertThat(served.send("DELETE", TAKE, "").statusCode()).isEqualTo(404);
        assertThat(served.get("/api/v1/takes").body())
                .doesNotContain(FakeTakes.ID)
                .contains("kept");
    }

    @Test
    void shouldGiveNotesAndFiles() throws Exception {
        assertThat(served.get(TAKE).body())
                .isEqualTo("{\"id\":\"" + FakeTakes.ID + "\",\"notes\":[[1,0.0,400.0,60,80]],\"beats\":[0.0,500.0]}");
        HttpResponse<String> midi = served.get(TAKE + "/midi");
        assertThat(midi.body()).isEqualTo("music");
        assertThat(midi.headers().firstValue("Content-Disposition"))
                .contains("attachment; filename=\"antiphon-take.mid\"");
        assertThat(midi.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        HttpResponse<String> wav = served.get(TAKE + "/wav");
        assertThat(wav.body()).isEqualTo("music");
        assertThat(wav.headers().firstValue("Content-Length")).contains("5");
        assertThat(served.get("/api/v1/answers/last/midi").body()).isEqualTo("music");
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /api/v1/takes/ID",
        "GET, /api/v1/takes/ID/midi",
        "GET, /api/v1/takes/ID/wav",
        "DELETE, /api/v1/takes/ID",
        "GET, /api/v1/answers/last/midi",
        "POST, /api/v1/takes"
    })
    void shouldSayWhyNot(String method, String path) throws Exception {
        served.takes.trouble = "the disk <b>is</b> full.";
        HttpResponse<String> refused = served.send(method, path.replace("ID", FakeTakes.ID), "");
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(refused.body()).isEqualTo("{\"error\":\"the disk <b>is</b> full.\"}");
        assertThat(refused.headers().firstValue("Content-Type")).contains("application/json");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "other",
                "..",
                "%2e%2e",
                "..%2f..%2f..%2fetc%2fpasswd",
                "2026-11-27_20-15-00",
                "2026-11-27_20-15-00.journal",
                "%00",
                "%2fetc%2fpasswd",
                "0123456789abcdef%00",
                "0123456789ABCDEF",
            })
    void shouldKnowNoOtherIds(String id) throws IOException {
        for (String method : new String[] {"GET", "DELETE"}) {
            assertThat(answer(method, "/api/v1/takes/" + id)).matches("HTTP/1.1 (400|404|405) .*");
        }
        assertThat(answer("GET", "/api/v1/takes/" + id + "/midi")).matches("HTTP/1.1 (400|404) .*");
        assertThat(answer("GET", "/api/v1/takes/" + id + "/wav")).matches("HTTP/1.1 (400|404) .*");
        assertThat(served.takes.all).hasSize(1);
    }

    private String answer(String method, String path) throws IOException {
        return served.answer(method + " " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + served.port()
                + "\r\nConnection: close\r\n\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://evil.example", "null", "http://127.0.0.1:1"})
    void shouldLetNoOtherSiteKeepDeleteOrUndo(String origin) throws Exception {
        assertThat(served.send("DELETE", TAKE, "", "Origin", origin).statusCode())
                .isEqualTo(403);
        assertThat(served.send("POST", "/api/v1/takes", "", "Origin", origin).statusCode())
                .isEqualTo(403);
        assertThat(served.send("POST", "/api/v1/actions/undo", "", "Origin", origin)
                        .statusCode())
                .isEqualTo(403);
        assertThat(served.takes.all).hasSize(1);
        assertThat(served.get(TAKE + "/midi").headers().firstValue("Cross-Origin-Resource-Policy"))
                .as("nor read")
                .contains("same-origin");
    }

    @Test
    void shouldNotFillTheDisk() throws Exception {
        int kept = 0;
        int answers = 0;
        for (int i = 0; i < 30; i++) {
            kept += served.send("POST", "/api/v1/takes", "").statusCode() == 200 ? 1 : 0;
            answers += served.get("/api/v1/answers/last/midi").statusCode() == 200 ? 1 : 0;
        }
        assertThat(kept).isBetween(4, 15);
        assertThat(answers).isBetween(8, 25);
        assertThat(served.takes.all).hasSize(1 + kept);
    }
}
