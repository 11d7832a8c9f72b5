package antiphon.app;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import antiphon.app.Program.Ended;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Programs whose output goes into a pipe that is full and that nobody reads, as processes. */
@Timeout(120)
class FullPipeTest {
    @TempDir
    private Path folder = Path.of("");

    private Program.Place place = Program.in(folder);
    private Path pipe = folder;
    private @Nullable RandomAccessFile reader;

    /** We hold it open and read nothing; dd writes until it takes no more. */
    @BeforeEach
    void fillAPipe() throws Exception {
        place = Program.in(folder);
        pipe = folder.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        reader = new RandomAccessFile(pipe.toFile(), "rw");
        String[] fill = {"dd", "if=/dev/zero", "of=" + pipe, "bs=4096", "count=4096", "oflag=nonblock"};
        Process dd = new ProcessBuilder(fill)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(dd.waitFor()).as("dd meets a full pipe").isEqualTo(1);
    }

    @AfterEach
    void close() throws IOException {
        requireNonNull(reader).close();
    }

    @Test
    void shouldPlayAndStopThoughNobodyReadsWhatItPrints() throws Exception {
        try (Program antiphon = place.startInto(pipe, "run", "--backend", "none")) {
            awaitStatus();
            assertThat(place.runToEnd("set", "play.mode", "harmony").status()).isZero();
            assertThat(Duration.ofNanos(antiphon.stop())).isLessThan(Duration.ofSeconds(10));
            Ended ended = antiphon.end();
            assertThat(ended.status()).isZero();
            assertThat(ended.errors()).isEmpty();
        }
    }

    private void awaitStatus() throws Exception {
        while (place.runToEnd("status").status() != 0) {
            Thread.onSpinWait();
        }
    }

    @Test
    void shouldLetOthersAskThoughNobodyReadsTheStatusOfOne() throws Exception {
        try (Program antiphon = place.runOn("none");
                Program stuck = place.startInto(pipe, "status", "--json")) {
            for (int i = 0; i < 3; i++) {
                assertThat(place.runToEnd("status").status()).isZero();
            }
            assertThat(place.runToEnd("do", "panic").status()).isZero();
            assertThat(antiphon.stop()).isLessThan(Duration.ofSeconds(10).toNanos());
            stuck.stop();
            Ended ended = stuck.end();
            // 143: told to stop.
            assertThat(ended.status()).isIn(0, 143);
            assertThat(ended.errors()).isEmpty();
        }
    }

    /** As with {@code antiphon status | head -1}. */
    @Test
    void shouldEndWithoutATraceWhenItsReaderGoes() throws Exception {
        try (Program antiphon = place.runOn("none");
                Program stuck = place.startInto(pipe, "status", "--json")) {
            assertThat(place.runToEnd("status").status()).isZero();
            requireNonNull(reader).close();
            Ended ended = stuck.end();
            assertThat(ended.errors()).isEmpty();
            antiphon.stop();
        }
        assertThat(Files.exists(pipe)).isTrue();
    }
}
