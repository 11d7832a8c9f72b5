package antiphon.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import antiphon.improv.Control;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Undo, by the interface and whatever changed the control. */
@Timeout(120)
class ChangesTest {
    private final Served served = new Served();

    @AfterEach
    void close() {
        served.close();
    }

    private HttpResponse<String> undo() throws Exception {
        return served.send("POST", "/api/v1/actions/undo", "");
    }

    private void set(String id, String value) throws Exception {
        assertThat(served.put("/api/v1/settings/" + id, "{\"value\": \"" + value + "\"}")
                        .statusCode())
                .isEqualTo(200);
    }

    private long boldness() {
        return served.session.controls().value(Control.BOLDNESS);
    }

    /** A change that does not belong to the one before it. */
    private static void pause() throws InterruptedException {
        Thread.sleep(150);
    }

    @Test
    void shouldUndoChangesOneAfterAnotherFromTheLastOn() throws Exception {
        set("play.boldness", "70");
        pause();
        set("play.mode", "duet");
        pause();
        // As a controller or the socket does it, not by the page.
        served.session.controls().apply(Control.GRID, 10);
        assertThat(undo().body()).contains("\"undone\":\"play.grid = 80\"");
        assertThat(served.session.controls().value(Control.GRID)).isEqualTo(80);
        assertThat(undo().body()).contains("\"undone\":\"play.mode = call\"");
        assertThat(boldness()).isEqualTo(70);
        assertThat(undo().statusCode()).isEqualTo(200);
        assertThat(boldness()).isEqualTo(50);
        HttpResponse<String> none = undo();
        assertThat(none.statusCode()).isEqualTo(409);
        assertThat(none.body()).contains("nothing to undo");
    }

    @Test
    void shouldTakeAMovementOfASliderAsOneChange() throws Exception {
        for (int value = 51; value <= 70; value++) {
            set("play.boldness", Integer.toString(value));
        }
        assertThat(undo().body()).contains("play.boldness = 50");
        assertThat(boldness()).isEqualTo(50);
        assertThat(undo().statusCode()).isEqualTo(409);
    }

    @Test
    void shouldTakeSeveralControlsAtOnceAsOneChange() throws Exception {
        served.put("/api/v1/settings", "{\"play.boldness\": 10, \"play.grid\": 20, \"play.density\": 2}");
        assertThat(undo().body()).contains("and 2 more");
        assertThat(boldness()).isEqualTo(50);
        assertThat(served.session.controls().value(Control.GRID)).isEqualTo(80);
    }

    @Test
    void shouldTellThePageWhatWouldBeUndone() throws Exception {
        Listening listening = new Listening();
        WebSocket page = served.feed(listening);
        listening.await("\"undo\":\"\"");
        set("play.boldness", "70");
        listening.await("\"undo\":\"play.boldness = 50\"");
        undo();
        listening.await("\"undo\":\"\"");
        page.abort();
    }

    @Test
    void shouldNotUndoWhatWasSetToWhatItWas() throws Exception {
        set("play.boldness", "50");
        assertThat(undo().statusCode()).isEqualTo(409);
    }
}
