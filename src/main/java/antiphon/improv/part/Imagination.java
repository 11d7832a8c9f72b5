package antiphon.improv.part;

import antiphon.HotPath;
import antiphon.improv.Choice;
import antiphon.improv.Mind;
import antiphon.improv.Origin;
import antiphon.improv.Part;
import antiphon.improv.SoundingKeys;
import antiphon.improv.Stage;
import antiphon.improv.listen.Phrase;
import antiphon.improv.listen.Pulse;
import antiphon.model.CriticWeights;
import antiphon.music.Event;
import antiphon.music.Vocabulary;

/**
 * Imagines whole answers while the human rests, one event of one answer at a time, each from random numbers of its own,
 * and keeps the best. If the human plays on, all of it is forgotten.
 *
 * <p>Which answers it imagines depends only on what was heard when {@link #begin} was called; how many of them are done
 * when the answer is due depends on the machine, so that is what a journal keeps. Between two calls of {@link #think} the
 * mind may be in a dream: {@link #wake} must come before anything else is told to it. One thread; allocates nothing.
 */
@HotPath
final class Imagination {
    /** Answers kept: the best, and what {@code again} gives after it. */
    static final int KEPT = Choice.MAX_KEPT;

    private static final long NEVER = Long.MAX_VALUE;
    private static final CriticWeights USUAL = Critic.usual();

    /** Imagining begins when this share of the rest is over, but not earlier than so long before the answer. */
    private static final int SHARE_OF_REST = 4;

    private static final long LONGEST_NANOS = 500_000_000L;

    /**
     * And it ends so long before: with a core kept busy until the answer begins, some of its first notes were late where
     * the rest is 200 ms.
     */
    private static final long LAST_NANOS = 25_000_000L;

    /** The engine may be woken so much later than the answer begins, and still send its first note in time. */
    private static final long WAKE_NANOS = 3_000_000L;

    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    /** The candidates differ in how boldly they are drawn. */
    private static final double[] BOLDNESS = {1, 0.85, 1.1, 0.95};

    /** And those that are developed from the call in how. */
    private static final Origin[] DEVELOPED = {
        Origin.SEQUENCE,
        Origin.RHYTHM,
        Origin.TRANSPOSED,
        Origin.ENDING,
        Origin.INVERTED,
        Origin.SEQUENCE,
        Origin.RHYTHM,
        Origin.PITCHES
    };

    /** Whose answers they are. */
    interface Scene extends Composer.Bounds {
        /** When the human's phrase will have ended if nothing more is played, {@link Long#MAX_VALUE} if there is none. */
        long phraseEndNanos();

        /** Derives the answer's shape from a call. */
        void measure(Phrase call, AnswerShape answer);

        /** The turn passes to the partner; tells the mind what it must know of that. */
        void turnPasses(Phrase call);
    }

    private final Stage stage;
    private final Scene scene;
    private final SoundingKeys keys = new SoundingKeys();
    private final AnswerShape shape = new AnswerShape();
    private final Composer composer;
    private final Composer played;
    private final Pulse pulse = new Pulse();
    private final Phrase call = new Phrase();
    private final Critic critic = new Critic();
    private final Operators operators = new Operators();
    private final Candidate[] best = new Candidate[KEPT];
    private Candidate draft = new Candidate();

    private boolean begun;
    private boolean develops;
    private Origin origin = Origin.DRAWN;
    private long answerNanos;
    private long changes;
    private long seed;
    private long dreamNanos;
    private int key;
    private int complete;
    private int kept;
    private int taken;

    /**
     * Makes one that has imagined nothing.
     *
     * @param played decides the answers that are played without having been imagined
     */
    Imagination(Stage stage, Scene scene, Composer played) {
        this.played = played;
        this.stage = stage;
        this.scene = scene;
        composer = new Composer(stage, keys, scene, shape, stage.listener().tonality());
        for (int i = 0; i < KEPT; i++) {
            best[i] = new Candidate();
        }
        mindReplaced();
    }

    /** Judges as the mind has learned to. */
    void mindReplaced() {
        forget();
        CriticWeights learned = stage.mind().network().criticWeights().orElse(null);
        critic.weigh(learned == null ? USUAL : learned);
    }

    /** All that was imagined is of no use any more. */
    void forget() {
        wake();
        begun = false;
        complete = 0;
        kept = 0;
        taken = 0;
    }

    /** When there is something to imagine, {@link Long#MAX_VALUE} if there is not. */
    long thinkNanos(long nowNanos) {
        long endNanos = scene.phraseEndNanos();
        if (endNanos == NEVER || stage.dials().candidates() == 0 || nowNanos >= endNanos - LAST_NANOS) {
            return NEVER;
        }
        if (isFor(endNanos)) {
            return complete < stage.dials().candidates() ? Long.MIN_VALUE : NEVER;
        }
        long restNanos = endNanos - stage.listener().phrase().lastActivityNanos();
        return endNanos - Math.min(LONGEST_NANOS, restNanos - restNanos / SHARE_OF_REST);
    }

    /** True if it imagines answers for this time, and nothing has happened since. */
    boolean isFor(long nanos) {
        return begun && answerNanos == nanos && changes == stage.mind().changes();
    }

    /** Answers imagined to their end that can be chosen from. */
    int complete() {
        return complete;
    }

    /**
     * Forgets what was imagined before and gets ready to imagine answers to the phrase as it is now.
     *
     * @param way {@link Part#DRAWN} or {@link Part#DEVELOPED}
     */
    void begin(long nowNanos, int way) {
        forget();
        develops = way == Part.DEVELOPED;
        critic.limitLikeness(develops);
        critic.wantCloseness(develops ? stage.dials().steer().closeness() : 0);
        answerNanos = scene.phraseEndNanos();
        critic.awaitFrom(answerNanos);
        changes = stage.mind().changes();
        seed = stage.mind().seed();
        call.copyFrom(stage.listener().phrase());
        stage.listener().stillSounds(call, answerNanos);
        call.played().endAll(answerNanos);
        scene.measure(call, shape);
        stage.listener().tonality().update();
        key = stage.listener().tonality().key();
        critic.setClasses(stage.listener().tonality().classes());
        pulse.copyFrom(stage.listener().pulse(), nowNanos, answerNanos);
        pulse.find(answerNanos);
        stage.listener().touch().measure(pulse, call.startNanos());
        int lowestOfRight = stage.listener().chords().split().lowestOfRight();
        operators.take(
                call.played(), lowestOfRight, key, pulse, shape, stage.dials().registerSemitones());
        begun = true;
    }

    /** Imagines one more event. */
    void think() {
        if (!stage.mind().isDreamOf(this)) {
            fallAsleep();
            return;
        }
        composer.decide(
                pulse,
                Math.max(answerNanos + WAKE_NANOS, dreamNanos - stage.dials().commitNanos()));
        int event = composer.event();
        // What is planned at once is planned in order.
        long dueNanos = Math.max(dreamNanos, composer.dueNanos());
        imagine(event, dueNanos);
    }

    private void imagine(int event, long dueNanos) {
        double nats = critic.needsLikelihood() ? composer.nats(event) : 0;
        draft.add(event, dueNanos, pulse.placeOf(dueNanos), nats);
        dreamNanos = dueNanos;
        if (Event.kind(event) == Event.PHRASE_END || draft.isFull()) {
            rate(Event.kind(event) == Event.PHRASE_END);
            return;
        }
        composer.imagine(event, dueNanos);
    }

    /**
     * Imagines an event that was really played in answer to the call, instead of one that is drawn. After {@link #begin},
     * and first while no other answer is imagined.
     *
     * @param kind of {@link Event}; a phrase end is the last
     */
    void give(int kind, int pitch, int velocityBin, long dueNanos) {
        if (!stage.mind().isDreamOf(this)) {
            fallAsleep();
        }
        composer.hold(pulse);
        long gapNanos = Math.max(0, dueNanos - stage.mind().clockNanos());
        imagine(Event.of(kind, Vocabulary.timeBin(gapNanos), pitch, velocityBin), Math.max(dreamNanos, dueNanos));
    }

    /** When the answers begin that are imagined. */
    long answerNanos() {
        return answerNanos;
    }

    /** The pulse of the call. */
    Pulse pulse() {
        return pulse;
    }

    /** What was counted in the answer that was completed last. */
    Critic critic() {
        return critic;
    }

    private void fallAsleep() {
        Mind mind = stage.mind();
        mind.imagine(this);
        mind.seed(seed + (complete + 1) * GOLDEN);
        double boldness = BOLDNESS[(develops ? complete / 2 : complete) % BOLDNESS.length];
        mind.temper(stage.dials().steer().spread(boldness));
        scene.turnPasses(call);
        mind.restartClock(answerNanos);
        keys.clear();
        draft.clear();
        sketch();
        composer.restart(answerNanos);
        composer.playLike(played);
        dreamNanos = answerNanos;
    }

    private void sketch() {
        origin = develops ? originOf(complete) : Origin.DRAWN;
        operators.make(origin, seed + (complete + 1) * GOLDEN, composer.sketch());
        composer.sketch().keepWithin(stage.listener().tonality().bounds());
    }

    /** Those developed are spread evenly among those drawn: every second one, if boldness is in the middle. */
    private Origin originOf(int candidate) {
        double share = stage.dials().steer().developedShare();
        int before = (int) (candidate * share);
        return (int) ((candidate + 1) * share) > before ? DEVELOPED[before % DEVELOPED.length] : Origin.DRAWN;
    }

    private void rate(boolean whole) {
        draft.notes().endAll(dreamNanos);
        double score = critic.judge(call.played(), draft.notes(), key, pulse, draft.nats(), whole);
        // The call may have been no material.
        draft.rate(score, composer.sketch().size() == 0 ? Origin.DRAWN : origin, critic.motifs());
        wake();
        complete++;
        if (draft.notes().size() > 0 && !isKept()) {
            keep();
        }
    }

    /** Who asks for another answer does not want the same notes again. */
    private boolean isKept() {
        for (int i = 0; i < kept; i++) {
            if (best[i].notes().hasPitchesOf(draft.notes())) {
                return true;
            }
        }
        return false;
    }

    private void keep() {
        int place = kept;
        while (place > 0 && best[place - 1].score() < draft.score()) {
            place--;
        }
        if (place == KEPT) {
            return;
        }
        kept = Math.min(kept + 1, KEPT);
        Candidate dropped = best[kept - 1];
        System.arraycopy(best, place, best, place + 1, kept - 1 - place);
        best[place] = draft;
        draft = dropped;
    }

    /** The mind is as it was; the answer that was being imagined begins anew with the next {@link #think}. */
    void wake() {
        stage.mind().wake();
    }

    /**
     * Plans the best answer that was not yet taken.
     *
     * @param atNanos when the answer begins: as imagined, or later by {@code again}
     * @return false if there is none
     */
    boolean plan(long atNanos) {
        if (taken == kept) {
            return false;
        }
        Candidate chosen = best[taken];
        tellWhy(chosen);
        taken++;
        Pulse now = stage.listener().pulse();
        long laterNanos = later(now, atNanos);
        // The engine may be woken a little later than the answer begins.
        long soonestNanos =
                Math.max(atNanos, stage.voice().nowNanos()) + stage.dials().leadNanos();
        for (int i = 0; i < chosen.size(); i++) {
            long dueNanos = chosen.dueNanos(i) + laterNanos;
            if (laterNanos == 0 && !Double.isNaN(chosen.place(i)) && now.knowsBars()) {
                dueNanos = now.nanosAt(chosen.place(i));
            }
            soonestNanos = Math.max(soonestNanos, dueNanos);
            stage.plan().add(chosen.event(i), soonestNanos, now);
        }
        stage.plan().setWhole();
        return true;
    }

    private void tellWhy(Candidate chosen) {
        Choice choice = stage.choice();
        choice.begin(complete, taken);
        for (int i = 0; i < kept; i++) {
            choice.add(best[i].origin(), best[i].motifs(), best[i].score());
        }
        critic.findMotifs(call.played(), chosen.notes(), choice);
    }

    /** How much later than imagined: whole beats, where there is a pulse. */
    private long later(Pulse now, long atNanos) {
        long nanos = atNanos - answerNanos;
        return nanos <= 0 || now.confidence() == 0 ? nanos : Math.round(now.wholeBeatsNanos((double) nanos));
    }
}
