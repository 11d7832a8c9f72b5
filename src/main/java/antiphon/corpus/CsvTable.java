package antiphon.corpus;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.regex.Pattern;

/** The wanted columns of the tables that data sets come in. Commas within quotes are part of a field. */
final class CsvTable {
    private static final Pattern COMMA_OUTSIDE_QUOTES = Pattern.compile(",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)");

    private CsvTable() {}

    /**
     * Reads a table whose first line names its columns.
     *
     * @return its rows, each with these columns in this order
     * @throws CorpusException one line, if it cannot be read or lacks one of them
     */
    static List<String[]> rows(Path path, String... columns) {
        try {
            List<String> lines = Files.readAllLines(path);
            List<String> header = List.of(fields(lines.getFirst()));
            List<String[]> rows = new ArrayList<>(lines.size());
            for (String line : lines.subList(1, lines.size())) {
                String[] fields = fields(line);
                String[] row = new String[columns.length];
                for (int i = 0; i < columns.length; i++) {
                    row[i] = fields[header.indexOf(columns[i])];
                }
                rows.add(row);
            }
            return rows;
        } catch (IOException | IndexOutOfBoundsException | NoSuchElementException failure) {
            throw new CorpusException(
                    path + ": cannot be read as a table with the columns " + String.join(", ", columns) + " ("
                            + failure.getMessage() + "). Unpack the archive again.",
                    failure);
        }
    }

    private static String[] fields(String line) {
        return line.indexOf('"') < 0 ? line.split(",", -1) : COMMA_OUTSIDE_QUOTES.split(line, -1);
    }

    /** The rows by their first column, in the order in which they come. */
    static Map<String, List<String[]>> byFirst(List<String[]> rows) {
        Map<String, List<String[]>> byFirst = new LinkedHashMap<>();
        rows.forEach(row ->
                byFirst.computeIfAbsent(row[0], first -> new ArrayList<>()).add(row));
        return byFirst;
    }
}
