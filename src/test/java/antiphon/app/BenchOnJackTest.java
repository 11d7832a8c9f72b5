package antiphon.app;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import antiphon.app.Program.Ended;
import antiphon.midi.jack.JackServer;
import com.fasterxml.jackson.jr.ob.JSON;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code antiphon bench} itself, on a real JACK server: the harness that makes the published figures. */
@Tag("jack")
@Timeout(180)
class BenchOnJackTest {
    private static final int NOTES = 300;

    /** A machine that others use may stumble; what the baseline bears beside us, we must. */
    private static final int MOST_ATTEMPTS = 3;

    @TempDir
    private Path folder = Path.of("");

    @Test
    void shouldMeasureThruOfExactlyOnePeriodAndLoseNothing() throws Exception {
        Map<?, ?> idle = Map.of();
        boolean quiet = false;
        for (int i = 0; i < MOST_ATTEMPTS && !quiet; i++) {
            idle = measure();
            // Jumps of JACK's clock are cycles that the machine left out: nobody could be exact there.
            quiet = number(idle, "clock_jumps") == 0;
        }
        Map<?, ?> thru = map(map(idle, "antiphon"), "thru_frames");
        assertThat(number(thru, "messages")).isEqualTo(2 * NOTES);
        assertThat(number(thru, "lost")).isZero();
        assertThat(List.of(number(thru, "min"), number(thru, "max"), number(thru, "jitter")))
                .containsExactly(64, 64, 0);

        Map<?, ?> answers = map(map(idle, "antiphon"), "answer_frames");
        assertThat(number(answers, "messages")).isEqualTo(NOTES);
        assertThat(number(answers, "lost")).isZero();
        // The note's cycle, then that in which the answer leaves.
        assertThat(number(answers, "min")).isGreaterThan(64);

        Map<?, ?> program = map(idle, "antiphon");
        assertThat(number(program, "surplus")).isZero();
        assertThat(number(program, "hanging")).isZero();
        Map<?, ?> baseline = map(map(idle, "baseline"), "thru_frames");
        assertThat(number(baseline, "messages")).isEqualTo(2 * NOTES);
        assertThat((List<?>) at(idle, "bars")).hasSizeGreaterThanOrEqualTo(4);
        assertThat(folder.resolve("raw").resolve("idle.record")).exists();
        System.out.println("thru " + thru + ", answers " + answers);
    }

    private Map<?, ?> measure() throws Exception {
        try (JackServer server = JackServer.start(64)) {
            Ended ended = Program.in(folder)
                    .on(server)
                    .runToEnd(
                            "bench",
                            "--events=" + NOTES,
                            "--conditions=idle",
                            "--sender-messages=100",
                            "--json",
                            "-o",
                            folder.resolve("raw").toString());
            assertThat(ended.status()).as(ended.errors()).isZero();
            Map<?, ?> all = JSON.std.mapFrom(ended.output());
            assertThat(number(all, "period")).isEqualTo(64);
            return (Map<?, ?>) requireNonNull(((List<?>) at(all, "conditions")).getFirst());
        }
    }

    @Test
    void shouldSayInOneLineWhatIsWrong() throws Exception {
        Ended ended = Program.in(folder).runToEnd("bench", "--events", "0");
        assertThat(ended.status()).isEqualTo(2);
        assertThat(ended.errors()).isEqualTo("--events: 0; allowed: 1 to 10000000.\n");
        ended = Program.in(folder).with("PATH", folder.toString()).runToEnd("bench", "--events", "1");
        assertThat(ended.status()).isEqualTo(1);
        assertThat(ended.errors())
                .isEqualTo("bench: no C compiler (cc) found; one needed for the measuring client."
                        + " Run: apt install gcc libjack-jackd2-dev\n");
    }

    private static Object at(Map<?, ?> map, String key) {
        return requireNonNull(map.get(key), key);
    }

    private static Map<?, ?> map(Map<?, ?> map, String key) {
        return (Map<?, ?>) at(map, key);
    }

    private static int number(Map<?, ?> map, String key) {
        return ((Number) at(map, key)).intValue();
    }
}
