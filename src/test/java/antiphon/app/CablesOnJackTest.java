package antiphon.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Peers that come, go, are killed, connected and disconnected while notes are played. */
@Tag("jack")
@Timeout(180)
class CablesOnJackTest {
    /** The bench's program with a few rounds; it says itself what was wrong. */
    @Test
    void shouldConnectWhatReturnsAndLeaveNothingHanging() throws Exception {
        Process cables = new ProcessBuilder(
                        "/usr/bin/python3", Path.of("src/bench/cables.py").toString(), "10", "7")
                .redirectErrorStream(true)
                .start();
        String said = new String(cables.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(cables.waitFor()).as(said).isZero();
        assertThat(said).contains("10 rounds", "status 0", "nothing held");
    }
}
