package antiphon.dashboard;

import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The files of the page, from the program's own jar. Only names from a fixed list are looked up, so no path leads
 * anywhere else.
 */
final class Files {
    private static final List<String> SCRIPTS = List.of(
            "main",
            "link",
            "token",
            "piano",
            "keys",
            "roll",
            "controls",
            "names",
            "player",
            "takes",
            "health",
            "presets",
            "learn",
            "connect",
            "calibrate",
            "teach",
            "send",
            "curve",
            "midi",
            "midiin",
            "midiout");
    private static final String[] NOTES = {"a", "c", "ds", "fs"};
    private static final int OCTAVES = 8;

    /** Media types, by path. */
    private static final Map<String, String> TYPES = new HashMap<>();

    static {
        TYPES.put("/index.html", "text/html; charset=utf-8");
        TYPES.put("/style.css", "text/css; charset=utf-8");
        TYPES.put("/steer.css", "text/css; charset=utf-8");
        TYPES.put("/connect.css", "text/css; charset=utf-8");
        TYPES.put("/teach.css", "text/css; charset=utf-8");
        TYPES.put("/icon.svg", "image/svg+xml");
        TYPES.put("/piano/LICENSE.txt", "text/plain; charset=utf-8");
        TYPES.put("/openapi.json", Json.TYPE);
        for (String script : SCRIPTS) {
            TYPES.put("/" + script + ".js", "text/javascript; charset=utf-8");
        }
        for (int octave = 0; octave <= OCTAVES; octave++) {
            for (String note : NOTES) {
                TYPES.put("/piano/" + note + octave + ".mp3", "audio/mpeg");
            }
        }
    }

    private Files() {}

    /** True if anybody may read this path: the files of the page are as public as the program. */
    static boolean areOpen(String path) {
        return path.equals("/") || (TYPES.containsKey(path) && !path.equals("/openapi.json"));
    }

    /** Sends the file that the request names, or 404. */
    static void serve(ServerRequest request, ServerResponse response) {
        String path = request.path().rawPath();
        send(path.equals("/") ? "/index.html" : path, response);
    }

    /** Sends a file of the page, or 404. */
    static void send(String name, ServerResponse response) {
        String type = TYPES.get(name);
        byte[] content = type == null ? null : read(name);
        if (type == null || content == null) {
            response.status(Status.NOT_FOUND_404);
            response.headers().set(HeaderNames.CONTENT_TYPE, Json.TYPE);
            response.send(Json.error("no such path; GET /api/v1/openapi.json lists them."));
            return;
        }
        response.headers().set(HeaderNames.CONTENT_TYPE, type);
        // After an update of the program the browser must not go on with old files.
        response.headers().set(HeaderNames.CACHE_CONTROL, "no-cache");
        response.send(content);
    }

    private static byte @Nullable [] read(String name) {
        try (InputStream in = Files.class.getResourceAsStream("page" + name)) {
            return in == null ? null : in.readAllBytes();
        } catch (IOException failure) {
            throw new IllegalStateException("page" + name + " cannot be read from the jar", failure);
        }
    }
}
