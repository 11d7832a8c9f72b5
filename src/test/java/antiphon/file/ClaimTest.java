package antiphon.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClaimTest {
    @TempDir
    private Path folder = Path.of("");

    private List<String> files() throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.map(file -> file.getFileName().toString()).toList();
        }
    }

    @Test
    void shouldHoldThePlaceDuringTheWorkAndNoLonger() throws IOException {
        List<String> during = new ArrayList<>();
        Claim.during(folder.resolve("a.model"), () -> {
            try {
                during.addAll(files());
            } catch (IOException failure) {
                throw new AssertionError(failure);
            }
        });
        assertThat(during).containsExactly("a.model." + ProcessHandle.current().pid() + ".claim");
        assertThat(files()).isEmpty();
    }

    @Test
    void shouldLeaveNothingWhenTheWorkFails() throws IOException {
        assertThatThrownBy(() -> Claim.during(folder.resolve("a"), () -> {
                    throw new IllegalStateException("work");
                }))
                .hasMessage("work");
        assertThat(files()).isEmpty();
    }

    @Test
    void shouldRefuseInOneLineWhatAnotherProcessHasAndNotWhatAGoneOneHad() throws Exception {
        Path place = folder.resolve("a.model");
        Process other = new ProcessBuilder("sleep", "60").start();
        try {
            Path claim = Files.createFile(folder.resolve("a.model." + other.pid() + ".claim"));
            Files.createFile(folder.resolve("b.model." + other.pid() + ".claim"));
            assertThatThrownBy(() -> Claim.during(place, () -> {
                        throw new AssertionError("it worked");
                    }))
                    .isInstanceOf(Claim.TakenException.class)
                    .hasMessage(place + ": is being written by process " + other.pid() + "; one at a time allowed. Wait"
                            + " for its end, choose another -o, or, if that is no antiphon, remove " + claim + ".");
        } finally {
            other.destroyForcibly().waitFor();
        }
        List<String> done = new ArrayList<>();
        Claim.during(place, () -> done.add("done"));
        assertThat(done).containsExactly("done");
        assertThat(files()).containsExactly("b.model." + other.pid() + ".claim");
    }

    /** Where no file can be made the work itself tells why. */
    @Test
    void shouldWorkWhereNothingCanBeWritten() throws IOException {
        List<String> done = new ArrayList<>();
        Claim.during(Files.createFile(folder.resolve("file")).resolve("a"), () -> done.add("done"));
        assertThat(done).containsExactly("done");
    }
}
