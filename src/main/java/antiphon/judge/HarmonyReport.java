package antiphon.judge;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How the partner plays with tunes whose chords are known, beside others. Immutable. */
public final class HarmonyReport {
    private static final int NAME_WIDTH = 26;
    private static final int WIDTH = 18;

    private final List<HarmonyRow> rows;
    private final int songs;

    HarmonyReport(List<HarmonyRow> rows, int songs) {
        this.rows = List.copyOf(rows);
        this.songs = songs;
    }

    /** For a machine to read. */
    public Map<String, @Nullable Object> toMap() {
        Map<String, @Nullable Object> partners = new LinkedHashMap<>();
        for (HarmonyRow row : rows) {
            Map<String, @Nullable Object> figures = new LinkedHashMap<>();
            row.figures().forEach((measure, interval) -> figures.put(measure.key(), Json.interval(interval)));
            partners.put(row.name(), figures);
        }
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("songs", songs);
        map.put("partners", partners);
        return map;
    }

    /** A table for people, then what its columns mean. */
    public List<String> table() {
        List<String> lines = new ArrayList<>();
        StringBuilder head = new StringBuilder(padded("mean of " + songs + " songs [95 %]", NAME_WIDTH));
        for (HarmonyMeasure measure : HarmonyMeasure.values()) {
            head.append(padded(measure.text(), WIDTH));
        }
        lines.add(head.toString().stripTrailing());
        for (HarmonyRow row : rows) {
            StringBuilder line = new StringBuilder(padded(row.name(), NAME_WIDTH));
            row.figures().forEach((measure, interval) -> line.append(padded(cell(measure, interval), WIDTH)));
            lines.add(line.toString().stripTrailing());
        }
        for (HarmonyMeasure measure : HarmonyMeasure.values()) {
            lines.add(padded(measure.text() + (measure.isPercent() ? ", %" : ""), NAME_WIDTH) + measure.meaning());
        }
        lines.add(
                "Published for partners that add chords to a tune as it is played, in chord, %: 37 by likelihood alone,"
                        + " 50 tuned against a critic, 73 people.");
        return lines;
    }

    private static String cell(HarmonyMeasure measure, Interval interval) {
        if (!interval.isKnown()) {
            return "-";
        }
        double factor = measure.isPercent() ? 100 : 1;
        String format = measure.isPercent() ? "%.1f [%.1f, %.1f]" : "%.2f [%.2f, %.2f]";
        return String.format(
                Locale.ROOT, format, factor * interval.value(), factor * interval.low(), factor * interval.high());
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(Math.max(1, width - text.length()));
    }
}
