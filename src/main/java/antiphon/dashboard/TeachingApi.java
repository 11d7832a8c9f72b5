package antiphon.dashboard;

import antiphon.config.PlaySetting;
import antiphon.status.StatusServer;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Lessons for the network, at {@code /api/v1/teaching}: as {@code openapi.json} describes it. A music file comes as {@code
 * application/octet-stream} with its name in a header of our own: a page of another site can send neither without asking the
 * browser first, which finds that we allow it nothing; and {@link Gate} refuses its {@code Origin} all the same.
 */
final class TeachingApi implements HttpService {
    /** The name of the file that comes, percent-encoded as in a URL. */
    static final HeaderName FILE_NAME = HeaderNames.create("X-File-Name");

    private static final String BYTES = "application/octet-stream";
    private static final String NO_LESSON = "no lesson has this id; GET /api/v1/teaching lists them.";
    private static final int MAX_NAME = 300;
    private static final Pattern CONTROL_CHARACTERS = Pattern.compile("\\p{Cntrl}");

    /** Folders of small files come fast, and Panic must get through beside them. */
    private static final double FILES_PER_SECOND = 100;

    private static final double FILES_AT_ONCE = 200;
    private static final double PROCESSES_PER_SECOND = 0.5;
    private static final double PROCESSES_AT_ONCE = 4;
    private static final int FILES_SIDE_BY_SIDE = 2;

    private final Lessons lessons;
    private final StatusServer.Orders orders;
    private final Allowance files = new Allowance(FILES_PER_SECOND, FILES_AT_ONCE, System::nanoTime);
    private final Allowance processes = new Allowance(PROCESSES_PER_SECOND, PROCESSES_AT_ONCE, System::nanoTime);
    private final Semaphore uploads = new Semaphore(FILES_SIDE_BY_SIDE);

    TeachingApi(Partner partner) {
        lessons = partner.lessons();
        orders = partner.orders();
    }

    @Override
    public void routing(HttpRules rules) {
        rules.get("/teaching", (request, response) -> trying(response, () -> list(response)))
                .post("/teaching", (request, response) -> begin(response))
                .post("/teaching/shipped", (request, response) -> play(response, PlaySetting.MODEL_FILE.standard()))
                .get("/teaching/{id}", (request, response) -> answer(response, () -> lessons.lesson(id(request))))
                .delete("/teaching/{id}", (request, response) -> trying(response, () -> delete(request, response)))
                .get("/teaching/{id}/files", (request, response) -> trying(response, () -> files(request, response)))
                .post("/teaching/{id}/files", this::upload)
                .post("/teaching/{id}/check", this::check)
                .post("/teaching/{id}/learn", this::learn)
                .post("/teaching/{id}/stop", (request, response) -> answer(response, () -> lessons.stop(id(request))))
                .post("/teaching/{id}/play", (request, response) -> trying(response, () -> play(request, response)));
    }

    private static String id(ServerRequest request) {
        return request.path().pathParameters().get("id");
    }

    /** The network that plays, or takes over at the next rest. */
    private String playing() {
        return orders.carryOut("get " + PlaySetting.MODEL_FILE.id());
    }

    private void list(ServerResponse response) {
        String playing = playing();
        Map<String, Object> all = new LinkedHashMap<>();
        all.put(
                "lessons",
                lessons.list().stream().map(each -> row(each, playing)).toList());
        all.put("playing", playing);
        all.put("shippedPlays", playing.equals(PlaySetting.MODEL_FILE.standard()));
        all.put(
                "limits",
                Map.of(
                        "fileBytes", Lessons.MAX_FILE_BYTES,
                        "archiveBytes", Lessons.MAX_ARCHIVE_BYTES,
                        "lessonBytes", Lessons.MAX_LESSON_BYTES,
                        "files", Lessons.MAX_FILES,
                        "lessons", Lessons.MAX_LESSONS,
                        "minutes", Lessons.MAX_MINUTES));
        Replies.send(response, all);
    }

    private static Map<String, @Nullable Object> row(Lessons.Lesson lesson, String playing) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("id", lesson.id());
        json.put("created", lesson.created());
        json.put("state", lesson.state().name().toLowerCase(Locale.ROOT));
        json.put("why", lesson.why());
        json.put("music", lesson.music());
        json.put("course", lesson.course());
        json.put("file", lesson.file());
        json.put("plays", !lesson.file().isEmpty() && lesson.file().equals(playing));
        return json;
    }

    private void begin(ServerResponse response) {
        if (mayNotWork(response)) {
            return;
        }
        answer(response, () -> Optional.of(lessons.begin()));
    }

    private void files(ServerRequest request, ServerResponse response) {
        lessons.files(id(request))
                .ifPresentOrElse(
                        all -> Replies.send(
                                response,
                                Map.of(
                                        "files",
                                        all.stream().map(TeachingApi::row).toList())),
                        () -> refuseUnknown(response));
    }

    private static Map<String, Object> row(Lessons.Item item) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", item.name());
        json.put("fate", item.fate().name().toLowerCase(Locale.ROOT));
        json.put("notes", item.notes());
        json.put("why", item.why());
        return json;
    }

    private void upload(ServerRequest request, ServerResponse response) {
        String type = request.headers().first(HeaderNames.CONTENT_TYPE).orElse("");
        String name = name(request);
        if (!type.toLowerCase(Locale.ROOT).strip().equals(BYTES)) {
            Replies.refuse(
                    response,
                    Status.UNSUPPORTED_MEDIA_TYPE_415,
                    "Content-Type: not bytes; allowed: application/octet-stream.");
        } else if (name.isEmpty()) {
            Replies.refuse(
                    response,
                    Status.BAD_REQUEST_400,
                    "X-File-Name: missing or wrong; allowed: the file's name of 1 to 300 letters, percent-encoded.");
        } else if (!files.take() || !uploads.tryAcquire()) {
            Replies.refuse(
                    response,
                    Status.TOO_MANY_REQUESTS_429,
                    "too many files at once; allowed: 2 at a time, 100 a second. Wait a little.");
        } else {
            try {
                take(request, response, name);
            } finally {
                uploads.release();
            }
        }
    }

    private void take(ServerRequest request, ServerResponse response, String name) {
        long bytes = request.headers().contentLength().orElse(0);
        try (InputStream content = request.content().inputStream()) {
            Optional<Lessons.Lesson> lesson = lessons.add(id(request), name, bytes, content);
            answer(response, () -> lesson);
        } catch (LessonException refused) {
            refuse(response, refused);
        } catch (IOException brokenOff) {
            Replies.refuse(response, Status.BAD_REQUEST_400, "the file did not come to its end. Send it again.");
        }
    }

    /** Empty if there is none that can be shown. */
    private static String name(ServerRequest request) {
        try {
            String name = URLDecoder.decode(
                    request.headers().first(FILE_NAME).orElse("").replace("+", "%2B"), StandardCharsets.UTF_8);
            boolean plain = !CONTROL_CHARACTERS.matcher(name).find();
            return plain && name.length() <= MAX_NAME ? name.strip() : "";
        } catch (IllegalArgumentException notEncoded) {
            return "";
        }
    }

    private void check(ServerRequest request, ServerResponse response) {
        if (!mayNotWork(response)) {
            answer(response, () -> lessons.check(id(request), playing()));
        }
    }

    private void learn(ServerRequest request, ServerResponse response) {
        Map<String, Object> body = Api.body(request, response);
        if (body == null) {
            return;
        }
        if (!(body.get("minutes") instanceof Integer minutes) || minutes < 1 || minutes > Lessons.MAX_MINUTES) {
            Replies.refuse(
                    response,
                    Status.BAD_REQUEST_400,
                    "minutes: a whole number is needed; allowed: 1 to " + Lessons.MAX_MINUTES + ".");
            return;
        }
        if (!mayNotWork(response)) {
            answer(response, () -> lessons.learn(id(request), playing(), minutes));
        }
    }

    /** True if it was refused: each is a process, or a folder. */
    private boolean mayNotWork(ServerResponse response) {
        if (processes.take()) {
            return false;
        }
        Replies.refuse(
                response,
                Status.TOO_MANY_REQUESTS_429,
                "too many at once; allowed: one in two seconds. Wait a little.");
        return true;
    }

    private void play(ServerRequest request, ServerResponse response) {
        Optional<Lessons.Lesson> lesson = lessons.lesson(id(request));
        if (lesson.isEmpty()) {
            refuseUnknown(response);
        } else if (lesson.get().file().isEmpty()) {
            Replies.refuse(response, Status.CONFLICT_409, "this lesson has made no network yet; let it learn first.");
        } else {
            play(response, lesson.get().file());
        }
    }

    private void play(ServerResponse response, String file) {
        String answer = orders.carryOut("set " + PlaySetting.MODEL_FILE.id() + " " + file);
        Replies.outcome(response, Status.CONFLICT_409, answer, () -> Map.of("playing", file));
    }

    private void delete(ServerRequest request, ServerResponse response) {
        String id = id(request);
        boolean plays = lessons.lesson(id)
                .filter(lesson -> !lesson.file().isEmpty())
                .filter(lesson -> lesson.file().equals(playing()))
                .isPresent();
        if (plays) {
            Replies.refuse(
                    response, Status.CONFLICT_409, "this network plays; go back to another one before you delete it.");
            return;
        }
        if (lessons.delete(id)) {
            Replies.send(response, Map.of("deleted", id));
        } else {
            refuseUnknown(response);
        }
    }

    private void answer(ServerResponse response, Supplier<Optional<Lessons.Lesson>> what) {
        trying(response, () -> what.get()
                .ifPresentOrElse(
                        lesson -> Replies.send(response, row(lesson, playing())), () -> refuseUnknown(response)));
    }

    private static void trying(ServerResponse response, Runnable what) {
        try {
            what.run();
        } catch (LessonException refused) {
            refuse(response, refused);
        }
    }

    private static void refuse(ServerResponse response, LessonException refused) {
        Status status =
                switch (refused.kind()) {
                    case CONFLICT -> Status.CONFLICT_409;
                    case UNFIT -> Status.BAD_REQUEST_400;
                    case TOO_LARGE -> Status.REQUEST_ENTITY_TOO_LARGE_413;
                    case NO_ROOM -> Status.create(507, "Insufficient Storage");
                };
        Replies.refuse(response, status, String.valueOf(refused.getMessage()));
    }

    private static void refuseUnknown(ServerResponse response) {
        Replies.refuse(response, Status.NOT_FOUND_404, NO_LESSON);
    }
}
