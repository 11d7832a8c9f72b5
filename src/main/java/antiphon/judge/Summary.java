package antiphon.judge;

import java.util.List;
import java.util.Locale;

/** The figures as text: for the terminal, and single ones for the page. Pure. */
final class Summary {
    private Summary() {}

    /** A line for each bar, one for each strawman, and the verdict. */
    static String of(Report report) {
        StringBuilder text = new StringBuilder();
        for (Bar bar : report.bars()) {
            text.append(line(bar));
        }
        for (Judgement strawman : report.strawmen()) {
            text.append(String.format(
                    Locale.ROOT,
                    "%-8s %s: misses %s%n",
                    strawman.isPassed() ? "MISSED" : "ok",
                    strawman.contender().name(),
                    strawman.isPassed() ? "no bar, but should miss one" : String.join(", ", missed(strawman.bars()))));
        }
        for (Judgement variant : report.variants()) {
            text.append(variant.contender().name() + ": misses "
                    + (variant.isPassed() ? "no bar" : String.join(", ", missed(variant.bars())))
                    + System.lineSeparator());
        }
        text.append(keyChange(report.keyChange())).append(System.lineSeparator());
        report.inTime().sets().stream()
                .flatMap(set -> InTimeTable.means(set).stream())
                .forEach(line -> text.append(line).append(System.lineSeparator()));
        WholeTable.of(report.wholes()).forEach(line -> text.append(line).append(System.lineSeparator()));
        return text.toString();
    }

    private static String line(Bar bar) {
        return String.format(
                Locale.ROOT,
                "%-8s %s %s: %s; bar: %s%n",
                bar.isPassed() ? "ok" : "MISSED",
                bar.subject(),
                bar.measure(),
                figure(bar),
                bound(bar));
    }

    static List<String> missed(List<Bar> bars) {
        return bars.stream().filter(bar -> !bar.isPassed()).map(Bar::measure).toList();
    }

    /** A figure with its interval. */
    static String figure(Bar bar) {
        return bar.figure().isKnown()
                ? number(bar.figure().value(), bar.percent()) + interval(bar.figure(), bar.percent())
                : "not measurable";
    }

    static String interval(Interval figure, boolean percent) {
        return Double.isFinite(figure.low())
                ? " [" + number(figure.low(), percent) + ", " + number(figure.high(), percent) + "]"
                : "";
    }

    static String bound(Bar bar) {
        return (bar.minimum() ? "at least " : "at most ") + number(bar.bound(), bar.percent());
    }

    static String number(double value, boolean percent) {
        if (!Double.isFinite(value)) {
            return "–";
        }
        // A minus sign instead of a hyphen, and no "−0".
        String text = String.format(Locale.ROOT, percent ? "%.0f" : "%.2f", percent ? 100 * value : value);
        String plain = text.matches("-0(\\.0+)?") ? text.substring(1) : text;
        return plain.replace('-', '−') + (percent ? " %" : "");
    }

    static String keyChange(KeyChange change) {
        if (change.sessions() == 0) {
            return "key change: no piece has five phrases in a row to try it with";
        }
        String back = change.notes().isKnown()
                ? "back within 5 points after " + Math.round(change.notes().value()) + " notes"
                : "not back within 5 points";
        return String.format(
                Locale.ROOT,
                "key change: in-key rate %s before; %s (95 %%: %.0f to %.0f; %d conversations)",
                number(change.before().value(), true),
                back,
                change.notes().low(),
                change.notes().high(),
                change.sessions());
    }
}
