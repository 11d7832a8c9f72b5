package antiphon.dashboard;

import antiphon.config.Preset;
import antiphon.config.Presets;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Presets at {@code /api/v1/presets}: which there are, and choosing one. */
final class PresetsApi implements HttpService {
    private final Partner partner;

    PresetsApi(Partner partner) {
        this.partner = partner;
    }

    @Override
    public void routing(HttpRules rules) {
        rules.get("/presets", (request, response) -> Replies.send(response, all()))
                .post("/presets/{name}", this::choose);
    }

    private Map<String, Object> all() {
        Presets.Listing listing = partner.steered().presets().all();
        List<Object> rows = new ArrayList<>();
        for (Preset preset : listing.presets()) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("name", preset.name());
            row.put("description", preset.description());
            row.put("settings", preset.texts());
            rows.add(row);
        }
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("presets", rows);
        all.put("chosen", partner.steered().preset().get());
        all.put("mistakes", listing.mistakes());
        return all;
    }

    private void choose(ServerRequest request, ServerResponse response) {
        String name = request.path().pathParameters().get("name");
        if (!partner.steered().presets().names().contains(name)) {
            Replies.refuse(response, Status.NOT_FOUND_404, "no such preset; GET /api/v1/presets lists them.");
            return;
        }
        String answer = partner.orders().carryOut("preset " + name);
        Replies.outcome(response, Status.BAD_REQUEST_400, answer, () -> Map.of("chosen", name));
    }
}
