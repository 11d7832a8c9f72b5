package antiphon.judge;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The figures on whole answers as lines of text for people: a line for each measure, a column for each contender. Pure. */
final class WholeTable {
    private static final int NAME = 34;
    private static final int COLUMN = 24;

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
        return lines;
    }

    /** What it is of, and how many calls. */
    static String title(WholeSet set) {
        return set.title() + " (" + set.calls().size() + ")";
    }

    private static List<String> lines(WholeSet set) {
        List<String> lines = new ArrayList<>();
        if (set.rows().isEmpty()) {
            return lines;
        }
        StringBuilder head = new StringBuilder(" ".repeat(NAME));
        set.rows().forEach(row -> head.append(padded(row.contender().name(), COLUMN)));
        lines.add(head.toString().stripTrailing());
        for (WholeMeasure measure : set.measures()) {
            StringBuilder line = new StringBuilder(padded(measure.text(), NAME));
            for (WholeRow row : set.rows()) {
                line.append(padded(cell(measure, row) + (isOther(set, measure, row) ? "*" : ""), COLUMN));
            }
            lines.add(line.toString().stripTrailing());
        }
        return lines;
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(Math.max(1, width - text.length()));
    }

    /** True if the interval of the difference from the network, call by call, is without 0. */
    static boolean isOther(WholeSet set, WholeMeasure measure, WholeRow row) {
        WholeRow network = set.rows().getFirst();
        if (row.equals(network)) {
            return false;
        }
        Interval difference = network.less(row, measure);
        return difference.low() > 0 || difference.high() < 0;
    }

    /** A mean with its interval. */
    static String cell(WholeMeasure measure, WholeRow row) {
        Interval figure = row.figure(measure);
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
