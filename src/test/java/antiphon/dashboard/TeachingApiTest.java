package antiphon.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import antiphon.config.PlaySetting;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Lessons, as programs and hostile pages ask for them. */
@Timeout(120)
class TeachingApiTest {
    private static final String LESSON = "/api/v1/teaching/" + FakeLessons.ID;
    private static final String FILES = LESSON + "/files";
    private static final String BYTES = "application/octet-stream";

    private final Served served = new Served();

    @AfterEach
    void close() {
        served.close();
    }

    private HttpResponse<String> upload(String type, String name, String... further) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(served.uri(FILES))
                .POST(HttpRequest.BodyPublishers.ofString("music"))
                .header("Content-Type", type)
                .header("X-File-Name", name);
        if (further.length > 0) {
            request.headers(further);
        }
        return served.client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void shouldListBeginLearnStopAndDelete() throws Exception {
        assertThat(served.get("/api/v1/teaching").body())
                .contains(
                        "\"state\":\"taught\"",
                        "\"before\":9.5,\"after\":8.25",
                        "\"secondsLeft\":0.0",
                        "\"learned\":null,\"heldOut\":9.5",
                        "\"plays\":false",
                        "\"shippedPlays\":false");
        assertThat(served.send("POST", "/api/v1/teaching", "").body()).contains("\"id\":\"begun\"", "gathering");
        assertThat(served.send("POST", LESSON + "/check", "").statusCode()).isEqualTo(200);
        assertThat(served.send("POST", LESSON + "/learn", "{\"minutes\": 3}", "Content-Type", "application/json")
                        .statusCode())
                .isEqualTo(200);
        assertThat(served.send("POST", LESSON + "/stop", "").statusCode()).isEqualTo(200);
        assertThat(served.lessons.done)
                .containsExactly("check from " + Served.HOSTILE, "learn from " + Served.HOSTILE + " for 3", "stop");
        assertThat(served.send("DELETE", LESSON, "").statusCode()).isEqualTo(200);
        assertThat(served.send("DELETE", LESSON, "").statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{}", "{\"minutes\": 0}", "{\"minutes\": 241}", "{\"minutes\": \"9\"}", "{\"minutes\": 1.5}"})
    void shouldLearnForNoOtherTime(String body) throws Exception {
        HttpResponse<String> response =
                served.send("POST", LESSON + "/learn", body, "Content-Type", "application/json");
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("minutes: a whole number is needed; allowed: 1 to 240.");
        assertThat(served.lessons.done).isEmpty();
    }

    @Test
    void shouldTakeAFileByItsNameAndTellNamesAsTextOnly() throws Exception {
        HttpResponse<String> taken = upload(BYTES, "..%2F%C3%9Cbung%20+1%22%3Cb%3E.mid");
        assertThat(taken.statusCode()).isEqualTo(200);
        assertThat(served.lessons.done).containsExactly("add ../Übung +1\"<b>.mid 5 5");
        HttpResponse<String> files = served.get(FILES);
        assertThat(files.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(files.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(files.body()).contains("<script>alert(\\\"hello\\\")</script>", "\"fate\":\"dropped\"");
    }

    @ParameterizedTest
    @CsvSource({
        "text/plain, a.mid, 415",
        "application/x-www-form-urlencoded, a.mid, 415",
        "multipart/form-data; boundary=x, a.mid, 415",
        "application/json, a.mid, 415",
        "application/octet-stream, '', 400",
        "application/octet-stream, %0A.mid, 400",
        "application/octet-stream, %zz, 400",
        "application/octet-stream, %20, 400",
    })
    void shouldTakeNoFileThatAFormOfAnotherSiteCouldSendOrThatHasNoName(String type, String name, int status)
            throws Exception {
        assertThat(upload(type, name).statusCode()).isEqualTo(status);
        assertThat(served.lessons.done).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://evil.example", "null", "http://127.0.0.1:1"})
    void shouldTakeNothingFromAnotherSite(String origin) throws Exception {
        assertThat(upload(BYTES, "a.mid", "Origin", origin).statusCode()).isEqualTo(403);
        for (String path : new String[] {"/check", "/learn", "/stop", "/play"}) {
            assertThat(served.send("POST", LESSON + path, "", "Origin", origin).statusCode())
                    .isEqualTo(403);
        }
        assertThat(served.send("POST", "/api/v1/teaching/shipped", "", "Origin", origin)
                        .statusCode())
                .isEqualTo(403);
        assertThat(served.send("DELETE", LESSON, "", "Origin", origin).statusCode())
                .isEqualTo(403);
        // What the browser asks before it sends our header: it is allowed nothing.
        HttpResponse<String> asked = served.send("OPTIONS", FILES, "", "Origin", origin);
        assertThat(asked.statusCode()).isEqualTo(403);
        assertThat(asked.headers().map()).doesNotContainKey("access-control-allow-origin");
        assertThat(served.lessons.done).isEmpty();
        assertThat(served.lessons.all).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        FILES + ", 67108865",
        "/api/v1/takes, 4097",
        "/api/v1/teaching, 4097",
        LESSON + "/check, 4097",
        "/api/v1/teaching/a/b/files, 4097",
        "/api/v1/teaching/x/../files, 4097"
    })
    void shouldRefuseWhatIsTooLongBeforeItIsSent(String path, long length) throws IOException {
        String head = "POST " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + served.port() + "\r\nContent-Type: " + BYTES
                + "\r\nX-File-Name: a.mid\r\nConnection: close\r\nContent-Length: " + length + "\r\n\r\n";
        assertThat(served.answer(head)).matches("HTTP/1.1 (400|413) .*");
        assertThat(served.lessons.done).isEmpty();
    }

    @Test
    void shouldRefuseABodyThatDoesNotSayHowLongItIs() throws IOException {
        for (String path : new String[] {FILES, "/api/v1/takes"}) {
            String head = "POST " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + served.port() + "\r\nContent-Type: "
                    + BYTES + "\r\nX-File-Name: a.mid\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nmusic\r\n0\r\n\r\n";
            assertThat(served.answer(head)).startsWith("HTTP/1.1 411");
        }
        assertThat(served.lessons.done).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(LessonException.Kind.class)
    void shouldSayWhyNot(LessonException.Kind kind) throws Exception {
        served.lessons.trouble = new LessonException(kind, "the disk <b>is</b> full.");
        int status =
                switch (kind) {
                    case CONFLICT -> 409;
                    case UNFIT -> 400;
                    case TOO_LARGE -> 413;
                    case NO_ROOM -> 507;
                };
        HttpResponse<String> refused = upload(BYTES, "a.mid");
        assertThat(refused.statusCode()).isEqualTo(status);
        assertThat(refused.body()).isEqualTo("{\"error\":\"the disk <b>is</b> full.\"}");
        assertThat(served.send("POST", "/api/v1/teaching", "").statusCode()).isEqualTo(status);
        assertThat(served.send("DELETE", LESSON, "").statusCode()).isEqualTo(status);
    }

    @ParameterizedTest
    @ValueSource(strings = {"other", "..", "%2e%2e", "..%2f..%2fetc%2fpasswd", "%00", "0123456789ABCDEF", "shipped"})
    void shouldKnowNoOtherIds(String id) throws IOException {
        for (String what : new String[] {"GET /ID", "DELETE /ID", "GET /ID/files", "POST /ID/play", "POST /ID/stop"}) {
            String[] words = what.split(" ", 2);
            String path = "/api/v1/teaching" + words[1].replace("ID", id);
            assertThat(served.answer(words[0] + " " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + served.port()
                            + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"))
                    .as(what)
                    .matches("HTTP/1.1 (400|404|405) .*");
        }
        assertThat(served.lessons.all).hasSize(1);
    }

    @Test
    void shouldPlayWithItUndoThatAndGoBackToTheOneThatWasShipped() throws Exception {
        assertThat(served.send("POST", LESSON + "/play", "").body()).contains(FakeLessons.FILE);
        assertThat(served.model).isEqualTo(FakeLessons.FILE);
        assertThat(served.get(LESSON).body()).contains("\"plays\":true");
        HttpResponse<String> refused = served.send("DELETE", LESSON, "");
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(refused.body()).contains("this network plays");
        // Once it has taken over, which is at a rest.
        await(() -> undo() == 200);
        assertThat(served.model).isEqualTo(Served.HOSTILE);
        assertThat(served.send("POST", "/api/v1/teaching/shipped", "").statusCode())
                .isEqualTo(200);
        assertThat(served.model).isEqualTo(PlaySetting.MODEL_FILE.standard());
        assertThat(served.get("/api/v1/teaching").body()).contains("\"shippedPlays\":true");
        assertThat(served.send("DELETE", LESSON, "").statusCode()).isEqualTo(200);
    }

    private int undo() {
        try {
            return served.send("POST", "/api/v1/actions/undo", "").statusCode();
        } catch (Exception failure) {
            throw new AssertionError(failure);
        }
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("in time").isLessThan(until);
            Thread.sleep(50);
        }
    }

    @Test
    void shouldNotStartProcessAfterProcess() throws Exception {
        int begun = 0;
        for (int i = 0; i < 20; i++) {
            begun += served.send("POST", "/api/v1/teaching", "").statusCode() == 200 ? 1 : 0;
        }
        assertThat(begun).isBetween(4, 10);
    }
}
