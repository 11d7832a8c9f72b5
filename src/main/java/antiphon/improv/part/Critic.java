package antiphon.improv.part;

import antiphon.HotPath;
import antiphon.improv.Choice;
import antiphon.improv.listen.Median;
import antiphon.improv.listen.NoteList;
import antiphon.improv.listen.Pulse;
import antiphon.model.CriticWeights;
import antiphon.music.Scale;
import java.util.Arrays;

/**
 * Says how good a whole answer to a call is: a weighted sum of what can be counted in it. The weights are those that
 * tell people's answers from drawn ones best, learned by {@code antiphon model tune}; a model without them is judged by
 * usual ones. One thread; allocates nothing.
 */
public final class Critic {
    /** What is counted, in the order of the weights. */
    public enum Feature {
        /** Minus the nats that the network needs for a note. */
        LIKELIHOOD(0.3),
        MOTIFS(4),
        /** The square of {@link #MOTIFS}: neither none nor all. */
        MOTIFS_SQUARED(-3),
        RHYTHMS(2),
        COPIED(-1),
        IN_KEY(2),
        STEPS_UNLIKE(-1),
        DENSITY_UNLIKE(-1),
        REGISTER_UNLIKE(-1),
        LOUDNESS_UNLIKE(-0.5),
        REPEATED(-2),
        PITCHES_UNLIKE(-1),
        ENDS_IN_TRIAD(1),
        ENDS_ON_TONIC(0.5),
        ENDS_LONG(1),
        ENDS_ON_BEAT(0.5),
        LENGTH_UNLIKE(-1),
        ON_BEAT_UNLIKE(-1),
        WHOLE(4),
        VOICES_UNLIKE(-1);

        private final double usual;

        Feature(double usual) {
            this.usual = usual;
        }
    }

    private static final Feature[] FEATURES = Feature.values();

    @SuppressWarnings("EnumOrdinal") // The weights have that order.
    private static final int LIKELIHOOD = Feature.LIKELIHOOD.ordinal();

    @SuppressWarnings("EnumOrdinal")
    private static final int MOTIFS = Feature.MOTIFS.ordinal();

    @SuppressWarnings("EnumOrdinal")
    private static final int RHYTHMS = Feature.RHYTHMS.ordinal();

    private static final int OCTAVE = 12;

    private static final int FIFTH = 7;
    private static final int MAJOR_THIRD = 4;
    private static final int MINOR_THIRD = 3;
    private static final double LOUDNESS_STEPS = 20;
    private static final double MAX_LOG = 2;

    /** So many equal steps in a row are a copy. */
    private static final int COPY = 4;

    /** What an answer may copy, as a share of its notes, and which share of its rhythms: people do as much on average. */
    private static final double FREE_COPIES = 0.3;

    private static final double FREE_RHYTHMS = 0.6;

    /** What more costs. */
    private static final double COST_OF_COPIES = 4;

    private static final double COST_OF_RHYTHMS = 1.5;

    /** What the call's motifs are worth where boldness is not in the middle. */
    private static final double CLOSENESS = 4;

    /** What it costs an answer to begin a second later: among those that are as good the human should not wait. */
    private static final double COST_OF_SECOND = 1;

    /** What it costs to repeat notes that much oftener than the call, from a little more on. */
    private static final double COST_OF_STANDSTILL = 4;

    private static final double FREE_REPEATS = 0.15;

    /** What each further time costs that the same chord or note comes in a row, from once more than in the call on. */
    private static final double COST_OF_STAND = 1;

    private static final int FREE_STAND = 1;

    private static final double NANOS_PER_SECOND = 1e9;
    private static final long ANY_TIME = Long.MIN_VALUE;

    private final double[] weights = new double[FEATURES.length];
    private final double[] features = new double[FEATURES.length];
    private final Outline callLine = new Outline();
    private final Outline answerLine = new Outline();
    private final long[] lengthsNanos = new long[NoteList.CAPACITY];
    private int setClasses;
    private boolean countsAll;
    private boolean limitsLikeness;
    private double closeness;
    private long awaitedNanos = ANY_TIME;

    /** Takes these weights; the usual ones if there are none. */
    @HotPath
    public void weigh(CriticWeights learned) {
        for (int i = 0; i < weights.length; i++) {
            weights[i] = learned.get(i);
        }
    }

    /** What is in key from now on: see {@link Scale#classes}; 0 for what belongs to the key that is given. */
    @HotPath
    void setClasses(int classes) {
        setClasses = classes;
    }

    /** From now on what has no weight is counted too, for who learns weights. */
    void countAll() {
        countsAll = true;
    }

    /**
     * Whether what is too much like the call is marked down, whatever the weights say. They were learned from people's
     * answers and drawn ones, which hardly ever are copies, and like whatever shares the call's motifs and rhythms.
     */
    @HotPath
    void limitLikeness(boolean wanted) {
        limitsLikeness = wanted;
    }

    /**
     * How much the call's motifs are wanted in an answer beyond what the weights say.
     *
     * @param wanted 0 as the weights say, 1 much more, −1 much less
     */
    @HotPath
    void wantCloseness(double wanted) {
        closeness = wanted;
    }

    /** From when on the human waits for the answers that are judged from now on. */
    @HotPath
    void awaitFrom(long nanos) {
        awaitedNanos = nanos;
    }

    /** False if the likelihood has no weight: then nobody need ask the network for it. */
    @HotPath
    boolean needsLikelihood() {
        return countsAll || weights[LIKELIHOOD] != 0;
    }

    /** The weights for a model that has none. */
    public static CriticWeights usual() {
        return CriticWeights.of(
                Arrays.stream(FEATURES).mapToDouble(each -> each.usual).toArray());
    }

    /** Finds what an answer takes up of a call. */
    @HotPath
    void findMotifs(NoteList call, NoteList answer, Choice choice) {
        callLine.draw(call);
        answerLine.draw(answer);
        answerLine.findMotifsOf(callLine, choice);
    }

    /** The share of the motifs of the answer that was judged last which are the call's. */
    @HotPath
    double motifs() {
        return features[MOTIFS];
    }

    /** What was counted in the answer that was judged last, by the number of its {@link Feature}. */
    @HotPath
    public double feature(int number) {
        return features[number];
    }

    /**
     * Judges an answer.
     *
     * @param key of the call: see {@link antiphon.improv.listen.Tonality#key}
     * @param pulse of the call, as it was found for the answer
     * @param nats that the network needs for it
     * @param whole it ends by itself
     * @return the higher the better
     */
    @HotPath
    public double judge(NoteList call, NoteList answer, int key, Pulse pulse, double nats, boolean whole) {
        Arrays.fill(features, 0);
        callLine.draw(call);
        answerLine.draw(answer);
        int notes = answer.size();
        if (notes > 0) {
            set(Feature.LIKELIHOOD, -nats / notes);
            likeMotifs();
            likeCall(call, answer, pulse);
            pitches(answer, key);
            ending(answer, key, pulse);
        }
        set(Feature.WHOLE, whole && notes > 0 ? 1 : 0);
        double score = 0;
        for (int i = 0; i < features.length; i++) {
            score += weights[i] * features[i];
        }
        score += CLOSENESS * closeness * features[MOTIFS] - costOfWaiting(answer) - costOfStandstill();
        return limitsLikeness ? score - costOfLikeness() : score;
    }

    private double costOfWaiting(NoteList answer) {
        return answer.size() == 0 || awaitedNanos == ANY_TIME
                ? 0
                : COST_OF_SECOND * (answer.onsetNanos(0) - awaitedNanos) / NANOS_PER_SECOND;
    }

    /** A call that moves is not answered by one chord or note again and again. */
    private double costOfStandstill() {
        double more = answerLine.standsStill() - callLine.standsStill() - FREE_REPEATS;
        int longer = answerLine.longestStand() - callLine.longestStand() - FREE_STAND;
        return COST_OF_STANDSTILL * Math.max(0, more) + COST_OF_STAND * Math.max(0, longer);
    }

    /** The share of a line's notes that are as the one before. */
    private static double repeated(Outline line) {
        int repeated = 0;
        for (int i = 1; i < line.size(); i++) {
            repeated += line.pitch(i) == line.pitch(i - 1) ? 1 : 0;
        }
        return line.size() > 1 ? (double) repeated / (line.size() - 1) : 1;
    }

    private double costOfLikeness() {
        double copies = Math.max(0, answerLine.shareInRunsOf(callLine, COPY) - FREE_COPIES);
        double rhythms = Math.max(0, features[RHYTHMS] - FREE_RHYTHMS);
        return COST_OF_COPIES * copies + (weights[RHYTHMS] + COST_OF_RHYTHMS) * rhythms;
    }

    @SuppressWarnings("EnumOrdinal") // The weights have that order.
    private void set(Feature feature, double value) {
        features[feature.ordinal()] = value;
    }

    private void likeMotifs() {
        double motifs = answerLine.motifsOf(callLine);
        set(Feature.MOTIFS, motifs);
        set(Feature.MOTIFS_SQUARED, motifs * motifs);
        set(Feature.RHYTHMS, answerLine.rhythmsOf(callLine));
        set(Feature.COPIED, answerLine.copiedFrom(callLine));
    }

    private void likeCall(NoteList call, NoteList answer, Pulse pulse) {
        set(Feature.STEPS_UNLIKE, unlike(1 + answerLine.meanStep(), 1 + callLine.meanStep()));
        if (call.size() == 0) {
            return;
        }
        set(Feature.DENSITY_UNLIKE, unlike(density(answer), density(call)));
        set(Feature.REGISTER_UNLIKE, Math.abs(meanPitch(answer) - meanPitch(call)) / OCTAVE);
        set(Feature.LOUDNESS_UNLIKE, Math.abs(meanVelocity(answer) - meanVelocity(call)) / LOUDNESS_STEPS);
        set(Feature.LENGTH_UNLIKE, unlike(spanNanos(answer), spanNanos(call)));
        double perGroup = (double) answer.size() / answerLine.size();
        set(Feature.VOICES_UNLIKE, unlike(perGroup, (double) call.size() / callLine.size()));
        set(Feature.PITCHES_UNLIKE, unlike(different(answer), Math.min(different(call), answer.size())));
        if (pulse.isSure()) {
            set(Feature.ON_BEAT_UNLIKE, Math.abs(onBeat(answerLine, pulse) - onBeat(callLine, pulse)));
        }
    }

    /** 0 if two are the same, in powers of e; not more than {@value #MAX_LOG}. */
    private static double unlike(double one, double other) {
        return one > 0 && other > 0 ? Math.min(MAX_LOG, Math.abs(StrictMath.log(one / other))) : MAX_LOG;
    }

    private static double spanNanos(NoteList notes) {
        long end = notes.onsetNanos(0);
        for (int i = 0; i < notes.size(); i++) {
            end = Math.max(end, notes.endNanos(i));
        }
        return Math.max(1e8, (double) (end - notes.onsetNanos(0)));
    }

    private static double density(NoteList notes) {
        return notes.size() / spanNanos(notes);
    }

    private static double meanPitch(NoteList notes) {
        double sum = 0;
        for (int i = 0; i < notes.size(); i++) {
            sum += notes.pitch(i);
        }
        return sum / notes.size();
    }

    private static double meanVelocity(NoteList notes) {
        double sum = 0;
        for (int i = 0; i < notes.size(); i++) {
            sum += notes.velocity(i);
        }
        return sum / notes.size();
    }

    private static int different(NoteList notes) {
        int count = 0;
        for (int i = 0; i < notes.size(); i++) {
            boolean seen = false;
            for (int j = 0; j < i && !seen; j++) {
                seen = notes.pitch(j) == notes.pitch(i);
            }
            count += seen ? 0 : 1;
        }
        return count;
    }

    private static double onBeat(Outline line, Pulse pulse) {
        int count = 0;
        for (int i = 0; i < line.size(); i++) {
            double onset = line.onsetNanos(i);
            count += Pulse.isOnBeat(onset, pulse.beatNanos(), pulse.beatPeriodNanos()) ? 1 : 0;
        }
        return line.size() > 0 ? (double) count / line.size() : 0;
    }

    private void pitches(NoteList answer, int key) {
        set(Feature.REPEATED, repeated(answerLine));
        if (key < 0) {
            return;
        }
        int classes = setClasses == 0 ? Scale.classesOf(key) : setClasses;
        int inKey = 0;
        for (int i = 0; i < answer.size(); i++) {
            inKey += Scale.has(classes, answer.pitch(i)) ? 1 : 0;
        }
        set(Feature.IN_KEY, (double) inKey / answer.size());
    }

    /** Semitones above the tonic, 0 to 11. */
    private static int degree(int pitch, int key) {
        return Math.floorMod(pitch - key, OCTAVE);
    }

    private void ending(NoteList answer, int key, Pulse pulse) {
        int last = answerLine.size() - 1;
        if (key >= 0) {
            int degree = degree(answerLine.pitch(last), key);
            int third = key < OCTAVE ? MAJOR_THIRD : MINOR_THIRD;
            set(Feature.ENDS_IN_TRIAD, degree == 0 || degree == third || degree == FIFTH ? 1 : 0);
            set(Feature.ENDS_ON_TONIC, degree == 0 ? 1 : 0);
        }
        for (int i = 0; i < answer.size(); i++) {
            lengthsNanos[i] = answer.endNanos(i) - answer.onsetNanos(i);
        }
        double lastNanos = lengthsNanos[answer.size() - 1];
        double usualNanos = Median.of(lengthsNanos, answer.size());
        double log = StrictMath.log(Math.max(1e7, lastNanos) / Math.max(1e7, usualNanos));
        set(Feature.ENDS_LONG, Math.clamp(log, -1.0, 1.5));
        if (pulse.isSure()) {
            double onset = answerLine.onsetNanos(last);
            set(Feature.ENDS_ON_BEAT, Pulse.isOnBeat(onset, pulse.beatNanos(), pulse.beatPeriodNanos()) ? 1 : 0);
        }
    }
}
