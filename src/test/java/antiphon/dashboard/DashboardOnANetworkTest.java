package antiphon.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import antiphon.improv.Control;
import com.fasterxml.jackson.jr.ob.JSON;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A page that other machines can reach, asked by an address of this machine that is not loopback. */
@Timeout(120)
class DashboardOnANetworkTest {
    private static final Path DESCRIPTION = Path.of("src/main/resources/antiphon/dashboard/page/openapi.json");
    private static final String TOKEN = "correct-horse-battery";
    private static final String WRONG = "correct-horse-batterx";

    private final Served served = new Served(new Place("0.0.0.0", 0, TOKEN));
    private final String here = address();

    @AfterEach
    void close() {
        served.close();
    }

    private static String address() {
        return Place.ofIpv4().stream()
                .filter(each -> !each.isLoopbackAddress())
                .map(InetAddress::getHostAddress)
                .findFirst()
                .orElseThrow(() -> new AssertionError("this machine has only loopback addresses; needed: a network"
                        + " interface with an IPv4 address, such as: ip link add dummy0 type dummy; ip address add"
                        + " 192.0.2.1/24 dev dummy0; ip link set dummy0 up"));
    }

    /** Method and path of each operation that is described. */
    private static List<List<String>> operations() throws Exception {
        List<List<String>> operations = new ArrayList<>();
        Map<?, ?> paths =
                (Map<?, ?>) JSON.std.mapFrom(Files.readString(DESCRIPTION)).getOrDefault("paths", Map.of());
        for (Map.Entry<?, ?> path : paths.entrySet()) {
            for (Object method : ((Map<?, ?>) path.getValue()).keySet()) {
                if (!method.equals("parameters")) {
                    String real = String.valueOf(path.getKey())
                            .replace("{id}", "play.boldness")
                            .replace("{action}", "pause")
                            .replace("{name}", "echo")
                            .replaceAll("\\{\\w+}", "in");
                    operations.add(List.of(String.valueOf(method).toUpperCase(Locale.ROOT), real));
                }
            }
        }
        return operations;
    }

    private static String[] bearer(String token) {
        return new String[] {"Authorization", "Bearer " + token, "Content-Type", "application/json"};
    }

    @Test
    void shouldAnswerNoRouteWithoutTheToken() throws Exception {
        assertThat(operations()).hasSizeGreaterThan(30);
        for (List<String> operation : operations()) {
            HttpResponse<String> without = served.send(operation.getFirst(), operation.getLast(), "");
            assertThat(without.statusCode()).as(operation.toString()).isEqualTo(401);
            assertThat(without.headers().firstValue("WWW-Authenticate")).contains("Bearer");
            assertThat(JSON.std.mapFrom(without.body()).get("error")).asString().startsWith("token: missing");
            HttpResponse<String> with = served.send(operation.getFirst(), operation.getLast(), "", bearer(TOKEN));
            assertThat(with.statusCode()).as(operation.toString()).isNotIn(401, 403, 421, 429);
        }
    }

    @Test
    void shouldAnswerNoRouteToAWrongToken() throws Exception {
        for (List<String> operation : operations()) {
            HttpResponse<String> wrong = served.send(operation.getFirst(), operation.getLast(), "", bearer(WRONG));
            // After many it is too often.
            assertThat(wrong.statusCode()).as(operation.toString()).isIn(401, 429);
            assertThat(JSON.std.mapFrom(wrong.body()).get("error")).asString().startsWith("token: ");
        }
        assertThat(served.session.controls().value(Control.MUTE)).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Basic " + TOKEN, "Bearer", "Bearer ", "Bearer " + TOKEN + "x", "bearer " + WRONG, TOKEN})
    void shouldTakeNothingForTheTokenThatIsNot(String authorization) throws Exception {
        assertThat(served.send("GET", "/api/v1/state", "", "Authorization", authorization)
                        .statusCode())
                .isEqualTo(401);
        assertThat(served.get("/api/v1/state?token=" + TOKEN).statusCode()).isEqualTo(401);
    }

    @Test
    void shouldLookAtNoMoreTokensOfAnAddressThatGuesses() throws Exception {
        int wrong = 0;
        while (served.send("GET", "/api/v1/state", "", bearer(WRONG)).statusCode() == 401) {
            assertThat(wrong++).isLessThan(200);
        }
        assertThat(wrong).isGreaterThanOrEqualTo(20);
        assertThat(served.send("GET", "/api/v1/state", "", bearer(WRONG)).statusCode())
                .isEqualTo(429);
        String local = "GET /healthz HTTP/1.1\r\nHost: 127.0.0.1:" + served.port() + "\r\nConnection: close\r\n\r\n";
        assertThat(served.answer(local)).as("others go on").startsWith("HTTP/1.1 200");
    }

    @Test
    void shouldNeedNoTokenOnThisMachineByANameOfLoopbackAlone() throws Exception {
        String request = "GET /api/v1/state HTTP/1.1\r\nHost: %s:" + served.port() + "\r\nConnection: close\r\n\r\n";
        assertThat(served.answer(request.formatted("localhost"))).startsWith("HTTP/1.1 200");
        assertThat(served.answer(request.formatted(here))).as("through a proxy").startsWith("HTTP/1.1 401");
        assertThat(served.answer(request.formatted("127.0.0.1"), here))
                .as("another machine that says so")
                .startsWith("HTTP/1.1 401");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"evil.example:PORT", "HERE.evil.example:PORT", "HERE", "HERE:1", "203.0.113.7:PORT", ":PORT"})
    void shouldAnswerNobodyWhoMeansAnotherHost(String host) throws Exception {
        String named = host.replace("PORT", Integer.toString(served.port())).replace("HERE", here);
        String request = "GET %s HTTP/1.1\r\nHost: " + named + "\r\nAuthorization: Bearer " + TOKEN
                + "\r\nConnection: close\r\n\r\n";
        // 400 is the server's own word for what is no name at all.
        assertThat(served.answer(request.formatted("/api/v1/state"), here)).matches("HTTP/1.1 4(21|00) .*");
        assertThat(served.answer(request.formatted("/"), here)).matches("HTTP/1.1 4(21|00) .*");
    }

    @Test
    void shouldLetNoOtherSiteWriteThatHasTheToken() throws Exception {
        String[] headers = {"Origin", "http://evil.example", "Authorization", "Bearer " + TOKEN};
        assertThat(served.send("POST", "/api/v1/actions/pause", "", headers).statusCode())
                .isEqualTo(403);
        headers[1] = "http://" + here + ":" + served.port();
        assertThat(served.send("POST", "/api/v1/actions/tap", "", headers).statusCode())
                .isEqualTo(200);
        assertThatThrownBy(() -> open(new Listening(), "Origin", "http://evil.example", "antiphon", "token." + TOKEN))
                .isInstanceOf(CompletionException.class);
    }

    private WebSocket open(Listening listening, String header, String value, String... protocols) {
        WebSocket.Builder builder = served.client.newWebSocketBuilder().header(header, value);
        if (protocols.length > 0) {
            builder.subprotocols(
                    protocols[0],
                    List.of(protocols).subList(1, protocols.length).toArray(String[]::new));
        }
        return builder.buildAsync(URI.create("ws://" + here + ":" + served.port() + "/api/v1/feed"), listening)
                .join();
    }

    @Test
    void shouldOpenNoWebSocketWithoutTheToken() {
        for (String[] protocols : new String[][] {{}, {"antiphon"}, {"antiphon", "token." + WRONG}, {TOKEN}}) {
            assertThatThrownBy(() -> open(new Listening(), "X-None", "none", protocols))
                    .as(String.join(",", protocols))
                    .hasRootCauseMessage("Unexpected HTTP response status code 401");
        }
    }

    @Test
    void shouldTellAWebSocketThatShowsTheToken() throws Exception {
        Listening page = new Listening();
        WebSocket byProtocol =
                open(page, "Origin", "http://" + here + ":" + served.port(), "antiphon", "token." + TOKEN);
        page.await("\"state\"");
        assertThat(byProtocol.getSubprotocol()).as("never the token").isEqualTo("antiphon");
        Listening program = new Listening();
        WebSocket byHeader = open(program, "Authorization", "Bearer " + TOKEN);
        program.await("\"state\"");
        byProtocol.abort();
        byHeader.abort();
    }

    @Test
    void shouldServeThePageAndNothingElseToAnybody() throws Exception {
        assertThat(served.get("/").body()).contains("<title>Antiphon</title>").doesNotContain(TOKEN);
        assertThat(served.get("/token.js").statusCode()).isEqualTo(200);
        assertThat(served.get("/piano/c4.mp3").statusCode()).isEqualTo(200);
        for (String path : List.of(
                "/openapi.json",
                "/../../etc/passwd",
                "/%2e%2e/%2e%2e/etc/passwd",
                "//etc/passwd",
                "/token.js/..",
                "/none",
                "/API/v1/state",
                "//api/v1/state",
                "/./api/v1/state",
                "/piano/../api/v1/state",
                "/api/v1/state;/token.js")) {
            String request = "GET " + path + " HTTP/1.1\r\nHost: " + here + ":" + served.port()
                    + "\r\nConnection: close\r\n\r\n";
            assertThat(served.answer(request, here)).as(path).matches("HTTP/1.1 40[01] .*");
        }
        assertThat(served.send("POST", "/", "").statusCode()).isEqualTo(401);
    }

    @Test
    void shouldReadNoMegabyteOfJson() throws Exception {
        String head = "PUT /api/v1/settings/play.boldness HTTP/1.1\r\nHost: " + here + ":" + served.port()
                + "\r\nContent-Type: application/json\r\nContent-Length: 1048576\r\nConnection: close\r\n";
        // The body is not sent at all: the answer must come without.
        assertThat(served.answer(head + "\r\n", here)).startsWith("HTTP/1.1 401");
        assertThat(served.answer(head + "Authorization: Bearer " + TOKEN + "\r\n\r\n", here))
                .startsWith("HTTP/1.1 413");
    }

    /** Written in any of the ways that there are, but no other machine's, and no name. */
    @ParameterizedTest
    @CsvSource({
        "[::1]:PORT, 200",
        "[0:0:0:0:0:0:0:1]:PORT, 200",
        "localhost:PORT, 200",
        "[::2]:PORT, 421",
        "[::1]:1, 421",
        "[::1], 421",
        "[::1].evil.example:PORT, 4",
        "evil.example:PORT, 421",
    })
    void shouldServeTheLoopbackOfIpv6(String host, String status) throws Exception {
        try (Served six = new Served(new Place("::1", 0, ""))) {
            assertThat(six.dashboard.url()).isEqualTo("http://[::1]:" + six.port() + "/");
            assertThat(six.get("/api/v1/state").statusCode()).isEqualTo(200);
            String request = "GET /api/v1/state HTTP/1.1\r\nHost: " + host.replace("PORT", "" + six.port())
                    + "\r\nConnection: close\r\n\r\n";
            assertThat(six.answer(request, "::1")).startsWith("HTTP/1.1 " + status);
        }
    }

    @Test
    void shouldWantTheTokenOnEveryAddressOfBothKindsButLoopback() throws Exception {
        try (Served both = new Served(new Place("::", 0, TOKEN))) {
            String request =
                    "GET /api/v1/state HTTP/1.1\r\nHost: %s:" + both.port() + "\r\nConnection: close\r\n%s\r\n";
            String shown = "Authorization: Bearer " + TOKEN + "\r\n";
            assertThat(both.answer(request.formatted(here, ""), here)).startsWith("HTTP/1.1 401");
            assertThat(both.answer(request.formatted(here, shown), here)).startsWith("HTTP/1.1 200");
            assertThat(both.answer(request.formatted("[::1]", ""), "::1")).startsWith("HTTP/1.1 200");
            assertThat(both.answer(request.formatted("[::5]", shown), "::1")).startsWith("HTTP/1.1 421");
        }
        assertThatThrownBy(() -> new Place("::", 0, "")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldSayWhichAddressesThereAre() {
        assertThatThrownBy(() ->
                        Dashboard.start(served.partner(), served.session.mode(), new Place("203.0.113.7", 0, TOKEN)))
                .isInstanceOf(DashboardException.class)
                .hasMessageContaining("page.address = 203.0.113.7")
                .hasMessageContaining(here);
        assertThatThrownBy(() -> new Place("0.0.0.0", 0, "")).isInstanceOf(IllegalArgumentException.class);
        assertThat(served.dashboard.url()).isEqualTo("http://" + here + ":" + served.port() + "/");
        assertThat(served.dashboard.withToken("http://x/")).isEqualTo("http://x/#token=" + TOKEN);
    }
}
