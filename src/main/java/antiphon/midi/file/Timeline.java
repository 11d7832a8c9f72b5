package antiphon.midi.file;

import java.util.List;

/**
 * The tempos and metres of a piece: where in time each begins to hold. Immutable.
 *
 * @param tempos in order, the first at 0
 * @param metres in order, the first at 0
 */
public record Timeline(List<Tempo> tempos, List<Metre> metres) {
    private static final double MICROS_PER_MINUTE = 60e6;

    /** What a file has that names neither: 120 quarter notes a minute in bars of four. */
    public static final Timeline STANDARD = ofQpm(120);

    /** From this moment on a quarter note lasts so long. */
    public record Tempo(long nanos, int microsPerQuarter) {}

    /**
     * From this moment on a bar has so many beats.
     *
     * @param unit what a beat is: 2 to the power of this is the number below the line
     * @param clocks MIDI clocks from one click of a metronome to the next
     * @param thirtySeconds in a quarter note, 8 but for rare files
     */
    public record Metre(long nanos, int beats, int unit, int clocks, int thirtySeconds) {
        static final Metre COMMON = new Metre(0, 4, 2, 24, 8);
    }

    public Timeline {
        tempos = List.copyOf(tempos);
        metres = List.copyOf(metres);
    }

    /** One tempo, in quarter notes a minute, in bars of four. */
    public static Timeline ofQpm(double qpm) {
        return new Timeline(List.of(new Tempo(0, (int) Math.round(MICROS_PER_MINUTE / qpm))), List.of(Metre.COMMON));
    }

    /** These tempos, in bars of so many quarters. */
    public static Timeline ofBars(int quarters, List<Tempo> tempos) {
        Metre common = Metre.COMMON;
        return new Timeline(tempos, List.of(new Metre(0, quarters, common.unit, common.clocks, common.thirtySeconds)));
    }

    /** These metres at one tempo, in quarter notes a minute. */
    public Timeline atQpm(double qpm) {
        return new Timeline(ofQpm(qpm).tempos, metres);
    }
}
