package antiphon.judge;

import antiphon.improv.Choice;
import antiphon.improv.Origin;
import antiphon.live.Tap;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Where whole answers came from that the improviser chose: how many were drawn by the network alone, how many were
 * developed from the call, and in which way. Filled by whoever plays; one thread.
 */
final class Origins {
    private static final double PERCENT = 100;

    private final Map<Origin, Integer> counts = new EnumMap<>(Origin.class);
    private int total;

    /** What the tap tells: the answer that was chosen is counted. */
    void take(Tap.Entry entry) {
        if (entry.what() == Tap.CHOSEN) {
            add(Choice.originOf(entry.message()));
        }
    }

    /** One more. */
    void add(Origin origin) {
        counts.merge(origin, 1, Integer::sum);
        total++;
    }

    /** Answers that were chosen from several. */
    int total() {
        return total;
    }

    /** The share of each, 0 to 1; empty if there are none. */
    Map<Origin, Double> shares() {
        Map<Origin, Double> shares = new EnumMap<>(Origin.class);
        for (Origin origin : Origin.values()) {
            if (total > 0) {
                shares.put(origin, (double) counts.getOrDefault(origin, 0) / total);
            }
        }
        return shares;
    }

    /** For people. */
    String text() {
        return total == 0
                ? "none was chosen from several"
                : shares().entrySet().stream()
                                .map(each -> name(each.getKey())
                                        + String.format(Locale.ROOT, " %.0f %%", PERCENT * each.getValue()))
                                .collect(Collectors.joining(", "))
                        + " (of " + total + ")";
    }

    /** For people and programs. */
    static String name(Origin origin) {
        return origin.name().toLowerCase(Locale.ROOT);
    }
}
