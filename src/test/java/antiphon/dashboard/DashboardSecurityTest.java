package antiphon.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import antiphon.improv.Control;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What other sites, other machines and careless programs may try. */
@Timeout(120)
class DashboardSecurityTest {
    private static final Path PAGE = Path.of("src/main/resources/antiphon/dashboard/page");

    private final Served served = new Served();

    @AfterEach
    void close() {
        served.close();
    }

    private String get(String path, String host) throws IOException {
        return served.answer("GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"evil.example", "evil.example:PORT", "127.0.0.1.evil.example:PORT", "127.0.0.1:1", "127.0.0.1"})
    void shouldAnswerNobodyWhoMeansAnotherHost(String host) throws IOException {
        String named = host.replace("PORT", Integer.toString(served.port()));
        assertThat(get("/", named)).startsWith("HTTP/1.1 4").doesNotContain("404");
        assertThat(get("/api/v1/settings", named)).startsWith("HTTP/1.1 4").doesNotContain("404");
        String upgrade =
                "GET /api/v1/feed HTTP/1.1\r\nHost: " + named + "\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                        + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
        try (Socket socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), served.port())) {
            socket.setSoTimeout(30_000);
            socket.getOutputStream().write(upgrade.getBytes(StandardCharsets.UTF_8));
            byte[] begin = socket.getInputStream().readNBytes(12);
            assertThat(new String(begin, StandardCharsets.UTF_8)).isNotEqualTo("HTTP/1.1 101");
        }
        assertThat(get("/", "localhost:" + served.port())).startsWith("HTTP/1.1 200");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://evil.example", "https://127.0.0.1", "null", "http://127.0.0.1:1", "file://"})
    void shouldLetNoOtherSiteWrite(String origin) throws Exception {
        HttpResponse<String> put = served.send(
                "PUT",
                "/api/v1/settings/play.boldness",
                "{\"value\": 1}",
                "Origin",
                origin,
                "Content-Type",
                "application/json");
        assertThat(put.statusCode()).isEqualTo(403);
        assertThat(served.send("POST", "/api/v1/actions/pause", "", "Origin", origin)
                        .statusCode())
                .isEqualTo(403);
        assertThat(served.session.controls().value(Control.BOLDNESS)).isEqualTo(50);
        assertThat(served.session.controls().value(Control.MUTE)).isZero();
        assertThat(served.get("/").headers().firstValue("Access-Control-Allow-Origin"))
                .as("nor read")
                .isEmpty();
        assertThatThrownBy(() -> served.feed(new Listening(), "Origin", origin))
                .isInstanceOf(CompletionException.class);
    }

    @Test
    void shouldLetItsOwnPageWrite() throws Exception {
        String origin = "http://127.0.0.1:" + served.port();
        assertThat(served.send("POST", "/api/v1/actions/tap", "", "Origin", origin)
                        .statusCode())
                .isEqualTo(200);
        served.feed(new Listening(), "Origin", origin).abort();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/../../../../etc/passwd",
                "/%2e%2e/%2e%2e/etc/passwd",
                "/piano/..%2f..%2fDashboard.class",
                "/piano//c4.mp3/..",
                "/Dashboard.class",
                "/page/index.html",
                "/index.html%00.js",
                "//etc/passwd",
            })
    void shouldServeNothingElse(String path) throws IOException {
        assertThat(get(path, "127.0.0.1:" + served.port())).matches("HTTP/1.1 4\\d\\d.*");
    }

    /** What is refused with its body unread must not be read as the next request of the connection. */
    @ParameterizedTest
    @ValueSource(strings = {"http://evil.example", ""})
    void shouldTakeNoRequestOutOfTheBodyOfAnother(String origin) throws Exception {
        String host = "Host: 127.0.0.1:" + served.port() + "\r\n";
        String inner = "PUT /api/v1/settings/play.boldness HTTP/1.1\r\n" + host
                + "Content-Type: application/json\r\nContent-Length: 14\r\n\r\n{\"value\":\"99\"}";
        String outer = "PUT /api/v1/settings/play.mute HTTP/1.1\r\n" + host
                + (origin.isEmpty() ? "" : "Origin: " + origin + "\r\n")
                + "Content-Type: text/plain\r\nContent-Length: " + inner.length() + "\r\n\r\n" + inner;
        String last = "GET /healthz HTTP/1.1\r\n" + host + "Connection: close\r\n\r\n";
        try (Socket socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), served.port())) {
            socket.setSoTimeout(30_000);
            socket.getOutputStream().write((outer + last).getBytes(StandardCharsets.UTF_8));
            BufferedReader answers =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            List<String> status = new ArrayList<>();
            while (status.size() < 2) {
                String line = answers.readLine();
                assertThat(line).as("after %s", status).isNotNull();
                // A body ends without a line's end: the next answer begins in the same line.
                if (line.contains("HTTP/1.1 ")) {
                    status.add(line.substring(line.indexOf("HTTP/1.1 ")));
                }
            }
            assertThat(status.getFirst()).startsWith("HTTP/1.1 4");
            assertThat(answers.lines().takeWhile(line -> !line.isEmpty()).toList())
                    .as("of /healthz, not of what is in the body")
                    .contains("Content-Length: 15");
        }
        assertThat(served.get("/api/v1/settings/play.boldness").body()).doesNotContain("99");
    }

    @Test
    void shouldReadNoMegabyteOfJson() throws Exception {
        String body = "{\"value\": \"" + "x".repeat(1 << 20) + "\"}";
        String head = "PUT /api/v1/settings/play.boldness HTTP/1.1\r\nHost: 127.0.0.1:" + served.port()
                + "\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: " + body.length()
                + "\r\n\r\n";
        // The body is not sent at all: the answer must come without.
        assertThat(served.answer(head)).startsWith("HTTP/1.1 413");
        String little = "{\"value\": \"" + "x".repeat(5_000) + "\"}";
        assertThat(served.put("/api/v1/settings/play.boldness", little).statusCode())
                .isEqualTo(413);
        assertThat(served.get("/healthz").statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "application/x-www-form-urlencoded", "application/jsonx", ""})
    void shouldTakeNothingButJson(String type) throws Exception {
        String[] headers = type.isEmpty() ? new String[0] : new String[] {"Content-Type", type};
        assertThat(served.send("PUT", "/api/v1/settings/play.boldness", "{\"value\": 1}", headers)
                        .statusCode())
                .isEqualTo(415);
    }

    @Test
    void shouldTellAScriptInANameAsTextOnly() throws Exception {
        HttpResponse<String> state = served.get("/api/v1/state");
        assertThat(state.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(state.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(state.body()).contains("<script>alert(\\\"hello\\\")</script>");
        try (Stream<Path> files = Files.list(PAGE)) {
            assertThat(files.filter(file -> file.toString().matches(".*\\.(js|html)")))
                    .isNotEmpty()
                    .allSatisfy(file -> assertThat(file)
                            .content()
                            .doesNotContain(
                                    "innerHTML",
                                    "outerHTML",
                                    "insertAdjacentHTML",
                                    "document.write",
                                    "eval(",
                                    "https://"));
        }
    }

    @Test
    void shouldLimitTheRateOfRequests() {
        AtomicLong clock = new AtomicLong();
        Allowance allowance = new Allowance(10, 5, clock::get);
        for (int i = 0; i < 5; i++) {
            assertThat(allowance.take()).isTrue();
        }
        assertThat(allowance.take()).isFalse();
        clock.addAndGet(100_000_000L);
        assertThat(allowance.take()).isTrue();
        assertThat(allowance.take()).isFalse();
    }

    /** It costs as much as many requests. */
    @Test
    void shouldMakeAStatusOnceForAllWhoAskAtOnce() {
        AtomicLong clock = new AtomicLong();
        AtomicLong made = new AtomicLong();
        RecentStatus recent = new RecentStatus(
                () -> {
                    made.incrementAndGet();
                    return served.partner().status().get();
                },
                clock::get);
        for (int i = 0; i < 100; i++) {
            recent.get();
        }
        assertThat(made).hasValue(1);
        clock.addAndGet(RecentStatus.MAX_AGE_NANOS);
        recent.get();
        assertThat(made).hasValue(2);
    }

    @Test
    void shouldLimitTheNumberOfPages() throws Exception {
        List<WebSocket> pages = new ArrayList<>();
        for (int i = 0; i < Feeds.MAX_FEEDS; i++) {
            Listening listening = new Listening();
            pages.add(served.feed(listening));
            listening.await("\"state\"");
        }
        assertThatThrownBy(() -> served.feed(new Listening())).isInstanceOf(CompletionException.class);
        pages.forEach(WebSocket::abort);
        assertThat(served.get("/healthz").statusCode()).isEqualTo(200);
    }

    @Test
    void shouldDropFramesOfAPageThatTakesNoneAndTellItAfterwards() {
        Feeds feeds = new Feeds();
        Feed stalled = new Feed(
                feeds, new Gate(Place.here(0), () -> 1), served.partner().keyboard(), () -> {});
        feeds.add(stalled);
        for (int i = 0; i < 100_000; i++) {
            feeds.offer("frame " + i, "lost");
        }
        assertThat(stalled.waiting()).isEqualTo(256);
    }
}
