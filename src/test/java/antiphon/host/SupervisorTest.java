package antiphon.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@EnabledOnOs(OS.LINUX)
@Timeout(60)
class SupervisorTest {
    private static final long PID = 4711;

    @TempDir
    Path folder;

    private static Supervisor at(String socket) {
        return Supervisor.of(Map.of("NOTIFY_SOCKET", socket), PID);
    }

    @Test
    void shouldTellASocketWithAPath() throws IOException {
        String socket = folder.resolve("with a blank and ü").toString();
        try (Notified notified = Notified.at(socket)) {
            assertThat(at(socket).tell("READY=1", "STATUS=übt")).isTrue();
            assertThat(notified.next()).isEqualTo("READY=1|STATUS=übt");
        }
    }

    @Test
    void shouldTellAnAbstractSocket() throws IOException {
        String socket = "@antiphon-test-" + ProcessHandle.current().pid();
        try (Notified notified = Notified.at(socket)) {
            assertThat(at(socket).tell("WATCHDOG=1")).isTrue();
            assertThat(notified.next()).isEqualTo("WATCHDOG=1");
        }
    }

    @Test
    void shouldDoNothingWhereNobodyWantsToKnow() {
        Supervisor nobody = Supervisor.of(Map.of("WATCHDOG_USEC", "1000000"), PID);
        assertThat(nobody.isThere()).isFalse();
        assertThat(nobody.tell("READY=1")).isFalse();
        assertThat(nobody.watchdogNanos()).isZero();
        assertThat(at("vsock:2:1234").isThere()).isFalse();
    }

    @Test
    void shouldSayThatNobodyTookIt() {
        assertThat(at(folder.resolve("none").toString()).tell("READY=1")).isFalse();
        assertThat(at("/" + "long".repeat(50)).tell("READY=1")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "10000000, '', 10000000000",
        "10000000, 4711, 10000000000",
        "10000000, 4712, 0",
        "'', '', 0",
        "soon, '', 0",
        "-5, '', 0",
    })
    void shouldBeWatchedIfTheWatchdogMeansThisProcess(String micros, String pid, long nanos) {
        Map<String, String> environment =
                Map.of("NOTIFY_SOCKET", "/run/notify", "WATCHDOG_USEC", micros, "WATCHDOG_PID", pid);
        assertThat(Supervisor.of(environment, PID).watchdogNanos()).isEqualTo(nanos);
    }
}
