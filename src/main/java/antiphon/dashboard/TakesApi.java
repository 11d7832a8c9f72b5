package antiphon.dashboard;

import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What was recorded, at {@code /api/v1/takes}, and the last answer: as {@code openapi.json} describes it. */
final class TakesApi implements HttpService {
    private static final String MIDI = "audio/midi";
    private static final String WAV = "audio/wav";
    private static final String NO_TAKE = "no take has this id; GET /api/v1/takes lists them.";

    /** Each is a file: nobody needs more. */
    private static final double KEPT_PER_SECOND = 0.5;

    private static final double KEPT_AT_ONCE = 4;

    /** Minutes of journal are read for each, and pages of other sites can ask for it, though not read it. */
    private static final double ANSWERS_PER_SECOND = 2;

    private static final double ANSWERS_AT_ONCE = 8;

    private final Takes takes;
    private final Allowance keeping = new Allowance(KEPT_PER_SECOND, KEPT_AT_ONCE, System::nanoTime);
    private final Allowance answering = new Allowance(ANSWERS_PER_SECOND, ANSWERS_AT_ONCE, System::nanoTime);

    TakesApi(Takes takes) {
        this.takes = takes;
    }

    @Override
    public void routing(HttpRules rules) {
        rules.get("/takes", (request, response) -> Replies.send(response, Map.of("takes", takes.list())))
                .post("/takes", (request, response) -> keep(response))
                .get("/takes/{id}", this::music)
                .get("/takes/{id}/midi", this::midi)
                .get("/takes/{id}/wav", this::wav)
                .delete("/takes/{id}", this::delete)
                .get("/answers/last/midi", (request, response) -> lastAnswer(response));
    }

    private void keep(ServerResponse response) {
        if (!keeping.take()) {
            Replies.refuse(
                    response,
                    Status.TOO_MANY_REQUESTS_429,
                    "too many takes at once; allowed: one in two seconds. Wait a little.");
            return;
        }
        trying(response, () -> Replies.send(response, takes.keep()));
    }

    private void music(ServerRequest request, ServerResponse response) {
        trying(response, () -> {
            Optional<Takes.Music> music = takes.music(id(request));
            if (music.isEmpty()) {
                refuseUnknown(response);
                return;
            }
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("id", id(request));
            json.put("notes", music.get().notes().stream().map(TakesApi::row).toList());
            json.put("beats", music.get().beats());
            Replies.send(response, json);
        });
    }

    private static List<Object> row(Takes.Played note) {
        return List.of(note.human() ? 1 : 0, note.millis(), note.durationMillis(), note.pitch(), note.velocity());
    }

    private void midi(ServerRequest request, ServerResponse response) throws IOException {
        send(response, MIDI, NO_TAKE, () -> takes.midi(id(request)));
    }

    private void wav(ServerRequest request, ServerResponse response) throws IOException {
        send(response, WAV, NO_TAKE, () -> takes.wav(id(request)));
    }

    private void lastAnswer(ServerResponse response) throws IOException {
        if (!answering.take()) {
            Replies.refuse(response, Status.TOO_MANY_REQUESTS_429, "too many requests; allowed: 2 a second.");
            return;
        }
        send(response, MIDI, "nothing was answered yet; play a phrase and wait.", takes::lastAnswer);
    }

    /** Makes what is to be handed out. */
    @FunctionalInterface
    private interface Maker {
        Optional<Takes.Download> make() throws IOException;
    }

    private static void send(ServerResponse response, String type, String whyNone, Maker maker) throws IOException {
        Optional<Takes.Download> made;
        try {
            made = maker.make();
        } catch (TakeException failure) {
            refuse(response, failure);
            return;
        }
        if (made.isEmpty()) {
            Replies.refuse(response, Status.NOT_FOUND_404, whyNone);
            return;
        }
        Takes.Download file = made.get();
        try (InputStream content = file.content()) {
            Replies.begin(response, type);
            // The name is our own, of letters, digits and dashes.
            response.header("Content-Disposition", "attachment; filename=\"" + file.name() + "\"");
            response.headers().set(HeaderNames.CONTENT_LENGTH, Long.toString(file.bytes()));
            try (OutputStream out = response.outputStream()) {
                content.transferTo(out);
            }
        }
    }

    private void delete(ServerRequest request, ServerResponse response) {
        trying(response, () -> {
            if (takes.delete(id(request))) {
                Replies.send(response, Map.of("deleted", id(request)));
            } else {
                refuseUnknown(response);
            }
        });
    }

    private static String id(ServerRequest request) {
        return request.path().pathParameters().get("id");
    }

    private static void trying(ServerResponse response, Runnable what) {
        try {
            what.run();
        } catch (TakeException failure) {
            refuse(response, failure);
        }
    }

    private static void refuse(ServerResponse response, TakeException failure) {
        Replies.refuse(response, Status.CONFLICT_409, String.valueOf(failure.getMessage()));
    }

    private static void refuseUnknown(ServerResponse response) {
        Replies.refuse(response, Status.NOT_FOUND_404, NO_TAKE);
    }
}
