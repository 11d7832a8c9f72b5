package antiphon.judge;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * How one partner takes turns in all performances; shares with 95 % intervals over performances. Immutable.
 *
 * @param name for people
 * @param interrupted share of phrases in which it interrupts
 * @param late share of phrases that leave room after which it comes late or never
 * @param lateTapped the same, by the beat that people would tap
 * @param never share of the same after which it does not come
 * @param medianSeconds from the end of such a phrase to its first note, if it comes
 * @param medianBeats the same in beats
 */
record TurnRow(
        String name,
        Interval interrupted,
        Interval late,
        Interval lateTapped,
        Interval never,
        double medianSeconds,
        double medianBeats) {
    static TurnRow of(String name, List<List<PhraseTurn>> performances) {
        List<PhraseTurn> turns = performances.stream().flatMap(List::stream).toList();
        int[] pieces = IntStream.range(0, performances.size())
                .flatMap(i -> IntStream.range(0, performances.get(i).size()).map(turn -> i))
                .toArray();
        return new TurnRow(
                name,
                Statistics.meanOfKnownWithInterval(all(turns, PhraseTurn::interrupted), pieces),
                Statistics.meanOfKnownWithInterval(all(turns, PhraseTurn::late), pieces),
                Statistics.meanOfKnownWithInterval(all(turns, PhraseTurn::lateTapped), pieces),
                Statistics.meanOfKnownWithInterval(all(turns, PhraseTurn::never), pieces),
                Statistics.quantile(all(turns, PhraseTurn::seconds), 0.5),
                Statistics.quantile(all(turns, PhraseTurn::beats), 0.5));
    }

    private static double[] all(List<PhraseTurn> turns, ToDoubleFunction<PhraseTurn> figure) {
        return turns.stream().mapToDouble(figure).toArray();
    }

    /** For a machine to read. */
    Map<String, @Nullable Object> toMap() {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("name", name);
        map.put("interrupted", Json.interval(interrupted));
        map.put("late", Json.interval(late));
        map.put("lateTapped", Json.interval(lateTapped));
        map.put("never", Json.interval(never));
        map.put("medianSeconds", Json.number(medianSeconds));
        map.put("medianBeats", Json.number(medianBeats));
        return map;
    }
}
