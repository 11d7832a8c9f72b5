package antiphon.judge;

import antiphon.judge.intime.InTimeScore;
import antiphon.judge.intime.SteadyPulse;

/** A column of the tables on time: one figure for each answer, NaN where it cannot be measured. Pure. */
enum InTimeMeasure {
    RESONANCE("resonance", "resonance", false),
    IN_PHASE("in phase", "inPhase", false),
    ON_GRID("on grid", "onGrid", true),
    GRID_CHANCE("(chance)", "gridChance", true),
    FIRST_HALF("1st half", "onGridInFirstHalf", true),
    SECOND_HALF("2nd half", "onGridInSecondHalf", true),
    TEMPO_RATIO("tempo ratio", "tempoRatio", false),
    SAME_TEMPO("same tempo", "sameTempo", true),
    ON_BEAT("enters on beat", "entersOnBeat", true),
    BEAT_CHANCE("(chance)", "entryChance", true),
    DELAY("after s", "delaySeconds", false),
    /** Of answers to swung calls. */
    SWUNG("swing", "swingOfSwung", false),
    /** Of answers to calls in equal eighths. */
    EVEN("of even", "swingOfEven", false),
    ONSETS("onsets", "onsets", false),
    /** Velocity on the beat less that between. */
    ACCENT("accent", "accent", false),
    /** Of velocity. */
    RANGE("range", "velocityRange", false);

    /** Tempos that differ by less are the same: the widest that hands drift within some seconds. */
    private static final double SAME = 0.03;

    private final String text;
    private final String key;
    private final boolean percent;

    InTimeMeasure(String text, String key, boolean percent) {
        this.text = text;
        this.key = key;
        this.percent = percent;
    }

    private static double isSame(double ratio) {
        return Double.isNaN(ratio) ? Double.NaN : Math.abs(ratio - 1) <= SAME ? 1 : 0;
    }

    /** Triplets are not even: their third step lies where a swung eighth does. */
    private static boolean isEven(SteadyPulse pulse) {
        return pulse.swing() == 1 && pulse.stepsPerBeat() == 2;
    }

    /** The figure of one answer. */
    double of(SteadyPulse pulse, InTimeScore score) {
        return switch (this) {
            case RESONANCE -> score.resonance();
            case IN_PHASE -> score.inPhase();
            case ON_GRID -> score.onGrid();
            case GRID_CHANCE -> score.gridChance();
            case FIRST_HALF -> score.firstHalf();
            case SECOND_HALF -> score.secondHalf();
            case TEMPO_RATIO -> score.tempoRatio();
            case SAME_TEMPO -> isSame(score.tempoRatio());
            case ON_BEAT -> score.entersOnBeat();
            case BEAT_CHANCE -> score.entryChance();
            case DELAY -> score.delayNanos() / 1e9;
            case SWUNG -> pulse.swing() > 1 ? score.swing() : Double.NaN;
            case EVEN -> isEven(pulse) ? score.swing() : Double.NaN;
            case ONSETS -> score.onsets();
            case ACCENT -> score.accent();
            case RANGE -> score.range();
        };
    }

    /** Over the column, for people. */
    String text() {
        return text;
    }

    /** For programs. */
    String key() {
        return key;
    }

    /** A share, to be shown as a percentage. */
    boolean isPercent() {
        return percent;
    }
}
