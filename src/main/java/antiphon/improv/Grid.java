package antiphon.improv;

import antiphon.HotPath;
import antiphon.improv.listen.Places;
import antiphon.improv.listen.Pulse;
import antiphon.music.Vocabulary;

/**
 * Keeps an answer in time: makes note-ons likelier that fall on the grid of the human's pulse, and moves those that are
 * drawn towards it. How much depends on how sure the pulse is, and on the dial; without a pulse it does nothing.
 *
 * <p>A product of experts, as {@link antiphon.improv.listen.Tonality} is for pitch: the network says what could follow,
 * this says when it would suit. One thread; allocates nothing.
 */
@HotPath
public final class Grid {
    /** How sharply a note-on far from the grid is disfavoured, where the pulse is certain and the dial at 100. */
    private static final double SHARPNESS = 12;

    /** What is left of the odds of a note-on right between two steps. */
    private static final double LEAST = 0.02;

    /**
     * A note that comes so much after its step, and what the pull leaves of its own time, is still on it: another note
     * of a chord must not wait for the next step.
     */
    private static final double ON_TIME_NANOS = 2e6;

    /** The same for a loose grid. */
    private static final double LOOSELY_ON_TIME_NANOS = 10e6;

    /** A grid coarser than this is halved: who plays quarters is answered in eighths as well. */
    private static final double COARSE_NANOS = 380e6;

    private static final double EVEN = 0.5;
    private static final double PERCENT = 100;

    /** Places from a step to the middle between two. */
    private static final int PLACES = 1025;

    /** How far each place is from a step: 0 to 2, as a cosine falls. */
    private static final float[] FAR = new float[PLACES];

    static {
        for (int place = 0; place < PLACES; place++) {
            FAR[place] = (float) (1 - StrictMath.cos(Math.PI * place / (PLACES - 1)));
        }
    }

    private final float[] bias = new float[Vocabulary.TIME_BINS];
    private double grip;
    private double pull;
    private double periodNanos;
    private double phaseNanos;
    /** Where the second of two steps lies in both: {@link #EVEN} if all are as long. */
    private double place;

    private boolean weighs;
    private boolean atBar;
    private double confidence;
    private double beatNanos;
    private double beatPeriodNanos;
    private int stepsPerBeat;

    /**
     * Takes hold of a pulse.
     *
     * @param dials how strictly, and where an answer enters
     * @param enters for the first note of an answer: only the beats count, or the bars
     */
    public void hold(Pulse pulse, Dials dials, boolean enters) {
        int percent = dials.gridPercent();
        grip = pulse.confidence() * SHARPNESS * Math.min(1, percent / 80.0);
        pull = pulse.confidence() * percent / 100.0;
        periodNanos = enters ? pulse.beatPeriodNanos() : pulse.periodNanos();
        phaseNanos = enters ? pulse.beatNanos() : pulse.stepNanos();
        place = EVEN;
        atBar = enters && percent > 0 && dials.enter() == Enter.BAR && pulse.knowsBars();
        if (atBar) {
            periodNanos *= dials.beatsPerBar();
            phaseNanos = pulse.barNanos();
            // What would be a little off the beat would be far off the bar.
            pull = 1;
        } else if (!enters) {
            divide(pulse, dials);
        }
        long laterNanos = dials.beatLaterNanos(pulse.knowsBars());
        phaseNanos += laterNanos;
        confidence = pulse.confidence();
        beatNanos = pulse.beatNanos() + laterNanos;
        stepsPerBeat = pulse.stepsPerBeat();
        beatPeriodNanos = pulse.beatPeriodNanos();
    }

    /** Tells where the beat is. */
    void tell(Places places, long clockNanos) {
        if (confidence > 0) {
            places.hold(beatNanos - clockNanos, beatPeriodNanos, confidence, stepsPerBeat);
        }
    }

    private void divide(Pulse pulse, Dials dials) {
        int steps = pulse.stepsPerBeat();
        if (dials.division() != Division.AUTO) {
            steps = dials.division().stepsPerBeat();
        } else if (periodNanos > COARSE_NANOS && pulse.swing() == EVEN) {
            steps *= 2;
        }
        if (dials.swingPercent() != Settings.Beat.AUTO_SWING) {
            place = steps % 2 == 0 ? dials.swingPercent() / PERCENT : EVEN;
        } else if (steps == pulse.stepsPerBeat()) {
            place = pulse.swing();
        }
        if (steps != pulse.stepsPerBeat() || place != EVEN) {
            periodNanos = pulse.beatPeriodNanos() / steps;
            phaseNanos = pulse.beatNanos();
        }
    }

    /** True if the next note is held back until a bar begins. */
    public boolean waitsForBar() {
        return atBar;
    }

    /** True if a note due then is heard on a beat. */
    public boolean isOnBeat(long dueNanos) {
        return confidence > 0 && Pulse.isOnBeat((double) dueNanos, beatNanos, beatPeriodNanos);
    }

    /** Works out where the steps lie for gaps that count from this time. */
    void weigh(long clockNanos) {
        weighs = grip > 0;
        for (int bin = 0; weighs && bin < Vocabulary.TICK_BIN; bin++) {
            double landing = clockNanos + Vocabulary.timeNanos(bin);
            double off = Math.abs(off(even(landing))) * periodNanos - Vocabulary.widthNanos(bin) / 2.0;
            int place = (int) Math.round(Math.max(0, off) / periodNanos * 2 * (PLACES - 1));
            bias[bin] = (float) StrictMath.log(LEAST + StrictMath.exp(-grip * FAR[place]));
        }
    }

    /** Adds what {@link #weigh} worked out to the logits of a note-on's time. */
    void add(float[] logits) {
        for (int bin = 0; weighs && bin < Vocabulary.TICK_BIN; bin++) {
            logits[bin] += bias[bin];
        }
    }

    /**
     * A note-on's time, moved towards the nearest step; never before the soonest. The part of the way that the drawn gap
     * leaves open is moved whatever the dial says: a gap of a second was drawn to within 50 ms.
     *
     * @param openNanos how wide the bin of the drawn gap is, of which the time is the middle
     */
    public long pulled(long dueNanos, long soonestNanos, long openNanos) {
        if (confidence == 0) {
            return dueNanos;
        }
        double even = even((double) dueNanos);
        even -= off(even) * periodNanos;
        double step = swung(even);
        if (step < soonestNanos - (ON_TIME_NANOS + (1 - pull) * (LOOSELY_ON_TIME_NANOS + periodNanos / 4))) {
            // The nearest one is over: the next.
            step = swung(even + periodNanos);
        }
        // What is near the grid keeps some of its own time, as hands do; what lies between two steps keeps little.
        double off = dueNanos - step;
        off -= confidence * Math.clamp(off, -openNanos / 2.0, openNanos / 2.0);
        double between = Math.min(1, 2 * Math.abs(off) / periodNanos);
        return Math.max(soonestNanos, Math.round(step + (1 - pull) * (1 - pull * between) * off));
    }

    /** Moves a time as if the steps were even. */
    private double even(double nanos) {
        return place == EVEN ? nanos : bent(nanos, place, EVEN);
    }

    /** Moves a time of even steps to where it is. */
    private double swung(double nanos) {
        return place == EVEN ? nanos : bent(nanos, EVEN, place);
    }

    /** Stretches the time before a place between two beats, and shrinks that after it, so that it comes to another. */
    private double bent(double nanos, double from, double to) {
        double beats = (nanos - phaseNanos) / (2 * periodNanos);
        double whole = Math.floor(beats);
        double within = beats - whole;
        double moved = within < from ? within * to / from : 1 - (1 - within) * (1 - to) / (1 - from);
        return nanos + (moved - within) * 2 * periodNanos;
    }

    /** In steps, −0.5 to 0.5. */
    private double off(double nanos) {
        double steps = (nanos - phaseNanos) / periodNanos;
        return steps - Math.rint(steps);
    }
}
