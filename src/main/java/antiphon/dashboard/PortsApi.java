package antiphon.dashboard;

import antiphon.live.Connections;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Ports at {@code /api/v1/ports}: which there are, which are connected, connecting and disconnecting while music is
 * played; and {@code /api/v1/silence}, why nothing is heard.
 */
final class PortsApi implements HttpService {
    /** The inputs, then the outputs by their numbers. */
    private static final List<String> WAYS = List.of("in", "out", "out-2", "out-3", "out-4");

    private final Partner partner;

    PortsApi(Partner partner) {
        this.partner = partner;
    }

    @Override
    public void routing(HttpRules rules) {
        rules.get("/ports", (request, response) -> Replies.send(response, all()))
                .put("/ports/{way}", this::change)
                .get(
                        "/silence",
                        (request, response) -> Replies.send(
                                response,
                                Map.of("reasons", partner.status().get().silence())));
    }

    private Map<String, Object> all() {
        antiphon.status.Status.Midi midi = partner.status().get().midi();
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("backend", midi.backend());
        all.put("in", midi.in());
        all.put("out", midi.out());
        all.put("missing", partner.connections().missing());
        List<Object> rows = new ArrayList<>();
        partner.connections().ports().forEach(port -> rows.add(row(port)));
        all.put("ports", rows);
        return all;
    }

    private static Map<String, Object> row(Connections.Port port) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("name", port.name());
        row.put("aliases", port.aliases());
        row.put("source", port.source());
        row.put("destination", port.destination());
        row.put("there", port.there());
        row.put("in", word(port.in()));
        row.put("out", word(port.out()));
        row.put("outs", port.outs().stream().map(PortsApi::word).toList());
        row.put("input", port.input());
        return row;
    }

    private static String word(Connections.State state) {
        return state.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private void change(ServerRequest request, ServerResponse response) {
        Map<String, Object> body = Api.body(request, response);
        if (body == null) {
            return;
        }
        int way = WAYS.indexOf(request.path().pathParameters().get("way"));
        if (way < 0) {
            Replies.refuse(response, Status.NOT_FOUND_404, "no such way; allowed: " + String.join(", ", WAYS) + ".");
        } else if (body.get("port") instanceof String port && body.get("connected") instanceof Boolean wanted) {
            Connections connections = partner.connections();
            int output = way + Connections.INPUT;
            String refused = wanted ? connections.connect(output, port) : connections.disconnect(output, port);
            if (refused.isEmpty()) {
                Replies.send(response, all());
            } else {
                Replies.refuse(response, Status.CONFLICT_409, refused);
            }
        } else {
            Replies.refuse(
                    response,
                    Status.BAD_REQUEST_400,
                    "a port's name and true or false are needed, as in {\"port\": \"keyb:out\", \"connected\": true}.");
        }
    }
}
