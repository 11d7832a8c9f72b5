package antiphon.midi.file;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Turns ticks into nanoseconds. The time since the start is kept as a whole number of ticks times microseconds and
 * divided once per question, so rounding never adds up: every answer is within half a nanosecond of the file's own
 * time. Immutable.
 */
final class TempoMap {
    /** The tempo of a file that names none: 120 quarter notes a minute. */
    static final int DEFAULT_MICROS_PER_QUARTER = 500_000;

    /** A quarter note lasts so long from this tick on. Of two changes at one tick the later in the file counts. */
    record Change(long tick, int microsPerQuarter) {}

    private final List<Change> used;

    /** Start of each stretch of constant tempo. */
    private final long[] ticks;

    /** Time passed at the start of the stretch, in units of {@code numerator / denominator} nanoseconds. */
    private final long[] units;

    private final int[] unitsPerTick;
    private final long numerator;
    private final long denominator;

    /** @param changes of all tracks, in the order in which they stand in the file */
    TempoMap(TimeDivision division, List<Change> changes) {
        used = division.isSmpte() ? List.of(new Change(0, 1)) : lastOfEachTick(changes);
        ticks = used.stream().mapToLong(Change::tick).toArray();
        unitsPerTick = used.stream().mapToInt(Change::microsPerQuarter).toArray();
        units = new long[ticks.length];
        for (int i = 1; i < ticks.length; i++) {
            units[i] = unitsAt(i - 1, ticks[i]);
        }
        switch (division.framesPerSecond()) {
            case 0 -> {
                numerator = 1_000;
                denominator = division.ticks();
            }
            case 29 -> {
                numerator = 1_001_000_000_000L;
                denominator = 30_000L * division.ticks();
            }
            default -> {
                numerator = 1_000_000_000;
                denominator = (long) division.framesPerSecond() * division.ticks();
            }
        }
    }

    /** The tempos by time, without those that say the same again; the standard one where ticks are parts of frames. */
    List<Timeline.Tempo> tempos(long untilNanos, TimeDivision division) {
        List<Timeline.Tempo> tempos = new ArrayList<>();
        for (Change change : division.isSmpte() ? List.<Change>of() : used) {
            long nanos = nanosAt(change.tick());
            boolean again = !tempos.isEmpty() && tempos.getLast().microsPerQuarter() == change.microsPerQuarter();
            if (!again && (nanos <= untilNanos || tempos.isEmpty())) {
                tempos.add(new Timeline.Tempo(nanos, change.microsPerQuarter()));
            }
        }
        return tempos.isEmpty() ? Timeline.STANDARD.tempos() : tempos;
    }

    /** Nanoseconds from the start; {@code Long.MAX_VALUE} for ticks so late that a long cannot hold them. */
    long nanosAt(long tick) {
        long passed = unitsAt(stretchAt(tick), tick);
        long whole = passed / denominator;
        if (whole >= Long.MAX_VALUE / numerator) {
            return Long.MAX_VALUE;
        }
        return whole * numerator + (passed % denominator * numerator + denominator / 2) / denominator;
    }

    private static List<Change> lastOfEachTick(List<Change> changes) {
        List<Change> sorted = new ArrayList<>(changes);
        sorted.sort(Comparator.comparingLong(Change::tick));
        List<Change> used = new ArrayList<>();
        used.add(new Change(0, DEFAULT_MICROS_PER_QUARTER));
        for (Change change : sorted) {
            if (used.getLast().tick() == change.tick()) {
                used.removeLast();
            }
            used.add(change);
        }
        return used;
    }

    /** The last stretch that begins at or before the tick. */
    private int stretchAt(long tick) {
        int found = Arrays.binarySearch(ticks, tick);
        return found >= 0 ? found : -found - 2;
    }

    private long unitsAt(int stretch, long tick) {
        long elapsed = tick - ticks[stretch];
        long product = elapsed * unitsPerTick[stretch];
        long sum = units[stretch] + product;
        boolean overflow = Math.multiplyHigh(elapsed, unitsPerTick[stretch]) != 0 || product < 0 || sum < 0;
        return overflow ? Long.MAX_VALUE : sum;
    }
}
