package antiphon.app;

import static org.assertj.core.api.Assertions.assertThat;

import antiphon.host.Notified;
import antiphon.host.Supervisor;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Looks are made by hand; what the thread would do in an hour. */
@Timeout(60)
class ServiceReportTest {
    private static final String HOUR_MICROS = "3600000000";

    @TempDir
    Path folder;

    private boolean advances = true;
    private String status = "mode call";

    private ServiceReport report(Map<String, String> environment) {
        return new ServiceReport(Supervisor.of(environment, 1), () -> advances, () -> status);
    }

    private String socket() {
        return folder.resolve("notify").toString();
    }

    @Test
    void shouldTellWhatAServiceTells() throws Exception {
        try (Notified notified = Notified.at(socket())) {
            ServiceReport report = report(Map.of("NOTIFY_SOCKET", socket(), "WATCHDOG_USEC", HOUR_MICROS));
            report.ready();
            assertThat(notified.next()).isEqualTo("READY=1|STATUS=mode call");
            report.look();
            assertThat(notified.next()).isEqualTo("WATCHDOG=1");
            report.reload(() -> status = "mode duet");
            assertThat(notified.next()).matches("RELOADING=1\\|MONOTONIC_USEC=\\d+");
            assertThat(notified.next()).isEqualTo("READY=1");
            report.look();
            assertThat(notified.next()).isEqualTo("WATCHDOG=1");
            assertThat(notified.next()).isEqualTo("STATUS=mode duet");
            report.stopping();
            assertThat(notified.next()).isEqualTo("STOPPING=1");
        }
    }

    @Test
    void shouldNotSayThatItIsAliveWhileTheEngineHangs() throws Exception {
        try (Notified notified = Notified.at(socket())) {
            ServiceReport report = report(Map.of("NOTIFY_SOCKET", socket(), "WATCHDOG_USEC", HOUR_MICROS));
            report.look();
            assertThat(notified.next()).isEqualTo("WATCHDOG=1");
            assertThat(notified.next()).isEqualTo("STATUS=mode call");
            advances = false;
            report.look();
            report.look();
            status = "mode duet";
            report.look();
            assertThat(notified.next()).isEqualTo("STATUS=mode duet");
            advances = true;
            report.look();
            assertThat(notified.next()).isEqualTo("WATCHDOG=1");
        }
    }

    @Test
    void shouldSayThatItIsAliveTwiceInTheTimeAllowedAndNeverIfNobodyWatches() throws Exception {
        assertThat(report(Map.of("NOTIFY_SOCKET", socket(), "WATCHDOG_USEC", "3000000"))
                        .periodNanos())
                .isEqualTo(1_500_000_000L);
        try (Notified notified = Notified.at(socket())) {
            ServiceReport unwatched = report(Map.of("NOTIFY_SOCKET", socket()));
            unwatched.look();
            assertThat(notified.next()).isEqualTo("STATUS=mode call");
            unwatched.stopping();
            assertThat(notified.next()).isEqualTo("STOPPING=1");
        }
    }
}
