package antiphon.dashboard;

import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerResponse;
import java.nio.charset.StandardCharsets;

/** Answers to requests in JSON, that no browser keeps. */
final class Replies {
    private Replies() {}

    static void send(ServerResponse response, Object json) {
        begin(response, Json.TYPE);
        response.send(Json.of(json).getBytes(StandardCharsets.UTF_8));
    }

    static void refuse(ServerResponse response, Status status, String why) {
        response.status(status);
        begin(response, Json.TYPE);
        response.send(Json.error(why));
    }

    /** Sets the headers that every answer has. */
    static void begin(ServerResponse response, String type) {
        response.headers().set(HeaderNames.CONTENT_TYPE, type);
        response.headers().set(HeaderNames.CACHE_CONTROL, "no-store");
    }
}
