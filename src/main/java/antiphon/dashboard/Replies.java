package antiphon.dashboard;

import antiphon.status.StatusServer;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerResponse;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;

/** Answers to requests in JSON, that no browser keeps. */
final class Replies {
    private Replies() {}

    static void send(ServerResponse response, Object json) {
        begin(response, Json.TYPE);
        response.send(Json.of(json).getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Refuses. What the body still holds is read and forgotten by the server afterwards. Never with {@code Connection:
     * close}: Helidon 4.5 then leaves the body unread and the connection open, and takes the body for the next request.
     */
    static void refuse(ServerResponse response, Status status, String why) {
        response.status(status);
        begin(response, Json.TYPE);
        response.send(Json.error(why));
    }

    /** What an order came to: why it was refused, with this status, or what was done. */
    static void outcome(ServerResponse response, Status ifRefused, String answer, Supplier<Object> done) {
        if (StatusServer.Orders.isRefusal(answer)) {
            refuse(response, ifRefused, StatusServer.Orders.reason(answer));
        } else {
            send(response, done.get());
        }
    }

    /** Sets the headers that every answer has. */
    static void begin(ServerResponse response, String type) {
        response.headers().set(HeaderNames.CONTENT_TYPE, type);
        response.headers().set(HeaderNames.CACHE_CONTROL, "no-store");
    }
}
