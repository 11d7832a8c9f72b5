package antiphon.dashboard;

import antiphon.config.OutSetting;
import antiphon.config.Setting;
import antiphon.config.SettingTable;
import antiphon.status.StatusServer;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What programs can ask and order, at {@code /api/v1}: as {@code openapi.json} describes it. JSON only. */
final class Api implements HttpService {
    /** Much longer than any value; what is longer is refused before it is read. */
    static final int MAX_BODY_BYTES = 4_096;

    /** Orders of {@code POST /actions/…}, by name. */
    private static final Map<String, String> ACTIONS = Map.of(
            "again", "again",
            "veto", "veto",
            "panic", "panic",
            "answer", "answer",
            "forget", "forget",
            "tap", "tap",
            "pause", "set play.mute true",
            "resume", "set play.mute false");

    private static final Pattern CONTROL_CHARACTERS = Pattern.compile("\\p{Cntrl}");

    private final Partner partner;
    private final Supplier<Map<String, Object>> state;
    private final Changes changes;

    /**
     * @param state what the page shows, now
     * @param changes those that can be undone
     */
    Api(Partner partner, Supplier<Map<String, Object>> state, Changes changes) {
        this.partner = partner;
        this.state = state;
        this.changes = changes;
    }

    @Override
    public void routing(HttpRules rules) {
        rules.get("/settings", this::settings)
                .get("/settings/{id}", this::setting)
                .put("/settings/{id}", this::change)
                .put("/settings", this::changeSeveral)
                .post("/actions/{action}", this::act)
                .get("/state", (request, response) -> Replies.send(response, state()))
                .get("/openapi.json", (request, response) -> Files.send("/openapi.json", response));
    }

    private Map<String, Object> state() {
        Map<String, Object> all = new LinkedHashMap<>(state.get());
        all.put("status", partner.status().get());
        return all;
    }

    private void settings(ServerRequest request, ServerResponse response) {
        List<Object> rows = new ArrayList<>();
        for (Setting<?> setting : SettingTable.ALL) {
            if (setting.live()) {
                rows.add(row(setting));
            }
        }
        Replies.send(response, Map.of("settings", rows));
    }

    private Map<String, @Nullable Object> row(Setting<?> setting) {
        return SettingJson.of(setting, partner.orders().carryOut("get " + setting.id()));
    }

    private void setting(ServerRequest request, ServerResponse response) {
        named(request, response).ifPresent(setting -> Replies.send(response, row(setting)));
    }

    private Optional<Setting<?>> named(ServerRequest request, ServerResponse response) {
        Optional<Setting<?>> found =
                SettingTable.byId(request.path().pathParameters().get("id")).filter(Api::canChange);
        if (found.isEmpty()) {
            Replies.refuse(
                    response,
                    Status.NOT_FOUND_404,
                    "no setting that can change has this id; GET /api/v1/settings lists them.");
        }
        return found;
    }

    private static boolean canChange(Setting<?> setting) {
        return setting.live() || OutSetting.isRoute(setting);
    }

    private void change(ServerRequest request, ServerResponse response) {
        Map<String, Object> body = body(request, response);
        if (body == null) {
            return;
        }
        Optional<Setting<?>> setting = named(request, response);
        if (setting.isEmpty()) {
            return;
        }
        String refused = set(setting.get(), body.get("value"));
        if (refused.isEmpty()) {
            Replies.send(response, row(setting.get()));
        } else {
            Replies.refuse(response, Status.BAD_REQUEST_400, refused);
        }
    }

    /** Takes over all, or those before the first that is wrong. */
    private void changeSeveral(ServerRequest request, ServerResponse response) {
        Map<String, Object> body = body(request, response);
        if (body == null) {
            return;
        }
        List<Object> rows = new ArrayList<>();
        for (Map.Entry<String, Object> wanted : body.entrySet()) {
            Optional<Setting<?>> setting = SettingTable.byId(wanted.getKey()).filter(Api::canChange);
            String refused = setting.map(known -> set(known, wanted.getValue()))
                    .orElse("no setting that can change has such an id; GET /api/v1/settings lists them.");
            if (!refused.isEmpty()) {
                Replies.refuse(response, Status.BAD_REQUEST_400, refused);
                return;
            }
            rows.add(row(setting.orElseThrow()));
        }
        Replies.send(response, Map.of("settings", rows));
    }

    /** Why the value is refused; empty if it was taken. */
    private String set(Setting<?> setting, @Nullable Object value) {
        boolean plain = value instanceof String || value instanceof Number || value instanceof Boolean;
        String text = String.valueOf(value);
        if (!plain || text.isBlank() || CONTROL_CHARACTERS.matcher(text).find()) {
            return setting.id() + ": a value as text, number, true or false is needed, as in {\"value\": \"…\"}.";
        }
        String answer = partner.orders().carryOut("set " + setting.id() + " " + text);
        return StatusServer.Orders.isRefusal(answer) ? StatusServer.Orders.reason(answer) : "";
    }

    private void act(ServerRequest request, ServerResponse response) {
        String name = request.path().pathParameters().get("action");
        if (name.equals("undo")) {
            undo(response);
            return;
        }
        String order = ACTIONS.get(name);
        if (order == null) {
            Replies.refuse(
                    response,
                    Status.NOT_FOUND_404,
                    "no such action; allowed: again, veto, panic, answer, forget, tap, pause, resume, undo.");
            return;
        }
        String answer = partner.orders().carryOut(order);
        Replies.outcome(response, Status.SERVICE_UNAVAILABLE_503, answer, () -> Map.of("done", name));
    }

    private void undo(ServerResponse response) {
        Optional<String> undone = changes.undo();
        if (undone.isEmpty()) {
            Replies.refuse(response, Status.CONFLICT_409, "nothing to undo: no control was changed.");
            return;
        }
        Replies.outcome(
                response,
                Status.SERVICE_UNAVAILABLE_503,
                undone.get(),
                () -> Map.of("done", "undo", "undone", undone.get()));
    }

    /** The object in the body; null if there is none, and then that was answered. */
    static @Nullable Map<String, Object> body(ServerRequest request, ServerResponse response) {
        String type = request.headers().first(HeaderNames.CONTENT_TYPE).orElse("");
        if (!type.toLowerCase(Locale.ROOT).split(";", 2)[0].strip().equals(Json.TYPE)) {
            Replies.refuse(
                    response, Status.UNSUPPORTED_MEDIA_TYPE_415, "Content-Type: not JSON; allowed: application/json.");
            return null;
        }
        try (InputStream in = request.content().inputStream()) {
            byte[] bytes = in.readNBytes(MAX_BODY_BYTES + 1);
            if (bytes.length > MAX_BODY_BYTES) {
                Replies.refuse(response, Status.REQUEST_ENTITY_TOO_LARGE_413, "too long; allowed: 4096 bytes.");
                return null;
            }
            return Json.object(new String(bytes, StandardCharsets.UTF_8));
        } catch (IOException notJson) {
            Replies.refuse(response, Status.BAD_REQUEST_400, "no JSON object; allowed: one, such as {\"value\": 50}.");
            return null;
        }
    }
}
