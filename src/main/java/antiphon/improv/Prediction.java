package antiphon.improv;

import antiphon.HotPath;
import antiphon.model.LstmState;
import antiphon.model.NeuralCache;
import antiphon.model.Sampler;
import antiphon.model.StackedLstm;
import antiphon.music.Event;
import antiphon.music.Vocabulary;

/**
 * The answer's next event as the network sees it, drawn field by field within what is possible now: only sounding
 * pitches can end, nothing can happen before the present.
 *
 * <p>"Nothing has happened until now" and the longest gap allowed are conditions on time, and the kind is drawn
 * before time: so each kind's probability is first multiplied by the share of its time distribution that is left.
 * One thread; allocates nothing.
 */
@HotPath
final class Prediction {
    private static final int[] KINDS = {Event.ANSWER_ON, Event.ANSWER_OFF, Event.PHRASE_END};

    private static final double SHORT_GAP_NANOS = 50e6;

    private final StackedLstm model;
    private final Sampler sampler;
    private final double temperature;
    private final float[] logits = new float[Vocabulary.PITCHES + 1];
    private final float[] kindLogits = new float[Vocabulary.KINDS];
    private final double[] weights = new double[KINDS.length];
    private final double[] logGaps = new double[Vocabulary.TIME_BINS];
    private final boolean[] allowed = new boolean[KINDS.length];
    private final PitchMemory memory;
    private final NeuralCache cache;
    private double patience;

    private int kind;
    private int timeBin;
    private int pitch;
    private int velocityBin;

    Prediction(StackedLstm model, Sampler sampler, PitchMemory memory, NeuralCache cache, double temperature) {
        this.model = model;
        this.memory = memory;
        this.cache = cache;
        this.sampler = sampler;
        this.temperature = temperature;
        for (int bin = 0; bin < logGaps.length; bin++) {
            // The offset keeps chords chords: from 0 to 10 ms is not a doubling without end.
            logGaps[bin] = StrictMath.log(1 + Vocabulary.timeNanos(bin) / SHORT_GAP_NANOS);
        }
    }

    int kind() {
        return kind;
    }

    int timeBin() {
        return timeBin;
    }

    int pitch() {
        return pitch;
    }

    int velocityBin() {
        return velocityBin;
    }

    /** What may come next; at least one must be true. */
    void allow(boolean on, boolean off, boolean end) {
        allowed[0] = on;
        allowed[1] = off;
        allowed[2] = end;
    }

    /**
     * Favours long gaps over short ones: each doubling of a gap multiplies its odds by 2 to this power. 0 leaves the
     * network alone, below 0 favours short ones.
     */
    void setPatience(double power) {
        patience = power;
    }

    /**
     * Draws the next event.
     *
     * @param elapsedNanos time since the last event; what is drawn lies at or after it
     * @param mostNanos longest gap since the last event
     * @param endBias added to the logit of the phrase's end; 0 leaves the network alone
     */
    void draw(LstmState state, SoundingKeys sounding, long elapsedNanos, long mostNanos, double endBias) {
        int firstBin = firstBin(elapsedNanos);
        int lastBin = Math.max(firstBin, Math.min(Vocabulary.timeBin(mostNanos), Vocabulary.TICK_BIN - 1));
        cache.ask(state);
        kind = drawKind(state, firstBin, lastBin, endBias);
        timeBin = drawTime(state, firstBin, lastBin);
        pitch = kind == Event.PHRASE_END ? Vocabulary.NO_PITCH : drawPitch(state, sounding);
        velocityBin = kind == Event.ANSWER_ON ? drawVelocity(state) : Vocabulary.NO_VELOCITY;
    }

    /** The first bin that does not stand for the past; the last but one when all do. */
    private static int firstBin(long elapsedNanos) {
        int bin = Vocabulary.timeBin(elapsedNanos);
        if (Vocabulary.timeNanos(bin) < elapsedNanos) {
            bin++;
        }
        return Math.min(bin, Vocabulary.TICK_BIN - 1);
    }

    private int drawKind(LstmState state, int firstBin, int lastBin, double endBias) {
        model.logits(state, StackedLstm.KIND, 0, 0, 0, kindLogits);
        kindLogits[Event.PHRASE_END] += (float) endBias;
        float best = Sampler.NEVER;
        int likeliest = 0;
        for (int i = 0; i < KINDS.length; i++) {
            if (allowed[i] && (!allowed[likeliest] || kindLogits[KINDS[i]] > best)) {
                best = kindLogits[KINDS[i]];
                likeliest = i;
            }
        }
        for (int i = 0; i < KINDS.length; i++) {
            weights[i] = allowed[i]
                    ? StrictMath.exp((kindLogits[KINDS[i]] - best) / temperature)
                            * shareOfTime(state, KINDS[i], firstBin, lastBin)
                    : 0;
        }
        int drawn = sampler.drawWeighted(weights, KINDS.length);
        return KINDS[drawn < 0 ? likeliest : drawn];
    }

    private void timeLogits(LstmState state, int ofKind) {
        model.logits(state, StackedLstm.TIME, ofKind, 0, 0, logits);
        if (ofKind == Event.ANSWER_ON) {
            cache.mix(StackedLstm.TIME, logits, Vocabulary.TIME_BINS);
        }
        for (int bin = 0; bin < Vocabulary.TIME_BINS; bin++) {
            logits[bin] += (float) (patience * logGaps[bin]);
        }
    }

    /** How much of a kind's time distribution lies in these bins. */
    private double shareOfTime(LstmState state, int ofKind, int firstBin, int lastBin) {
        timeLogits(state, ofKind);
        float best = logits[0];
        for (int bin = 1; bin < Vocabulary.TIME_BINS; bin++) {
            best = Math.max(best, logits[bin]);
        }
        double inside = 0;
        double total = 0;
        for (int bin = 0; bin < Vocabulary.TIME_BINS; bin++) {
            double weight = StrictMath.exp(logits[bin] - best);
            total += weight;
            inside += bin >= firstBin && bin <= lastBin ? weight : 0;
        }
        return inside / total;
    }

    /**
     * Time is drawn without top-p and min-p: what they cut off are the long gaps, rare at each event but the breath of
     * a phrase. With them every answer rushes.
     */
    private int drawTime(LstmState state, int firstBin, int lastBin) {
        timeLogits(state, kind);
        for (int bin = 0; bin < Vocabulary.TIME_BINS; bin++) {
            if (bin < firstBin || bin > lastBin) {
                logits[bin] = Sampler.NEVER;
            }
        }
        int drawn = sampler.drawFreely(logits, Vocabulary.TIME_BINS);
        return drawn < 0 ? firstBin : drawn;
    }

    private int drawPitch(LstmState state, SoundingKeys sounding) {
        model.logits(state, StackedLstm.PITCH, kind, timeBin, 0, logits);
        boolean mustSound = kind == Event.ANSWER_OFF;
        if (!mustSound) {
            cache.mix(StackedLstm.PITCH, logits, Vocabulary.PITCHES);
        }
        for (int p = 0; p < Vocabulary.PITCHES; p++) {
            if (sounding.isSounding(p) != mustSound) {
                logits[p] = Sampler.NEVER;
            } else if (!mustSound) {
                logits[p] += memory.bias(p);
            }
        }
        int drawn = sampler.draw(logits, Vocabulary.PITCHES);
        if (drawn >= 0) {
            return drawn;
        }
        return mustSound ? sounding.oldest() : Vocabulary.PITCHES / 2;
    }

    private int drawVelocity(LstmState state) {
        model.logits(state, StackedLstm.VELOCITY, kind, timeBin, pitch, logits);
        return Math.max(0, sampler.draw(logits, Vocabulary.VELOCITY_BINS));
    }
}
