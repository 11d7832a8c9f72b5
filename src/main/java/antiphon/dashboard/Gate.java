package antiphon.dashboard;

import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import io.helidon.http.Method;
import io.helidon.http.Status;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.function.IntSupplier;

/**
 * Decides which requests are answered at all. A page of another site that a browser here shows can send requests to this
 * address; it cannot choose their {@code Origin}, nor, if it gave its own name our address, their {@code Host}. So both
 * must be ours. Programs that are no browsers send no {@code Origin}. Where other machines can reach us, they must show a
 * token for all but the files of the page, which hold nothing secret and ask for it.
 */
final class Gate implements Filter {
    private static final double REQUESTS_PER_SECOND = 200;
    private static final double REQUESTS_AT_ONCE = 400;

    /** How long whoever asks too often waits to be refused: else asking again at once would cost us more than him. */
    private static final Duration PATIENCE = Duration.ofMillis(100);

    private static final Set<Method> READING = Set.of(Method.GET, Method.HEAD);

    /** What the page may ask the browser for: MIDI ports. The rest is named, because what is not named is allowed. */
    private static final String PERMISSIONS =
            "midi=(self), camera=(), microphone=(), geolocation=(), display-capture=(),"
                    + " usb=(), serial=(), hid=(), payment=(), clipboard-read=(), accelerometer=(), gyroscope=()";

    private final IntSupplier port;
    private final Hosts hosts;
    private final Pass pass;
    private final Allowance allowance = new Allowance(REQUESTS_PER_SECOND, REQUESTS_AT_ONCE, System::nanoTime);

    /** Of their own, so that they cannot keep the musician out. */
    private final Allowance strangers = new Allowance(REQUESTS_PER_SECOND, REQUESTS_AT_ONCE, System::nanoTime);

    /** @param port that we listen on, known once we do */
    Gate(Place place, IntSupplier port) {
        this.port = port;
        hosts = new Hosts(place);
        pass = new Pass(place);
    }

    @Override
    public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
        addHeaders(request.headers(), response);
        Headers headers = request.headers();
        boolean reads = READING.contains(request.prologue().method());
        if (!isOurHost(headers)) {
            Replies.refuse(
                    response,
                    Status.MISDIRECTED_REQUEST_421,
                    "Host: not this server; allowed: the address that it was started with.");
        } else if (!isOurOrigin(headers) && !reads) {
            Replies.refuse(response, Status.FORBIDDEN_403, "Origin: another site; allowed: this page, or none.");
        } else {
            Pass.Verdict verdict = verdict(request.remotePeer().address(), headers);
            boolean known = verdict == Pass.Verdict.KNOWN;
            if (!(known ? allowance : strangers).take()) {
                hold();
                Replies.refuse(response, Status.TOO_MANY_REQUESTS_429, "too many requests; allowed: 200 a second.");
            } else if (known || (reads && Files.areOpen(request.path().rawPath()))) {
                chain.proceed();
            } else {
                refuseStranger(response, verdict);
            }
        }
    }

    /** On a virtual thread, so that waiting costs nothing. */
    private static void hold() {
        try {
            Thread.sleep(PATIENCE);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private static void refuseStranger(RoutingResponse response, Pass.Verdict verdict) {
        if (verdict == Pass.Verdict.GUESSING) {
            Replies.refuse(response, Status.TOO_MANY_REQUESTS_429, why(verdict));
        } else {
            response.header("WWW-Authenticate", "Bearer");
            Replies.refuse(response, Status.UNAUTHORIZED_401, why(verdict));
        }
    }

    /** Whether this client may use the interface. */
    Pass.Verdict verdict(SocketAddress peer, Headers headers) {
        return pass.verdict(peer, name(host(headers)), headers);
    }

    /** What somebody is told who may not use it. */
    static String why(Pass.Verdict verdict) {
        return switch (verdict) {
            case GUESSING -> "token: wrong too often; allowed: one try a second.";
            case WRONG -> "token: not the one that is set; needed: that of the address which the program printed.";
            default ->
                "token: missing; needed: Authorization: Bearer with that of the address which the program printed.";
        };
    }

    private void addHeaders(Headers request, RoutingResponse response) {
        String host = isOurHost(request) ? host(request) : "127.0.0.1";
        response.header(
                "Content-Security-Policy",
                "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self' ws://"
                        + host + "; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
        response.header("Permissions-Policy", PERMISSIONS);
        response.header("X-Content-Type-Options", "nosniff");
        response.header("X-Frame-Options", "DENY");
        response.header("Referrer-Policy", "no-referrer");
        response.header("Cross-Origin-Opener-Policy", "same-origin");
        response.header("Cross-Origin-Resource-Policy", "same-origin");
    }

    /** True if the request was meant for us, by whatever name this machine has for itself. */
    boolean isOurHost(Headers headers) {
        return isOurs(host(headers));
    }

    /** True if it comes from our own page, or from no page. */
    boolean isOurOrigin(Headers headers) {
        String origin = headers.first(HeaderNames.ORIGIN).orElse("");
        return origin.isEmpty() || (origin.startsWith("http://") && isOurs(origin.substring("http://".length())));
    }

    private static String host(Headers headers) {
        return headers.first(HeaderNames.HOST).orElse("").toLowerCase(Locale.ROOT);
    }

    private boolean isOurs(String host) {
        return host.endsWith(":" + port.getAsInt()) && hosts.has(name(host));
    }

    private static String name(String host) {
        int colon = host.lastIndexOf(':');
        return colon < 0 ? host : host.substring(0, colon);
    }
}
