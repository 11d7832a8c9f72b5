package antiphon.judge;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * How one partner plays with all songs. Immutable.
 *
 * @param name for people
 * @param figures means over songs, with the interval of songs drawn again
 */
record HarmonyRow(String name, Map<HarmonyMeasure, Interval> figures) {
    static HarmonyRow of(String name, List<Map<HarmonyMeasure, Double>> songs) {
        Map<HarmonyMeasure, Interval> figures = new EnumMap<>(HarmonyMeasure.class);
        int[] places = IntStream.range(0, songs.size()).toArray();
        for (HarmonyMeasure measure : HarmonyMeasure.values()) {
            double[] values =
                    songs.stream().mapToDouble(song -> song.get(measure)).toArray();
            figures.put(measure, Statistics.meanOfKnownWithInterval(values, places));
        }
        return new HarmonyRow(name, figures);
    }
}
