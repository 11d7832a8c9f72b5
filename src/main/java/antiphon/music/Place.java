package antiphon.music;

import antiphon.HotPath;

/**
 * Where in the beat an {@link Event} falls, packed into an int as the event is: in bits 0–6 the {@link Vocabulary} bin
 * of the time since the last onset, in 7–16 the phase within the beat in 1,024ths, in 17–25 the beat's period on a
 * logarithmic scale from 0.2 to 2 s, in 26–28 how sure the pulse is, in 29–31 how many steps the beat divides into.
 *
 * <p>Where there is no pulse it is sure by 0, and phase, period and steps are 0. All methods are pure and safe for any
 * thread.
 */
public final class Place {
    /** What the network is told of a place: since, phase, tempo, sureness, steps. */
    public static final int FIELDS = 5;

    /** Parts of a beat that the network tells apart. */
    public static final int PHASES = 48;

    /** The phase of an event where there is no pulse. */
    public static final int NO_PHASE = PHASES;

    /** Tempos that the network tells apart. */
    public static final int TEMPOS = 16;

    /** The tempo where there is no pulse. */
    public static final int NO_TEMPO = TEMPOS;

    /** The highest sureness; 0 is no pulse. */
    public static final int SUREST = 7;

    /** Beats shorter or longer than these are no pulse. */
    public static final double SHORTEST_NANOS = 0.2e9;

    public static final double LONGEST_NANOS = 2e9;

    private static final int STEPS = 8;
    private static final int TIME_MASK = 0x7F;
    private static final int[] FIELD_SIZES = {Vocabulary.TIME_BINS, PHASES + 1, TEMPOS + 1, SUREST + 1, STEPS};
    private static final String[] FIELD_NAMES = {"since", "phase", "tempo", "sureness", "steps"};

    private static final int PHASE_SHIFT = 7;
    private static final int PERIOD_SHIFT = 17;
    private static final int SURE_SHIFT = 26;
    private static final int STEPS_SHIFT = 29;
    private static final int FINE_PHASES = 1 << (PERIOD_SHIFT - PHASE_SHIFT);
    private static final int PERIODS = 1 << (SURE_SHIFT - PERIOD_SHIFT);
    private static final double[] PERIOD_NANOS = new double[PERIODS];

    static {
        for (int i = 0; i < PERIODS; i++) {
            PERIOD_NANOS[i] = SHORTEST_NANOS * Math.pow(LONGEST_NANOS / SHORTEST_NANOS, i / (PERIODS - 1.0));
        }
    }

    private Place() {}

    /** A place without a pulse. */
    @HotPath
    public static int free(int sinceBin) {
        return sinceBin;
    }

    /**
     * A place in a beat; without a pulse if the confidence rounds to 0 or the period is out of range.
     *
     * @param phase 0 up to 1
     * @param confidence 0–1
     * @param steps of the beat, 1–7
     */
    @HotPath
    public static int of(int sinceBin, double phase, double periodNanos, double confidence, int steps) {
        int sure = (int) Math.rint(confidence * SUREST);
        if (sure == 0 || !(periodNanos >= SHORTEST_NANOS && periodNanos <= LONGEST_NANOS)) {
            return free(sinceBin);
        }
        int finePhase = (int) (phase * FINE_PHASES) & (FINE_PHASES - 1);
        return sinceBin
                | finePhase << PHASE_SHIFT
                | period(periodNanos) << PERIOD_SHIFT
                | sure << SURE_SHIFT
                | steps << STEPS_SHIFT;
    }

    /** The nearest period from below of the scale. */
    private static int period(double nanos) {
        int low = 0;
        int high = PERIODS - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (PERIOD_NANOS[middle] <= nanos) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low < PERIODS - 1 && PERIOD_NANOS[low + 1] - nanos < nanos - PERIOD_NANOS[low] ? low + 1 : low;
    }

    /** Number of values of what the network is told, in the order since, phase, tempo, sureness, steps. */
    @HotPath
    public static int fieldSize(int field) {
        return FIELD_SIZES[field];
    }

    /** Its name in model files. */
    public static String fieldName(int field) {
        return FIELD_NAMES[field];
    }

    /** What the network is told of a place, by its number: see {@link #fieldSize}. */
    @HotPath
    public static int field(int place, int field) {
        return switch (field) {
            case 0 -> place & TIME_MASK;
            case 1 -> sure(place) == 0 ? NO_PHASE : (place >>> PHASE_SHIFT & (FINE_PHASES - 1)) * PHASES / FINE_PHASES;
            case 2 -> sure(place) == 0 ? NO_TEMPO : (place >>> PERIOD_SHIFT & (PERIODS - 1)) * TEMPOS / PERIODS;
            case 3 -> sure(place);
            default -> place >>> STEPS_SHIFT;
        };
    }

    /** How sure the pulse is: 0 to {@value #SUREST}. */
    @HotPath
    public static int sure(int place) {
        return place >>> SURE_SHIFT & SUREST;
    }

    /** The same as a share: 0 to 1. */
    @HotPath
    public static float sureness(int place) {
        return (float) sure(place) / SUREST;
    }

    /** Length of the beat; meaningless without a pulse. */
    @HotPath
    public static double periodNanos(int place) {
        return PERIOD_NANOS[place >>> PERIOD_SHIFT & (PERIODS - 1)];
    }

    /** Phase at which an event so long after this one would land: 0 up to 1; meaningless without a pulse. */
    @HotPath
    public static double landing(int place, long gapNanos) {
        double phase =
                (double) (place >>> PHASE_SHIFT & (FINE_PHASES - 1)) / FINE_PHASES + gapNanos / periodNanos(place);
        return phase - Math.floor(phase);
    }

    /** The same after a gap of this bin, in the parts of the beat that the network tells apart: 0 to {@value #PHASES}. */
    @HotPath
    public static float landingPhase(int place, int timeBin) {
        return (float) (landing(place, Vocabulary.timeNanos(timeBin)) * PHASES);
    }
}
