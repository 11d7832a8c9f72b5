package antiphon.judge;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The figures on whole answers as lines of text for people: a line for each measure, a column for each contender. Pure. */
final class WholeTable {
    private WholeTable() {}

    /** All sets. */
    static List<String> of(WholeReport report) {
        List<String> lines = new ArrayList<>();
        for (WholeSet set : report.sets()) {
            lines.add("");
            lines.add("Whole answers, " + title(set) + ": mean [95 % interval], shares in percent; * differs from the "
                    + WholeReport.NETWORK + "'s, call by call");
            lines.addAll(lines(set));
        }
        lines.add("");
        lines.add("Chosen answers to held-out calls came from: "
                + report.origins().text());
        return lines;
    }

    /** What it is of, and how many calls. */
    static String title(WholeSet set) {
        return set.title() + " (" + set.calls().size() + ")";
    }

    private static List<String> lines(WholeSet set) {
        if (set.rows().isEmpty()) {
            return List.of();
        }
        List<List<String>> columns = new ArrayList<>();
        columns.add(names(set));
        set.rows().forEach(row -> columns.add(column(set, row)));
        List<String> lines = new ArrayList<>();
        for (int i = 0; i <= set.measures().size(); i++) {
            StringBuilder line = new StringBuilder();
            for (List<String> column : columns) {
                line.append(padded(column.get(i), width(column)));
            }
            lines.add(line.toString().stripTrailing());
        }
        return lines;
    }

    private static List<String> names(WholeSet set) {
        List<String> names = new ArrayList<>(List.of(""));
        set.measures().forEach(measure -> names.add(name(set, measure)));
        return names;
    }

    /** What is measured, and of how many calls if not of all. */
    static String name(WholeSet set, WholeMeasure measure) {
        int measured = set.rows().getFirst().means().measured(measure);
        return measure.text() + (measured == set.calls().size() ? "" : " (" + measured + " calls)");
    }

    private static List<String> column(WholeSet set, WholeRow row) {
        List<String> cells = new ArrayList<>(List.of(row.contender().name()));
        set.measures().forEach(measure -> cells.add(cell(measure, row) + (isOther(set, measure, row) ? "*" : "")));
        return cells;
    }

    private static int width(List<String> column) {
        return column.stream().mapToInt(String::length).max().orElse(0) + 2;
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(width - text.length());
    }

    /** True if the interval of the difference from the network, call by call, is without 0. */
    static boolean isOther(WholeSet set, WholeMeasure measure, WholeRow row) {
        WholeRow network = set.rows().getFirst();
        if (row.equals(network)) {
            return false;
        }
        Interval difference = network.means().less(row.means(), measure);
        return difference.low() > 0 || difference.high() < 0;
    }

    /** A mean with its interval. */
    static String cell(WholeMeasure measure, WholeRow row) {
        Interval figure = row.means().figure(measure);
        return figure.isKnown()
                ? number(measure, figure.value()) + " [" + number(measure, figure.low()) + ", "
                        + number(measure, figure.high()) + "]"
                : "–";
    }

    private static String number(WholeMeasure measure, double value) {
        String text = String.format(
                Locale.ROOT, measure.isPercent() ? "%.1f" : "%.2f", measure.isPercent() ? 100 * value : value);
        String plain = text.matches("-0\\.0+") ? text.substring(1) : text;
        return plain.replace('-', '−');
    }
}
