package antiphon.improv;

import antiphon.HotPath;
import antiphon.improv.listen.PitchBias;
import antiphon.model.LstmState;
import antiphon.model.NeuralCache;
import antiphon.model.Sampler;
import antiphon.model.StackedLstm;
import antiphon.music.Event;
import antiphon.music.Vocabulary;

/**
 * Draws the answer's next event from the network's distributions, field by field, limited to what is possible now: only
 * sounding pitches can end, and nothing can happen before the present.
 *
 * <p>"Nothing has happened until now" and the longest gap allowed are conditions on time, but the kind is drawn before
 * the time. So each kind's probability is first multiplied by the share of its time distribution that is left. One
 * thread; allocates nothing.
 */
@HotPath
final class Draw {
    private static final int[] KINDS = {Event.ANSWER_ON, Event.ANSWER_OFF, Event.PHRASE_END};

    private static final double SHORT_GAP_NANOS = 50e6;

    private final StackedLstm network;
    private final Sampler sampler;
    private final NeuralCache cache;
    private final Variety variety;
    private final float[] logits = new float[Vocabulary.PITCHES + 1];
    private final float[] kindLogits = new float[Vocabulary.KINDS];
    private final double[] weights = new double[KINDS.length];
    private final double[] logGaps = new double[Vocabulary.TIME_BINS];
    private boolean usesCache;
    private double timeTemperature;

    Draw(StackedLstm network, Sampler sampler, NeuralCache cache, Variety variety) {
        this.network = network;
        this.cache = cache;
        this.variety = variety;
        this.sampler = sampler;
        timeTemperature = sampler.temperature();
        for (int bin = 0; bin < logGaps.length; bin++) {
            // With the offset, a gap of 0 ms is not infinitely shorter than one of 10 ms, so chords stay chords.
            logGaps[bin] = StrictMath.log(1 + Vocabulary.timeNanos(bin) / SHORT_GAP_NANOS);
        }
    }

    /** Temperature of time, at first that of the sampler, as for the other fields. */
    void useTimeTemperature(double temperature) {
        timeTemperature = temperature;
    }

    /**
     * Whether to take up what was played before.
     *
     * @param share by which its odds are multiplied; 1 as tuned
     */
    void useCache(boolean wanted, double share) {
        usesCache = wanted;
        cache.setShare(share);
    }

    /** See {@link Mind#draw}; here gaps count from the last event. */
    int event(
            LstmState state,
            int kinds,
            SoundingKeys sounding,
            PitchBias suiting,
            long elapsedNanos,
            long maxNanos,
            double patience,
            double endBias,
            long clockNanos,
            Grid grid) {
        grid.weigh(clockNanos);
        int firstBin = firstBin(elapsedNanos);
        int lastBin = Math.max(firstBin, Math.min(Vocabulary.timeBin(maxNanos), Vocabulary.TICK_BIN - 1));
        if (usesCache) {
            cache.ask(state);
        }
        int kind = drawKind(state, kinds, firstBin, lastBin, patience, endBias, grid);
        int timeBin = drawTime(state, kind, firstBin, lastBin, patience, grid);
        int pitch = Vocabulary.NO_PITCH;
        int velocityBin = Vocabulary.NO_VELOCITY;
        if (kind != Event.PHRASE_END) {
            pitch = drawPitch(state, kind, timeBin, sounding, suiting);
        }
        if (kind == Event.ANSWER_ON) {
            velocityBin = velocityBin(state, timeBin, pitch);
        }
        return Event.of(kind, timeBin, pitch, velocityBin);
    }

    /** See {@link Mind#drawNote}. */
    int note(LstmState state, int timeBin, SoundingKeys sounding, PitchBias suiting) {
        if (usesCache) {
            cache.ask(state);
        }
        int pitch = drawPitch(state, Event.ANSWER_ON, timeBin, sounding, suiting);
        return Event.of(Event.ANSWER_ON, timeBin, pitch, velocityBin(state, timeBin, pitch));
    }

    private int velocityBin(LstmState state, int timeBin, int pitch) {
        network.logits(state, StackedLstm.VELOCITY, Event.ANSWER_ON, timeBin, pitch, logits);
        return Math.max(0, sampler.draw(logits, Vocabulary.VELOCITY_BINS));
    }

    /** See {@link Mind#drawPitch}. */
    int pitch(LstmState state, float[] bias) {
        network.logits(state, StackedLstm.PITCH, Event.ANSWER_ON, 0, 0, logits);
        for (int pitch = 0; pitch < Vocabulary.PITCHES; pitch++) {
            logits[pitch] += bias[pitch];
        }
        return sampler.draw(logits, Vocabulary.PITCHES);
    }

    /** See {@link Mind#drawVelocityBin}. */
    int velocityBin(LstmState state, int pitch, int minBin, int maxBin) {
        network.logits(state, StackedLstm.VELOCITY, Event.ANSWER_ON, 0, pitch, logits);
        for (int bin = 0; bin < Vocabulary.VELOCITY_BINS; bin++) {
            if (bin > maxBin || bin < minBin) {
                logits[bin] = Sampler.NEVER;
            }
        }
        int drawn = sampler.draw(logits, Vocabulary.VELOCITY_BINS);
        return drawn < 0 ? maxBin : drawn;
    }

    /** See {@link Mind#nats}. */
    double nats(LstmState state, int event) {
        int kind = Event.kind(event);
        network.logits(state, StackedLstm.KIND, 0, 0, 0, kindLogits);
        double nats = nats(kindLogits, Vocabulary.KINDS, kind);
        network.logits(state, StackedLstm.TIME, kind, 0, 0, logits);
        nats += nats(logits, Vocabulary.TIME_BINS, Event.timeBin(event));
        if (kind == Event.ANSWER_ON) {
            network.logits(state, StackedLstm.PITCH, kind, Event.timeBin(event), 0, logits);
            if (usesCache) {
                cache.ask(state);
                cache.mix(StackedLstm.PITCH, logits, Vocabulary.PITCHES);
            }
            nats += nats(logits, Vocabulary.PITCHES, Event.pitch(event));
        }
        return nats;
    }

    private static double nats(float[] of, int size, int value) {
        float best = of[0];
        for (int i = 1; i < size; i++) {
            best = Math.max(best, of[i]);
        }
        double total = 0;
        for (int i = 0; i < size; i++) {
            total += StrictMath.exp(of[i] - best);
        }
        return StrictMath.log(total) + best - of[value];
    }

    /** The first bin that does not lie in the past; the last but one if all do. */
    private static int firstBin(long elapsedNanos) {
        int bin = Vocabulary.timeBin(elapsedNanos);
        if (Vocabulary.timeNanos(bin) < elapsedNanos) {
            bin++;
        }
        return Math.min(bin, Vocabulary.TICK_BIN - 1);
    }

    private int drawKind(
            LstmState state, int kinds, int firstBin, int lastBin, double patience, double endBias, Grid grid) {
        network.logits(state, StackedLstm.KIND, 0, 0, 0, kindLogits);
        kindLogits[Event.PHRASE_END] += (float) endBias;
        float best = Sampler.NEVER;
        int likeliest = 0;
        for (int i = 0; i < KINDS.length; i++) {
            if (isAmong(kinds, i) && (!isAmong(kinds, likeliest) || kindLogits[KINDS[i]] > best)) {
                best = kindLogits[KINDS[i]];
                likeliest = i;
            }
        }
        for (int i = 0; i < KINDS.length; i++) {
            weights[i] = isAmong(kinds, i)
                    ? StrictMath.exp((kindLogits[KINDS[i]] - best) / sampler.temperature())
                            * shareOfTime(state, KINDS[i], firstBin, lastBin, patience, grid)
                    : 0;
        }
        int drawn = sampler.drawWeighted(weights, KINDS.length);
        return KINDS[drawn < 0 ? likeliest : drawn];
    }

    private static boolean isAmong(int kinds, int index) {
        return (kinds >>> KINDS[index] & 1) != 0;
    }

    private void timeLogits(LstmState state, int ofKind, double patience, Grid grid) {
        network.logits(state, StackedLstm.TIME, ofKind, 0, 0, logits);
        for (int bin = 0; bin < Vocabulary.TIME_BINS; bin++) {
            logits[bin] += (float) (patience * logGaps[bin]);
        }
        if (ofKind == Event.ANSWER_ON) {
            grid.add(logits);
        }
    }

    /** How much of a kind's time distribution lies in these bins. */
    private double shareOfTime(LstmState state, int ofKind, int firstBin, int lastBin, double patience, Grid grid) {
        timeLogits(state, ofKind, patience, grid);
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
     * Time is drawn without top-p and min-p. These would cut off the long gaps, which are rare at each event but needed
     * in each phrase, and every answer would rush.
     */
    private int drawTime(LstmState state, int kind, int firstBin, int lastBin, double patience, Grid grid) {
        timeLogits(state, kind, patience, grid);
        for (int bin = 0; bin < Vocabulary.TIME_BINS; bin++) {
            if (bin < firstBin || bin > lastBin) {
                logits[bin] = Sampler.NEVER;
            }
        }
        int drawn = sampler.drawFreely(logits, Vocabulary.TIME_BINS, timeTemperature);
        return drawn < 0 ? firstBin : drawn;
    }

    private int drawPitch(LstmState state, int kind, int timeBin, SoundingKeys sounding, PitchBias suiting) {
        network.logits(state, StackedLstm.PITCH, kind, timeBin, 0, logits);
        boolean mustSound = kind == Event.ANSWER_OFF;
        if (usesCache && !mustSound) {
            cache.mix(StackedLstm.PITCH, logits, Vocabulary.PITCHES);
        }
        for (int p = 0; p < Vocabulary.PITCHES; p++) {
            if (sounding.isSounding(p) != mustSound) {
                logits[p] = Sampler.NEVER;
            } else if (!mustSound) {
                logits[p] += suiting.bias(p) - variety.cost(p);
            }
        }
        int drawn = sampler.draw(logits, Vocabulary.PITCHES);
        if (drawn >= 0) {
            return drawn;
        }
        return mustSound ? sounding.oldest() : free(sounding, suiting);
    }

    /** Where the network gives no number for any pitch: one near the middle that is not excluded and does not sound. */
    private static int free(SoundingKeys sounding, PitchBias suiting) {
        int middle = Vocabulary.PITCHES / 2;
        for (int i = 0; i < Vocabulary.PITCHES; i++) {
            int pitch = i <= middle ? middle - i : i;
            if (suiting.bias(pitch) != Sampler.NEVER && !sounding.isSounding(pitch)) {
                return pitch;
            }
        }
        return 0;
    }
}
