package antiphon.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.BeforeTry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LogFileTest {
    private Path folder = Path.of("");
    private Path file = Path.of("");

    @BeforeEach
    @BeforeTry
    void makeFolder() throws IOException {
        folder = Files.createTempDirectory("antiphon-log");
        file = folder.resolve("logs/antiphon.log");
    }

    private LogFile open(long maxBytes, int kept) throws IOException {
        return new LogFile(file, maxBytes, kept, () -> "12:00");
    }

    private static void print(LogFile log, String line) throws IOException {
        log.write((line + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private List<String> lines(String ending) throws IOException {
        return Files.readAllLines(Path.of(file + ending));
    }

    @Test
    void shouldPutAsideWhatIsFullAndDeleteTheOldest() throws IOException {
        try (LogFile log = open(20, 2)) {
            for (int i = 1; i <= 7; i++) {
                print(log, "l" + i);
            }
        }
        // Two lines of 9 bytes fit into 20.
        assertThat(lines("")).containsExactly("12:00 l7");
        assertThat(lines(".1")).containsExactly("12:00 l5", "12:00 l6");
        assertThat(lines(".2")).containsExactly("12:00 l3", "12:00 l4");
        assertThat(Path.of(file + ".3")).doesNotExist();
    }

    @Test
    void shouldGoOnBehindWhatTheLastStartSaid() throws IOException {
        try (LogFile log = open(100, 1)) {
            print(log, "first");
        }
        try (LogFile log = open(100, 1)) {
            print(log, "second");
        }
        assertThat(lines("")).containsExactly("12:00 first", "12:00 second");
    }

    @Test
    void shouldWriteTheTimeOncePerLineAlsoWhenItComesInPieces() throws IOException {
        try (LogFile log = open(100, 1)) {
            log.write("ä".getBytes(StandardCharsets.UTF_8));
            log.write('b');
            print(log, "c");
        }
        assertThat(lines("")).containsExactly("12:00 äbc");
    }

    /** Whatever comes: no file is larger than allowed but for one line, no line is cut, and the newest are there. */
    @Property(tries = 200)
    void shouldKeepTheNewestLinesWholeAndInOrder(
            @ForAll @Size(max = 60) List<@IntRange(min = 0, max = 40) Integer> lengths,
            @ForAll @IntRange(min = 1, max = 100) int maxBytes,
            @ForAll @IntRange(min = 1, max = 3) int kept)
            throws IOException {
        List<String> printed = new ArrayList<>();
        try (LogFile log = open(maxBytes, kept)) {
            for (int length : lengths) {
                String line = printed.size() + "x".repeat(length);
                print(log, line);
                printed.add("12:00 " + line);
            }
        }
        List<String> found = new ArrayList<>();
        for (int i = kept; i >= 0; i--) {
            Path each = Path.of(file + (i == 0 ? "" : "." + i));
            if (Files.exists(each)) {
                List<String> lines = Files.readAllLines(each);
                assertThat(Files.size(each) <= maxBytes || lines.size() == 1).isTrue();
                found.addAll(lines);
            }
        }
        assertThat(found).isEqualTo(printed.subList(printed.size() - found.size(), printed.size()));
        assertThat(found.isEmpty()).isEqualTo(printed.isEmpty());
    }
}
