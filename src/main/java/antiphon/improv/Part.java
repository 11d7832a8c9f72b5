package antiphon.improv;

import antiphon.music.MessageSink;
import antiphon.music.Voice;

/**
 * One way to take part: decides when the partner plays, for how long, and with which limits. The improviser hears,
 * sends and keeps time for all parts alike; a part only says what comes next, by putting it into the {@link Plan}. One
 * thread; implementations allocate nothing after construction.
 */
public interface Part {
    /** A way to think of answers: the network draws all of them. Journals have these numbers. */
    int DRAWN = 0;

    /** Half of them are developed from the call's own material. */
    int DEVELOPED = 1;

    /** For {@link #thought}: due at any time. */
    long EVER = Long.MAX_VALUE;

    /**
     * The voice under which the network hears the human's notes. For a part that plays on as the human it is the
     * partner's own voice.
     */
    default int humanVoice() {
        return Voice.HUMAN;
    }

    /** The silence that ends the human's phrase, at least. */
    long restNanos();

    /** From now on this part is at work; the partner is silent at this moment. */
    default void enter(long nanos) {}

    /** A note of the human's is about to be heard. */
    default void interrupt(long nanos, MessageSink out) {}

    /** What was planned until this time is played although the human has just begun a note; what was planned later is not. */
    default long committedNanos(long nanos) {
        return Long.MIN_VALUE;
    }

    /** A note of the human's has begun, and the mind has heard it. */
    default void began(int pitch, int velocity, long nanos, MessageSink out) {}

    /** A note of the human's ends, and the mind will hear of it next. */
    default void ending(int pitch, long nanos, MessageSink out) {}

    /**
     * Decides what comes next, if it is time: puts it into the plan, which is empty.
     *
     * @return when to be asked again if nothing was planned and nothing happens
     */
    long decide(long nowNanos);

    /** A planned event has been sent. */
    default void sent(int event, long dueNanos) {}

    /** Another rest is set: a phrase that is over by it ends now. */
    default void restChanged(long nanos) {}

    /** Begins to play without waiting for a rest. */
    default void answer(long nanos) {}

    /**
     * Begins another answer to the same call, after {@link #stopped}.
     *
     * @return false if there is no call to answer again
     */
    default boolean again(long nanos) {
        return false;
    }

    /** When there is an answer to think of, {@link Long#MAX_VALUE} if there is none. */
    default long thinkNanos(long nowNanos) {
        return Long.MAX_VALUE;
    }

    /**
     * Gets ready to think of answers to what was heard until now.
     *
     * @param way {@link #DRAWN}, {@link #DEVELOPED}
     * @return false if it is
     */
    default boolean beginThinking(long nowNanos, int way) {
        return false;
    }

    /** Thinks of one more event of an answer that may be given, after {@link #beginThinking}. */
    default void think() {}

    /** Answers thought of, if one of them is due now; else 0. */
    default int thought(long nowNanos) {
        return 0;
    }

    /** The mind is brought back from what it thinks of to what was really heard. */
    default void wake() {}

    /** True if a note of the human's has made a part of its plan useless, and nothing has been planned since. */
    default boolean mustPlanAnew() {
        return false;
    }

    /** Time passes, and what was thought of until now may be planned; before anything is told to the mind. */
    default void advancing(long nowNanos) {
        wake();
    }

    /** What was thought of is of no use any more. */
    default void forgetThoughts() {}

    /** The answer that is being played ends with the next beat. */
    default void veto(long nanos) {}

    /** The partner has been silenced: its turn, if it has one, is over. */
    default void stopped(long nanos) {}

    /** Everything heard is forgotten, and the partner is silent. */
    default void forget() {}

    /** Another mind has taken over: what was kept of the old one must not be used. */
    default void mindReplaced() {}

    /** True while it is the partner's turn. */
    default boolean isAnswering() {
        return false;
    }

    /** True while no phrase waits for an answer, and none is played. */
    default boolean isIdle() {
        return true;
    }

    /** Answers begun since the start. */
    default long answers() {
        return 0;
    }

    /** Makes the part for each mode. */
    @FunctionalInterface
    interface Maker {
        Part make(Mode mode, Stage stage);
    }
}
