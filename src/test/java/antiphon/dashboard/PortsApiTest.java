package antiphon.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import antiphon.improv.Control;
import antiphon.midi.PortInfo;
import antiphon.music.Message;
import com.fasterxml.jackson.jr.ob.JSON;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(120)
class PortsApiTest {
    private static final String IN = "/api/v1/ports/in";
    private static final String OUT = "/api/v1/ports/out";

    private final Served served = new Served();

    @AfterEach
    void close() {
        served.close();
    }

    private static String order(String port, boolean connected) throws Exception {
        return JSON.std.asString(Map.of("port", port, "connected", connected));
    }

    @Test
    void shouldListConnectAndDisconnectPorts() throws Exception {
        assertThat(served.get("/api/v1/ports").body())
                .contains("\"backend\":\"memory\"", "\"name\":\"keyb:out\"", "\"in\":\"no\"", "\"missing\":[]")
                .doesNotContain("\"connected\"");
        assertThat(served.put(IN, order("keyb:out", true)).body()).contains("\"in\":\"connected\"", "\"input\":0");
        assertThat(served.backend.connections("antiphon:in")).containsExactly("keyb:out");
        served.backend.unplug(Served.KEYB);
        assertThat(served.get("/api/v1/ports").body())
                .contains("\"in\":\"waited for\"", "\"there\":false", "midi.in \\\"keyb:out\\\"");
        served.backend.plug(Served.KEYB);
        assertThat(served.backend.connections("antiphon:in")).containsExactly("keyb:out");
        assertThat(served.put(IN, order("keyb:out", false)).statusCode()).isEqualTo(200);
        assertThat(served.backend.connections("antiphon:in")).isEmpty();
    }

    @Test
    void shouldTakeAHostileNameForANameAndNothingElse() throws Exception {
        HttpResponse<String> response = served.put(OUT, order(Served.HOSTILE, true));
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(served.backend.connections("antiphon:out")).containsExactly(Served.HOSTILE);
        assertThat(JSON.std.mapFrom(response.body()).toString()).contains(Served.HOSTILE);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "in     | {\"port\": \"organ\", \"connected\": true}    | 409 | no such input; found \\\"keyb:out\\\"",
                "in     | {\"port\": \"keyb:out\", \"connected\": false} | 409 | is not connected",
                "out    | {\"port\": \"keyb:out\", \"connected\": true}  | 409 | no such output",
                "in     | {\"port\": 7, \"connected\": true}             | 400 | a port's name",
                "in     | {\"port\": \"keyb:out\"}                       | 400 | a port's name",
                "beside | {\"port\": \"keyb:out\", \"connected\": true}  | 404 | allowed: in, out",
            })
    void shouldRefuseWhatIsWrongWithALine(String way, String body, int status, String why) throws Exception {
        HttpResponse<String> response = served.put("/api/v1/ports/" + way, body);
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.body()).startsWith("{\"error\":").contains(why);
    }

    @Test
    void shouldTellPagesOfPortsThatComeAndOfWhatComesByThem() throws Exception {
        Listening listening = new Listening();
        WebSocket page = served.feed(listening);
        long changes = served.session.connections().changes();
        listening.await("\"ports\":" + changes);
        served.backend.plug(new PortInfo("pads:out", true, false));
        listening.await("\"ports\":" + (changes + 1));
        served.put(IN, order("keyb:out", true));
        served.backend.input("in").inject(Message.control(0, 1, 7), System.nanoTime());
        listening.await("\"active\":1,");
        listening.await("\"active\":0,");
        served.put("/api/v1/settings/midi.out.thru", "{\"value\": true}");
        listening.await("[\"set\",\"midi.out.thru\",\"true\"]");
        served.backend.input("in").inject(Message.control(0, 1, 8), System.nanoTime());
        listening.await("\"sends\":1,");
        listening.await("\"sends\":0,");
        page.abort();
    }

    @Test
    void shouldSayWhyNothingIsHeard() throws Exception {
        assertThat(served.get("/api/v1/silence").body()).contains("No keyboard is connected", "heard nothing");
        served.session.controls().apply(Control.MUTE, 1);
        served.session.controls().apply(Control.IN_CHANNEL, 1);
        served.backend.input("in").inject(Message.noteOn(4, 60, 80), System.nanoTime());
        // It is taken after what was played before it.
        served.session.controls().apply(Control.TAP, 0);
        assertThat(served.await("/api/v1/silence", "channel 5").body())
                .contains("It is paused", "Your notes come on channel 5, and only channel 1 is heard");
        assertThat(served.get("/api/v1/state").body()).contains("\"silence\":[\"It is paused");
    }
}
