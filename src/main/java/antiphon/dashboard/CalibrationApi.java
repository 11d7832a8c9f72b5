package antiphon.dashboard;

import antiphon.live.Calibration;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerResponse;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Measuring the synthesiser's latency, at {@code /api/v1/calibration}: begin, look, and end it. Whoever takes the result
 * sets {@code midi.out.offset-ms}.
 */
final class CalibrationApi implements HttpService {
    private final Partner partner;

    CalibrationApi(Partner partner) {
        this.partner = partner;
    }

    @Override
    public void routing(HttpRules rules) {
        rules.get("/calibration", (request, response) -> Replies.send(response, state()))
                .post("/calibration", (request, response) -> begin(response))
                .delete("/calibration", (request, response) -> end(response));
    }

    private Map<String, @Nullable Object> state() {
        Calibration.State now = partner.calibration().state();
        Map<String, @Nullable Object> state = new LinkedHashMap<>();
        state.put("phase", now.phase().name().toLowerCase(Locale.ROOT));
        state.put("clicks", now.clicks());
        state.put("ofClicks", now.ofClicks());
        state.put("taps", now.taps());
        state.put("offsetMillis", now.offsetMillis());
        state.put("line", now.line());
        return state;
    }

    private void begin(ServerResponse response) {
        partner.calibration().begin();
        Replies.send(response, state());
    }

    private void end(ServerResponse response) {
        partner.calibration().end();
        Replies.send(response, state());
    }
}
