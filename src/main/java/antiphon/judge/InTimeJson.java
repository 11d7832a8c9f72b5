package antiphon.judge;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The figures on time for programs. Pure. */
final class InTimeJson {
    private InTimeJson() {}

    /** The report alone, with what was judged. */
    static String of(InTimeReport report, Provenance provenance) {
        Map<String, @Nullable Object> map = Json.beginning(provenance);
        map.put("calls", provenance.corpus());
        map.putAll(of(report));
        return Json.text("in time", map);
    }

    /** A map for each set, by its key. */
    static Map<String, @Nullable Object> of(InTimeReport report) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        report.sets().forEach(set -> map.put(set.key(), set(set)));
        return map;
    }

    private static Map<String, @Nullable Object> set(InTimeSet set) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("calls", set.calls().size());
        Map<String, @Nullable Object> rows = new LinkedHashMap<>();
        set.rows().forEach(row -> rows.put(row.contender().name(), row(row)));
        map.put("means", rows);
        map.put("perCall", set.rows().isEmpty() ? List.of() : perCall(set));
        return map;
    }

    private static Map<String, @Nullable Object> row(InTimeRow row) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("seeds", row.contender().seeds());
        for (InTimeMeasure measure : InTimeMeasure.values()) {
            map.put(measure.key(), Json.interval(row.means().figure(measure)));
        }
        map.put("swingFollowed", Json.number(row.swingFollowed()));
        map.put("intervalsAlikeSameCallOtherSeed", Json.number(row.rhythm().sameCall()));
        map.put("intervalsAlikeOtherCallSameSeed", Json.number(row.rhythm().otherCall()));
        map.put("rhythmsOfItsCall", Json.number(row.rhythm().ofCall()));
        map.put("rhythmsOfOtherCalls", Json.number(row.rhythm().ofOthers()));
        return map;
    }

    private static List<Map<String, @Nullable Object>> perCall(InTimeSet set) {
        InTimeRow improviser = set.rows().getFirst();
        List<Map<String, @Nullable Object>> calls = new ArrayList<>();
        for (int i = 0; i < set.calls().size(); i++) {
            InTimeCall call = set.calls().get(i);
            Map<String, @Nullable Object> map = new LinkedHashMap<>();
            map.put("call", call.name());
            map.put("beatSeconds", call.pulse().beatNanos() / 1e9);
            map.put("stepsPerBeat", call.pulse().stepsPerBeat());
            map.put("swing", Json.number(call.pulse().swing()));
            for (InTimeMeasure measure : InTimeMeasure.values()) {
                map.put(measure.key(), Json.number(improviser.means().ofCall(i, measure)));
            }
            calls.add(map);
        }
        return calls;
    }
}
