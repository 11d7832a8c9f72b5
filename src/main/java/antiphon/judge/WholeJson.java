package antiphon.judge;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The figures on whole answers for programs. Pure. */
final class WholeJson {
    private WholeJson() {}

    /** A map for each set, by its key. */
    static Map<String, @Nullable Object> of(WholeReport report) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        report.sets().forEach(set -> map.put(set.key(), set(set)));
        map.put("origins", origins(report.origins()));
        return map;
    }

    private static Map<String, @Nullable Object> origins(Origins origins) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("answers", origins.total());
        origins.shares().forEach((origin, share) -> map.put(Origins.name(origin), share));
        return map;
    }

    private static Map<String, @Nullable Object> set(WholeSet set) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("calls", set.calls().size());
        Map<String, @Nullable Object> means = new LinkedHashMap<>();
        Map<String, @Nullable Object> differences = new LinkedHashMap<>();
        for (WholeRow row : set.rows()) {
            means.put(row.contender().name(), means(set, row));
            if (!row.equals(set.rows().getFirst())) {
                differences.put(row.contender().name(), differences(set, row));
            }
        }
        map.put("means", means);
        map.put(WholeReport.NETWORK + "Less", differences);
        map.put("perCall", perCall(set));
        return map;
    }

    private static Map<String, @Nullable Object> means(WholeSet set, WholeRow row) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("seeds", row.contender().seeds());
        for (WholeMeasure measure : set.measures()) {
            Map<String, @Nullable Object> figure = Json.interval(row.means().figure(measure));
            figure.put("calls", row.means().measured(measure));
            map.put(measure.key(), figure);
        }
        return map;
    }

    private static Map<String, @Nullable Object> differences(WholeSet set, WholeRow row) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        WholeRow network = set.rows().getFirst();
        set.measures()
                .forEach(measure ->
                        map.put(measure.key(), Json.interval(network.means().less(row.means(), measure))));
        return map;
    }

    private static List<Map<String, @Nullable Object>> perCall(WholeSet set) {
        List<Map<String, @Nullable Object>> calls = new ArrayList<>();
        for (int i = 0; i < set.calls().size(); i++) {
            Map<String, @Nullable Object> map = new LinkedHashMap<>();
            map.put("call", set.calls().get(i).name());
            map.put("key", set.calls().get(i).key().text());
            for (WholeRow row : set.rows()) {
                Map<String, @Nullable Object> figures = new LinkedHashMap<>();
                for (WholeMeasure measure : set.measures()) {
                    figures.put(measure.key(), Json.number(row.means().ofCall(i, measure)));
                }
                map.put(row.contender().name(), figures);
            }
            calls.add(map);
        }
        return calls;
    }
}
