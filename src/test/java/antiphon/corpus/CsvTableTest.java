package antiphon.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class CsvTableTest {
    @TempDir
    private Path folder = Path.of("");

    private Path table(String text) throws IOException {
        return Files.writeString(folder.resolve("table.csv"), text);
    }

    private static List<List<String>> rows(Path path, String... columns) {
        return CsvTable.rows(path, columns).stream().map(List::of).toList();
    }

    @Test
    void shouldFindTheColumnsByTheirNamesAndKeepCommasInQuotes() throws IOException {
        Path table = table("a,b,c\n1,\"x, y\",3\n,,\n4,\"\",\"6,\"\n");
        assertThat(rows(table, "c", "b"))
                .containsExactly(List.of("3", "\"x, y\""), List.of("", ""), List.of("\"6,\"", "\"\""));
    }

    @Test
    void shouldReadALineOfManyQuotedFieldsInOnePass() throws IOException {
        Path table = table("a,b\n1" + ",\"x\"".repeat(200_000) + "\n");
        assertThat(rows(table, "a", "b")).containsExactly(List.of("1", "\"x\""));
    }

    @Test
    void shouldRefuseInOneLineWhatIsNoSuchTable() throws IOException {
        for (String text : List.of("", "a\n1\n", "a,b\n1\n", "a,b\n" + "1".repeat(ByteLines.MAX_BYTES + 1))) {
            Path table = table(text);
            assertThatThrownBy(() -> CsvTable.rows(table, "a", "b"))
                    .as(text.substring(0, Math.min(9, text.length())))
                    .isInstanceOf(CorpusException.class)
                    .hasMessageStartingWith(table + ": cannot be read as a table with the columns a, b (")
                    .hasMessageNotContaining("\n");
        }
    }

    @Test
    void shouldNotReadADeviceThatHasNoEnd() {
        assertThatThrownBy(() -> CsvTable.rows(Path.of("/dev/zero"), "a"))
                .isInstanceOf(CorpusException.class)
                .hasMessageContaining("a line of more than 1 MiB");
    }
}
