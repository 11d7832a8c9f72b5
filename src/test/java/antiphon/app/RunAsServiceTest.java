package antiphon.app;

import static org.assertj.core.api.Assertions.assertThat;

import antiphon.app.Program.Place;
import antiphon.host.Notified;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The whole program as a service, without a service manager: one that only listens stands in. */
@Timeout(90)
class RunAsServiceTest {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void shouldTellThatItIsReadyAliveReloadsAndStops() throws Exception {
        String socket = folder.resolve("notify").toString();
        try (Notified notified = Notified.at(socket)) {
            Place place = Program.in(folder).with("NOTIFY_SOCKET", socket).with("WATCHDOG_USEC", "200000");
            try (Program antiphon = place.runOn("none", "--mode", "duet")) {
                assertThat(notified.next())
                        .startsWith("READY=1|STATUS=mode duet, listening on ")
                        .contains(", answering on ");
                for (int ping = 0; ping < 3; ping++) {
                    assertThat(notified.next()).isEqualTo("WATCHDOG=1");
                }
                new ProcessBuilder("kill", "-HUP", "" + antiphon.pid()).start().waitFor();
                assertThat(notified.await("RELOADING=1")).contains("MONOTONIC_USEC=");
                assertThat(notified.await("READY=1")).isEqualTo("READY=1");
                antiphon.stop();
                assertThat(notified.await("STOPPING=1")).isEqualTo("STOPPING=1");
                assertThat(antiphon.end().status()).isZero();
            }
        }
    }
}
