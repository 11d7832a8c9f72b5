package antiphon.dashboard;

import antiphon.config.ControllerMap;
import antiphon.config.Setting;
import antiphon.config.SettingTable;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Controllers at {@code /api/v1/controllers}: which settings they move, learning, binding and forgetting. */
final class ControllersApi implements HttpService {
    private static final int MAX_DIGITS = 3;

    private final Partner partner;

    ControllersApi(Partner partner) {
        this.partner = partner;
    }

    @Override
    public void routing(HttpRules rules) {
        rules.get("/controllers", (request, response) -> Replies.send(response, all()))
                .post("/controllers/{id}", (request, response) -> order("learn", request, response))
                .put("/controllers/{id}", this::bind)
                .delete("/controllers/{id}", (request, response) -> order("unlearn", request, response));
    }

    private Map<String, Object> all() {
        List<Object> rows = new ArrayList<>();
        for (ControllerMap.Binding each : partner.steered().controllers().map().bindings()) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("setting", each.setting().id());
            row.put("channel", each.channel());
            row.put("controller", each.controller());
            rows.add(row);
        }
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("controllers", rows);
        all.put("learning", partner.steered().controllers().learning());
        return all;
    }

    private static Optional<String> named(ServerRequest request, ServerResponse response) {
        Optional<String> id = SettingTable.byId(request.path().pathParameters().get("id"))
                .filter(ControllerMap::canMove)
                .map(Setting::id);
        if (id.isEmpty()) {
            Replies.refuse(response, Status.NOT_FOUND_404, "no setting that a controller can move has this id.");
        }
        return id;
    }

    private void order(String what, ServerRequest request, ServerResponse response) {
        named(request, response).ifPresent(id -> answer(what + " " + id, response));
    }

    private void bind(ServerRequest request, ServerResponse response) {
        Map<String, Object> body = Api.body(request, response);
        if (body == null) {
            return;
        }
        String words = body.get("channel") + " " + body.get("controller");
        if (words.matches("\\d{1," + MAX_DIGITS + "} \\d{1," + MAX_DIGITS + "}")) {
            named(request, response).ifPresent(id -> answer("bind " + id + " " + words, response));
        } else {
            Replies.refuse(
                    response,
                    Status.BAD_REQUEST_400,
                    "a channel (1 to 16) and a controller (1 to 119) are needed, as in {\"channel\": 1, \"controller\": 21}.");
        }
    }

    private void answer(String order, ServerResponse response) {
        Replies.outcome(response, Status.BAD_REQUEST_400, partner.orders().carryOut(order), this::all);
    }
}
