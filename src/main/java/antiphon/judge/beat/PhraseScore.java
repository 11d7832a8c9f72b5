package antiphon.judge.beat;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * At which tempo phrases of one kind are heard, for each tempo that they are played at. Immutable.
 *
 * @param name for people
 * @param phrases how many
 * @param shares for each of {@link #TEMPOS}, the share of each {@link Level} that occurred
 */
record PhraseScore(String name, int phrases, List<Map<Level, Double>> shares) {
    /** Beats a minute. */
    static final List<Integer> TEMPOS =
            IntStream.rangeClosed(15, 50).map(i -> 4 * i).boxed().toList();

    private static final double[] UNEVEN_NANOS = {0, 10e6, 20e6};

    private static final Map<Level, String> SIGNS =
            Map.of(Level.RIGHT, "=", Level.HALF, "h", Level.DOUBLE, "d", Level.OFF_BEAT, "o", Level.UNSURE, "?");

    PhraseScore {
        shares = List.copyOf(shares);
    }

    /** Plays each phrase at each tempo evenly and unevenly, so often in each way. */
    static PhraseScore of(String name, List<ShortPhrase> phrases, int seeds) {
        List<Map<Level, Double>> shares = new ArrayList<>();
        for (int tempo : TEMPOS) {
            Map<Level, Double> counts = new EnumMap<>(Level.class);
            double one = 1.0 / (phrases.size() * UNEVEN_NANOS.length * seeds);
            for (ShortPhrase phrase : phrases) {
                for (double uneven : UNEVEN_NANOS) {
                    for (int seed = 0; seed < seeds; seed++) {
                        counts.merge(PhraseTrial.of(phrase, tempo, uneven, seed), one, Double::sum);
                    }
                }
            }
            shares.add(counts);
        }
        return new PhraseScore(name, phrases.size(), shares);
    }

    /** How often a level was found at one of {@link #TEMPOS}, 0 to 1. */
    double share(int tempo, Level level) {
        return shares.get(TEMPOS.indexOf(tempo)).getOrDefault(level, 0.0);
    }

    /** The mean of {@link #share} from one tempo to another. */
    double share(int lowest, int highest, Level level) {
        return TEMPOS.stream()
                .filter(tempo -> tempo >= lowest && tempo <= highest)
                .mapToDouble(tempo -> share(tempo, level))
                .average()
                .orElse(Double.NaN);
    }

    /** A sign for each tempo: what was found most often there; a dot for what has none of its own. */
    String signs() {
        StringBuilder signs = new StringBuilder();
        for (Map<Level, Double> each : shares) {
            Level most = Level.OTHER;
            for (Map.Entry<Level, Double> entry : each.entrySet()) {
                most = entry.getValue() > each.getOrDefault(most, 0.0) ? entry.getKey() : most;
            }
            signs.append(SIGNS.getOrDefault(most, "."));
        }
        return signs.toString();
    }

    /** For a machine to read. */
    Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("set", name);
        map.put("pieces", phrases);
        Function<Level, List<Double>> all =
                level -> TEMPOS.stream().map(tempo -> share(tempo, level)).toList();
        map.put("beatsPerMinute", TEMPOS);
        for (Level level : Level.values()) {
            map.put(level.name().toLowerCase(Locale.ROOT), all.apply(level));
        }
        return map;
    }
}
