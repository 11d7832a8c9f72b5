package antiphon.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a real process says, how much of it, and where to. */
class LogsTest {
    @TempDir
    Path folder;

    private Program.Ended started(String level, String file) throws Exception {
        return Program.in(folder)
                .with("ANTIPHON_LOG_LEVEL", level)
                .with("ANTIPHON_LOG_FILE", file)
                // Not there: one line says which back end is taken instead.
                .runToEnd("run", "--until-ready");
    }

    @Test
    void shouldPrintIntoItsFileAndNowhereElse() throws Exception {
        Program.Ended ended = started("info", "logs/antiphon.log");
        assertThat(ended.output()).isEmpty();
        assertThat(ended.errors()).isEmpty();
        List<String> lines = Files.readAllLines(folder.resolve("logs/antiphon.log"));
        assertThat(lines).allMatch(line -> line.matches("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d .+"));
        assertThat(lines).anyMatch(line -> line.contains(" INFO jack: "));
    }

    @Test
    void shouldSayOnlyWhatIsGraveEnough() throws Exception {
        assertThat(started("info", "").errors()).contains("INFO jack: ");
        assertThat(started("warn", "").errors()).doesNotContain("INFO ");
    }

    @Test
    void shouldSayThatTheFileCannotBeWrittenTo() throws Exception {
        Program.Ended ended = started("info", folder.toString());
        assertThat(ended.status()).isEqualTo(Failure.BAD_CONFIGURATION);
        assertThat(ended.errors())
                .startsWith("log.file = " + folder + ": cannot be written to (")
                .hasLineCount(1);
    }
}
