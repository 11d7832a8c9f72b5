package antiphon.midi.file;

import java.util.List;

/**
 * Where the ticks of a file that is written lie in time. A quarter note has {@value #TICKS} ticks where none lasts longer
 * than half a second, and as many times more as the slowest is slower, so that a tick is never longer than 0.52 ms.
 * Changes of tempo stand on ticks; what that moves them by is not added up. Immutable.
 */
final class TickGrid {
    private static final int TICKS = 960;
    private static final int MICROS_OF_TICKS = 500_000;
    private static final int MAX_TIMES = 0x7FFF / TICKS;

    private final int ticksPerQuarter;

    /** Of each stretch of one tempo: where it begins, and how long a quarter note is. */
    private final long[] ticks;

    private final long[] nanos;
    private final long[] nanosPerQuarter;

    TickGrid(List<Timeline.Tempo> tempos) {
        int slowest =
                tempos.stream().mapToInt(Timeline.Tempo::microsPerQuarter).max().orElse(MICROS_OF_TICKS);
        ticksPerQuarter = TICKS * Math.clamp(Math.ceilDiv(slowest, MICROS_OF_TICKS), 1, MAX_TIMES);
        ticks = new long[tempos.size()];
        nanos = new long[tempos.size()];
        nanosPerQuarter = new long[tempos.size()];
        for (int i = 0; i < ticks.length; i++) {
            nanosPerQuarter[i] = tempos.get(i).microsPerQuarter() * 1_000L;
            if (i > 0) {
                ticks[i] = Math.max(ticks[i - 1], tickAt(i - 1, tempos.get(i).nanos()));
                long passed = ticks[i] - ticks[i - 1];
                nanos[i] = nanos[i - 1]
                        + passed / ticksPerQuarter * nanosPerQuarter[i - 1]
                        + passed % ticksPerQuarter * nanosPerQuarter[i - 1] / ticksPerQuarter;
            }
        }
    }

    int ticksPerQuarter() {
        return ticksPerQuarter;
    }

    /** The tick nearest to a time, 0 or more. */
    long tickAt(long atNanos) {
        int low = 0;
        int high = ticks.length - 1;
        while (low < high) {
            int middle = (low + high + 1) / 2;
            if (nanos[middle] <= atNanos) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        long tick = tickAt(low, atNanos);
        return low + 1 < ticks.length ? Math.min(tick, ticks[low + 1]) : tick;
    }

    /** Divides first: the product would overflow after some months. */
    private long tickAt(int stretch, long atNanos) {
        long passed = Math.max(0, atNanos - nanos[stretch]);
        long quarter = nanosPerQuarter[stretch];
        return ticks[stretch]
                + passed / quarter * ticksPerQuarter
                + (passed % quarter * ticksPerQuarter + quarter / 2) / quarter;
    }
}
