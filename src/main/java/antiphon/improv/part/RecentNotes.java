package antiphon.improv.part;

import antiphon.HotPath;

/** How many notes were begun lately: the longer ago, the less one counts. One thread; allocates nothing. */
@HotPath
final class RecentNotes {
    private final double memoryNanos;
    private double notes;
    private long lastNanos;

    /** @param memoryNanos a note that began so long ago counts for 1 / e */
    RecentNotes(double memoryNanos) {
        this.memoryNanos = memoryNanos;
    }

    /** None were. */
    void restart(long nanos) {
        notes = 0;
        lastNanos = nanos;
    }

    void add(long nanos) {
        notes = at(nanos) + 1;
        lastNanos = Math.max(lastNanos, nanos);
    }

    /** Notes, each by what it counts at this time. */
    double at(long nanos) {
        return notes * faded(nanos - lastNanos);
    }

    private double faded(long pastNanos) {
        return StrictMath.exp(-Math.max(0, pastNanos) / memoryNanos);
    }

    /** What notes of a steady pace would count by now that began at a time, as a time by which the pace is multiplied. */
    double spanNanos(long sinceNanos, long nanos) {
        return memoryNanos * (1 - faded(nanos - sinceNanos));
    }

    /**
     * How far ahead of what is expected they are: the logarithm of how many times as many.
     *
     * @param slack so many notes more or less mean little
     */
    double ahead(double expected, double slack, long nanos) {
        return StrictMath.log((at(nanos) + slack) / (expected + slack));
    }

    void copyFrom(RecentNotes other) {
        notes = other.notes;
        lastNanos = other.lastNanos;
    }
}
