package antiphon.judge.beat;

import antiphon.corpus.BeatPiece;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How the tracker did on one set, played in one way; means over the pieces. Immutable.
 *
 * @param set of the data
 * @param playing how it was played
 * @param pieces how many
 * @param windows from 2, 4 and 8 s after the first onset on
 * @param sureAfterSeconds until it was sure for the first time, the median of all pieces; infinite if half never were
 * @param never share of pieces of which it was never sure
 * @param levels share of looks at which the beat was at each {@link Level}, in their order, by their names in small letters
 */
public record BeatScore(
        String set,
        String playing,
        int pieces,
        List<Window> windows,
        double sureAfterSeconds,
        double never,
        Map<String, Double> levels) {
    private static final double[] FROM_SECONDS = {2, 4, 8};

    /** The measures from so many seconds on, 0 to 1; see {@link BeatMeasures} and {@link BeatTrial#grid}. */
    public record Window(double fromSeconds, double near, double cmlt, double amlt, double grid) {}

    static BeatScore of(String set, Playing playing, List<BeatPiece> excerpts) {
        List<BeatTrial> trials =
                excerpts.stream().map(playing::play).map(BeatTrial::of).toList();
        List<Window> windows = new ArrayList<>();
        for (double from : FROM_SECONDS) {
            windows.add(window(from, trials));
        }
        double[] sure = trials.stream()
                .mapToDouble(BeatTrial::sureAfterSeconds)
                .sorted()
                .toArray();
        double median = sure[sure.length / 2];
        return new BeatScore(
                set,
                playing.label(),
                trials.size(),
                windows,
                Double.isNaN(median) ? Double.POSITIVE_INFINITY : median,
                Arrays.stream(sure).filter(Double::isNaN).count() / (double) sure.length,
                levels(trials));
    }

    private static Window window(double from, List<BeatTrial> trials) {
        double near = 0;
        double cmlt = 0;
        double amlt = 0;
        double grid = 0;
        for (BeatTrial trial : trials) {
            double[] truth = trial.truth(from);
            double[] found = trial.found(from);
            near += BeatMeasures.near(truth, found);
            cmlt += BeatMeasures.cmlt(truth, found);
            amlt += BeatMeasures.amlt(truth, found);
            grid += trial.grid(from);
        }
        int count = trials.size();
        return new Window(from, near / count, cmlt / count, amlt / count, grid / count);
    }

    private static Map<String, Double> levels(List<BeatTrial> trials) {
        double looks = trials.stream()
                .flatMap(trial -> trial.levels().values().stream())
                .mapToInt(Integer::intValue)
                .sum();
        Map<String, Double> shares = new LinkedHashMap<>();
        for (Level level : Level.values()) {
            double count = trials.stream()
                    .mapToInt(trial -> trial.levels().getOrDefault(level, 0))
                    .sum();
            shares.put(level.name().toLowerCase(Locale.ROOT), count / looks);
        }
        return shares;
    }

    /** For a machine to read. */
    public Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("set", set);
        map.put("playing", playing);
        map.put("pieces", pieces);
        for (Window window : windows) {
            Map<String, Object> measures = new LinkedHashMap<>();
            measures.put("near", window.near);
            measures.put("cmlt", window.cmlt);
            measures.put("amlt", window.amlt);
            measures.put("grid", window.grid);
            map.put("from" + Math.round(window.fromSeconds), measures);
        }
        map.put("sureAfterSeconds", Double.isInfinite(sureAfterSeconds) ? null : sureAfterSeconds);
        map.put("never", never);
        map.putAll(levels);
        return map;
    }
}
