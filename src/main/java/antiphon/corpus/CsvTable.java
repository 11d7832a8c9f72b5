package antiphon.corpus;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The wanted columns of the tables that data sets come in. Commas within quotes are part of a field. No line is longer than
 * {@value ByteLines#MAX_BYTES} bytes.
 */
final class CsvTable {
    private CsvTable() {}

    /**
     * Reads a table whose first line names its columns.
     *
     * @return its rows, each with these columns in this order
     * @throws CorpusException one line, if it cannot be read or lacks one of them
     */
    static List<String[]> rows(Path path, String... columns) {
        try (ByteLines lines = new ByteLines(path)) {
            List<String> header = lines.next() ? fields(lines.text()) : List.of();
            for (String column : columns) {
                if (!header.contains(column)) {
                    throw new IOException("no column " + column);
                }
            }
            List<String[]> rows = new ArrayList<>();
            while (lines.next()) {
                List<String> fields = fields(lines.text());
                String[] row = new String[columns.length];
                for (int i = 0; i < columns.length; i++) {
                    row[i] = fields.get(header.indexOf(columns[i]));
                }
                rows.add(row);
            }
            return rows;
        } catch (IOException | IndexOutOfBoundsException failure) {
            throw new CorpusException(
                    path + ": cannot be read as a table with the columns " + String.join(", ", columns) + " ("
                            + failure.getMessage() + "). Unpack the archive again.",
                    failure);
        }
    }

    /** Looks at each character once: lines may be long. */
    private static List<String> fields(String line) {
        List<String> fields = new ArrayList<>();
        // Where quotes are not in pairs, what lies before the first counts as quoted.
        boolean quoted = line.chars().filter(each -> each == '"').count() % 2 == 1;
        int begin = 0;
        for (int i = 0; i < line.length(); i++) {
            char each = line.charAt(i);
            if (each == '"') {
                quoted = !quoted;
            } else if (each == ',' && !quoted) {
                fields.add(line.substring(begin, i));
                begin = i + 1;
            }
        }
        fields.add(line.substring(begin));
        return fields;
    }

    /** The rows by their first column, in the order in which they come. */
    static Map<String, List<String[]>> byFirst(List<String[]> rows) {
        Map<String, List<String[]>> byFirst = new LinkedHashMap<>();
        rows.forEach(row ->
                byFirst.computeIfAbsent(row[0], first -> new ArrayList<>()).add(row));
        return byFirst;
    }
}
