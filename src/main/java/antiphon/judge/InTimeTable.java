package antiphon.judge;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;

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
        lines.add(NAME.formatted("") + cells(InTimeMeasure::text) + "  swing followed");
        for (InTimeRow row : set.rows()) {
            lines.add(NAME.formatted(row.contender().name())
                    + cells(measure -> cell(measure, row.means().figure(measure).value()))
                    + "  " + right("swing followed", number("%.2f", row.swingFollowed())));
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
        lines.add(
                NAME.formatted(row.contender().name() + ", call by call") + "  beats/min" + cells(InTimeMeasure::text));
        for (int i = 0; i < set.calls().size(); i++) {
            InTimeCall call = set.calls().get(i);
            int number = i;
            lines.add(NAME.formatted(call.name())
                    + String.format(Locale.ROOT, "  %9.0f", 60e9 / call.pulse().beatNanos())
                    + cells(measure -> cell(measure, row.means().ofCall(number, measure))));
        }
        return lines;
    }

    /** Of all measures, side by side. */
    private static String cells(Function<InTimeMeasure, String> cell) {
        return Arrays.stream(InTimeMeasure.values())
                .map(measure -> "  " + cell.apply(measure))
                .collect(Collectors.joining());
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
