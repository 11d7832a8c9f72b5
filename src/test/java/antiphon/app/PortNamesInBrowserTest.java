package antiphon.app;

import static org.assertj.core.api.Assertions.assertThat;

import antiphon.midi.jack.JackServer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Any program of the machine can name a port: the page shows the name, and does nothing that it says. */
@Tag("packaged")
@Tag("browser")
@Timeout(200)
class PortNamesInBrowserTest {
    private static final String NAME = "<img src=x onerror=window.ran=1>";
    private static final String CLIENT =
            """
            import jack, sys, time
            client = jack.Client("peer")
            client.midi_outports.register(sys.argv[1])
            client.activate()
            time.sleep(180)
            """;

    @TempDir
    private Path folder = Path.of("");

    @Test
    void shouldShowAPortsNameAsTextAndRunNothingOfIt() throws Exception {
        try (JackServer server = JackServer.start(128)) {
            Process peer = server.run(List.of("/usr/bin/python3", "-c", CLIENT, NAME));
            try {
                look(server);
            } finally {
                peer.destroyForcibly().waitFor();
            }
        }
    }

    private void look(JackServer server) throws Exception {
        try (PageProgram program = new PageProgram(folder, "JACK_DEFAULT_SERVER", server.name());
                Chromium browser = new Chromium()) {
            browser.open(program.url());
            // By then the page's scripts run, and hear its buttons.
            browser.await("document.querySelectorAll('#sliders input[data-setting]').length === 5");
            browser.value("document.getElementById('ports').click()");
            browser.await("document.body.innerText.includes('peer:" + NAME + "')");
            assertThat(browser.value("document.querySelectorAll('img[src=x]').length"))
                    .isEqualTo(0);
            assertThat(browser.value("window.ran === undefined")).isEqualTo(true);
        }
    }
}
