package antiphon.judge;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The figures on time as lines of text for people. Pure. */
final class InTimeTable {
    private static final String NAME = "%-30s";

    private InTimeTable() {}

    /** The means of all contenders, and with them how alike the rhythms are. */
    static List<String> means(InTimeSet set) {
        List<String> lines = new ArrayList<>();
        lines.add(set.title() + ": " + set.calls().size() + " steady calls; shares in percent, chance in brackets");
        if (set.rows().isEmpty()) {
            return lines;
        }
        lines.add("");
        StringBuilder head = new StringBuilder(NAME.formatted(""));
        for (InTimeMeasure measure : InTimeMeasure.values()) {
            head.append("  ").append(measure.text());
        }
        lines.add(head + "  swing followed");
        for (InTimeRow row : set.rows()) {
            StringBuilder line =
                    new StringBuilder(NAME.formatted(row.contender().name()));
            for (InTimeMeasure measure : InTimeMeasure.values()) {
                line.append("  ").append(cell(measure, row.figure(measure).value()));
            }
            lines.add(line + "  " + right("swing followed", number("%.2f", row.swingFollowed())));
        }
        lines.add("");
        rhythm(set, lines);
        return lines;
    }

    private static void rhythm(InTimeSet set, List<String> lines) {
        lines.add(NAME.formatted("rhythm alike")
                + "     r, same call, other seed  other call, same seed  figures of its call"
                + "  of other calls  difference");
        for (InTimeRow row : set.rows()) {
            RhythmFigures rhythm = row.rhythm();
            lines.add(String.format(
                    Locale.ROOT,
                    NAME + "  %27s  %21s  %19s  %14s  %10s",
                    row.contender().name(),
                    number("%.2f", rhythm.sameCall()),
                    number("%.2f", rhythm.otherCall()),
                    number("%.0f", 100 * rhythm.ofCall()),
                    number("%.0f", 100 * rhythm.ofOthers()),
                    number("%.0f", 100 * (rhythm.ofCall() - rhythm.ofOthers()))));
        }
    }

    /** The improviser's answers, call by call. */
    static List<String> calls(InTimeSet set) {
        if (set.rows().isEmpty()) {
            return List.of();
        }
        InTimeRow row = set.rows().getFirst();
        List<String> lines = new ArrayList<>();
        StringBuilder head =
                new StringBuilder(NAME.formatted(row.contender().name() + ", call by call") + "  beats/min");
        for (InTimeMeasure measure : InTimeMeasure.values()) {
            head.append("  ").append(measure.text());
        }
        lines.add(head.toString());
        for (int i = 0; i < set.calls().size(); i++) {
            InTimeCall call = set.calls().get(i);
            StringBuilder line = new StringBuilder(NAME.formatted(call.name()));
            line.append(
                    String.format(Locale.ROOT, "  %9.0f", 60e9 / call.pulse().beatNanos()));
            for (InTimeMeasure measure : InTimeMeasure.values()) {
                line.append("  ").append(cell(measure, row.ofCall(i, measure)));
            }
            lines.add(line.toString());
        }
        return lines;
    }

    private static String cell(InTimeMeasure measure, double value) {
        return right(measure.text(), text(measure, value));
    }

    private static String right(String head, String text) {
        return " ".repeat(Math.max(0, head.length() - text.length())) + text;
    }

    /** One figure, without the sign of percent; chance in brackets. */
    static String text(InTimeMeasure measure, double value) {
        String number = measure.isPercent() ? number("%.0f", 100 * value) : number("%.2f", value);
        return measure.text().startsWith("(") && !number.equals("–") ? "(" + number + ")" : number;
    }

    /** A dash where there is no number. */
    static String number(String format, double value) {
        return Double.isFinite(value) ? String.format(Locale.ROOT, format, value) : "–";
    }
}
