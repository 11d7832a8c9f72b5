package antiphon.corpus;

import java.util.Map;
import java.util.TreeMap;

/** What an import kept of one data set, and what it dropped and why. One thread. */
public final class ImportTally {
    private final String name;
    private final Map<String, Integer> dropped = new TreeMap<>();
    private int pieces;
    private long notes;
    private double seconds;

    ImportTally(String name) {
        this.name = name;
    }

    void keep(Piece piece) {
        pieces++;
        notes += piece.performance().notes().size();
        seconds += piece.performance().endNanos() / 1e9;
    }

    void drop(String reason) {
        dropped.merge(reason, 1, Integer::sum);
    }

    /** The data set, or the folder or file. */
    public String name() {
        return name;
    }

    public int pieces() {
        return pieces;
    }

    public long notes() {
        return notes;
    }

    /** How long the kept pieces last together. */
    public double hours() {
        return seconds / 3600;
    }

    int dropped(String reason) {
        return dropped.getOrDefault(reason, 0);
    }

    /** How many pieces were dropped for which reason. */
    public Map<String, Integer> dropped() {
        return Map.copyOf(dropped);
    }
}
