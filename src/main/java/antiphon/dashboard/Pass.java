package antiphon.dashboard;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/**
 * Tells who may use the interface: a program or a browser on this machine that calls it by a name of loopback, and whoever
 * shows the token. Programs show it as {@code Authorization: Bearer}. A script in a browser cannot set headers of a
 * WebSocket, only name subprotocols: so there it is one of those, and never part of an address, which lands in logs and
 * histories. Any thread.
 */
final class Pass {
    /** The subprotocol that is really spoken: a browser ends the connection if none that it named is answered. */
    static final String PROTOCOL = "antiphon";

    static final HeaderName PROTOCOLS = HeaderNames.create("Sec-WebSocket-Protocol");

    private static final String BEARER = "bearer ";
    private static final String TOKEN_PROTOCOL = "token.";
    private static final double GUESSES_PER_SECOND = 1;
    private static final double GUESSES_AT_ONCE = 20;
    private static final int MAX_GUESSERS = 1_024;

    private final boolean openToOthers;
    private final byte[] token;
    private final ReentrantLock lock = new ReentrantLock();

    /** How often each address may still be wrong. The one that was wrong longest ago is forgotten first. */
    private final Map<InetAddress, Allowance> guessers = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<InetAddress, Allowance> eldest) {
            return size() > MAX_GUESSERS;
        }
    };

    /** What came of it. */
    enum Verdict {
        /** May do everything. */
        KNOWN,
        /** Shows no token. */
        STRANGER,
        /** Shows a wrong one. */
        WRONG,
        /** Was wrong too often; what it shows is not even looked at. */
        GUESSING
    }

    Pass(Place place) {
        openToOthers = place.isOpenToOthers();
        token = place.token().getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Looks at what a request shows.
     *
     * @param host by which we were called, without the port
     */
    Verdict verdict(SocketAddress peer, String host, Headers headers) {
        if (!openToOthers) {
            return Verdict.KNOWN;
        }
        InetAddress address = peer instanceof InetSocketAddress internet ? internet.getAddress() : null;
        if (address == null || (address.isLoopbackAddress() && Hosts.isLoopback(host))) {
            return address == null ? Verdict.STRANGER : Verdict.KNOWN;
        }
        String shown = shown(headers);
        return shown.isEmpty() ? Verdict.STRANGER : compared(address, shown);
    }

    private Verdict compared(InetAddress address, String shown) {
        lock.lock();
        try {
            Allowance left = guessers.get(address);
            if (left != null && left.isSpent()) {
                return Verdict.GUESSING;
            }
            // Takes as long whether the first or the last letter is wrong.
            if (MessageDigest.isEqual(token, shown.getBytes(StandardCharsets.UTF_8))) {
                return Verdict.KNOWN;
            }
            if (left == null) {
                left = new Allowance(GUESSES_PER_SECOND, GUESSES_AT_ONCE, System::nanoTime);
                guessers.put(address, left);
            }
            left.take();
            return Verdict.WRONG;
        } finally {
            lock.unlock();
        }
    }

    /** Empty if none. */
    private static String shown(Headers headers) {
        String authorization = headers.first(HeaderNames.AUTHORIZATION).orElse("");
        if (authorization.toLowerCase(Locale.ROOT).startsWith(BEARER)) {
            return authorization.substring(BEARER.length()).strip();
        }
        return protocols(headers)
                .filter(each -> each.startsWith(TOKEN_PROTOCOL))
                .map(each -> each.substring(TOKEN_PROTOCOL.length()))
                .findFirst()
                .orElse("");
    }

    /** True if a client wants to be answered which subprotocol is spoken. */
    static boolean asksForProtocol(Headers headers) {
        return protocols(headers).anyMatch(PROTOCOL::equals);
    }

    private static Stream<String> protocols(Headers headers) {
        return headers.contains(PROTOCOLS)
                ? headers.get(PROTOCOLS).allValues().stream()
                        .flatMap(value -> Stream.of(value.split(",")))
                        .map(String::strip)
                : Stream.empty();
    }
}
