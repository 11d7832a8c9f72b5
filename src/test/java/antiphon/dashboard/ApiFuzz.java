package antiphon.dashboard;

import antiphon.Fuzzing;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** Any bytes as the body of a request, to the place that the first byte chooses: done or refused, never a 500. */
public final class ApiFuzz {
    private static final List<String> PUTS = List.of(
            "/api/v1/settings",
            "/api/v1/settings/play.boldness",
            "/api/v1/settings/play.mode",
            "/api/v1/ports/in",
            "/api/v1/ports/out",
            "/api/v1/controllers/play.boldness");
    private static final Served SERVED = new Served();

    private ApiFuzz() {}

    /** One request. */
    public static void fuzzerTestOneInput(byte[] bytes) throws IOException {
        if (bytes.length < 2) {
            return;
        }
        String path = PUTS.get((bytes[0] & 0xFF) % PUTS.size());
        byte[] body = Arrays.copyOfRange(bytes, 1, bytes.length);
        // One byte a character, so that any bytes can be sent as text.
        String request =
                "PUT " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: "
                        + body.length + "\r\n\r\n" + new String(body, StandardCharsets.ISO_8859_1);
        String answer = SERVED.answer(request, "127.0.0.1", StandardCharsets.ISO_8859_1);
        Fuzzing.require(answer.startsWith("HTTP/1.1 2") || answer.startsWith("HTTP/1.1 4"), path + ": " + answer);
    }
}
