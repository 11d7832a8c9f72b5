package antiphon.improv;

import antiphon.HotPath;
import antiphon.model.StackedLstm;
import antiphon.music.MessageSink;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * The parts that play at once: the first one, and up to {@value Band#MAX_BESIDE} beside it, each an {@link
 * Improviser} with a mode, channel, register and level of its own; everything else is set for all of them together.
 *
 * <p>Each part hears the human, in the order of {@link Rounds}. Besides, a part is led by those before it: it hears their notes as if the human played
 * them, so that a bass accompanies the first part's answers too. Those after it only its network hears, as more voices of
 * the partner's, while it answers. So no two parts can answer each other for ever.
 *
 * <p>The first part, and those that answer each note with one, hear the human at once. The others hear, and play, one in
 * each {@linkplain #advance call}, so that nothing that comes meanwhile waits for the networks of all of them.
 *
 * <p>A pure state machine like the improviser. One thread, unless said otherwise; after {@link #makeBeside} it allocates
 * nothing. While the first part is alone it is asked directly.
 */
public final class Ensemble {
    /** Parts at once. */
    public static final int PARTS = Lineup.PARTS;

    private final Lineup lineup;
    private final Improviser first;
    private final Rounds rounds;
    private final Succession succession = new Succession();

    /**
     * Makes the parts that play from the beginning.
     *
     * @param maker makes the part of a number, from 0, for a network; that allocates some megabytes
     */
    public Ensemble(StackedLstm network, Settings settings, BiFunction<Integer, StackedLstm, Improviser> maker) {
        lineup = new Lineup(network, (number, its) -> join(number, maker.apply(number, its)));
        first = lineup.first();
        rounds = new Rounds(lineup);
        for (int number = 1; number < PARTS; number++) {
            if (settings.hasBeside(number)) {
                lineup.make(number);
                lineup.turn(number, true);
            }
        }
    }

    private Improviser join(int number, Improviser part) {
        part.stage().voice().setOthers((channel, pitch, due, nanos) -> free(number, channel, pitch, due, nanos));
        return part;
    }

    /** A part begins a note: those of the others on its key end. */
    @HotPath
    private long free(int forPart, int channel, int pitch, long dueNanos, long nanos) {
        long freeNanos = Long.MIN_VALUE;
        for (int number = 0; number < PARTS && !lineup.isAlone(); number++) {
            Improviser part = lineup.playing(number);
            if (part != null && number != forPart) {
                part.part().wake();
                AnswerVoice voice = part.stage().voice();
                freeNanos = Math.max(freeNanos, voice.free(channel, pitch, dueNanos, nanos, rounds.said(number)));
            }
        }
        return freeNanos;
    }

    /**
     * Makes a part if there is none of this number, from 1; it stays silent until a control turns it on. Any thread, before
     * it sends the engine a control of that part.
     */
    public void makeBeside(int number) {
        lineup.make(number);
    }

    /** The first part. */
    @HotPath
    public Improviser first() {
        return first;
    }

    /** The part of this number, from 0, if it plays. */
    @HotPath
    public @Nullable Improviser playing(int number) {
        return lineup.playing(number);
    }

    /** Begins a new piece: see {@link Improviser#begin}. */
    @HotPath
    public void begin(long nanos) {
        rounds.begin(nanos);
        for (int number = 0; number < PARTS; number++) {
            Improviser part = lineup.playing(number);
            if (part != null) {
                part.begin(nanos);
            }
        }
    }

    /** Takes in what the human did: see {@link Improviser#hear(int, int, long, long, MessageSink)}. */
    @HotPath
    public void hear(int input, int message, long nanos, long nowNanos, MessageSink out) {
        if (lineup.isAlone()) {
            first.hear(input, message, nanos, nowNanos, out);
            return;
        }
        if (!lineup.isEcho(message, nanos)) {
            rounds.hear(input, message, nanos, nowNanos, out);
        }
    }

    /** Takes in a message of a clock: see {@link Improviser#hearClock}. */
    @HotPath
    public void hearClock(
            int input, int message, long nanos, long nowNanos, boolean ofHost, boolean copied, MessageSink out) {
        rounds.hearClock(input, message, nanos, nowNanos, ofHost, copied, out);
    }

    /** An input is gone: see {@link Improviser#lose}. */
    @HotPath
    public void lose(int input, long nanos, MessageSink out) {
        rounds.hearAll(nanos, nanos, out);
        for (int number = 0; number < PARTS; number++) {
            Improviser part = lineup.playing(number);
            if (part != null) {
                part.lose(input, rounds.notBefore(number, nanos), rounds.said(number, out));
            }
        }
    }

    /** What is being played by the human is not to be answered. */
    @HotPath
    public void dropPhrases() {
        lineup.dropPhrases();
    }

    /** Everything that was heard is forgotten: see {@link Improviser#forget}. */
    @HotPath
    public void forget(long nanos, MessageSink out) {
        rounds.hearAll(nanos, nanos, out);
        for (int number = 0; number < PARTS; number++) {
            Improviser part = lineup.playing(number);
            if (part != null) {
                part.forget(rounds.notBefore(number, nanos), rounds.said(number, out));
            }
        }
        rounds.forget();
    }

    /** See {@link Improviser#stopClock}; the first part's alone. */
    @HotPath
    public void stopClock(long nanos, MessageSink out) {
        first.stopClock(nanos, out);
    }

    /**
     * Lets the first part send all that is due, see {@link Improviser#advance}, and, unless something was just heard, one
     * part beside it hear one message or send what is due.
     *
     * @return when to call again at the latest: now, until each of them has had its turn
     */
    @HotPath
    public long advance(long nowNanos, MessageSink out) {
        if (lineup.isAlone()) {
            return first.advance(nowNanos, out);
        }
        return rounds.advance(nowNanos, out);
    }

    /**
     * Computes ahead what the next event needs of one part's network: see {@link Improviser#prepare}.
     *
     * @return false if all were prepared already
     */
    @HotPath
    public boolean prepare() {
        for (int number = 0; number < PARTS; number++) {
            Improviser part = lineup.playing(number);
            if (part != null && part.prepare()) {
                return true;
            }
        }
        return false;
    }

    /** When the part of this number, from 0, has an answer to think of: see {@link Part#thinkNanos}. */
    @HotPath
    public long thinkNanos(int number, long nowNanos) {
        Improviser part = lineup.playing(number);
        return part == null ? Long.MAX_VALUE : part.part().thinkNanos(nowNanos);
    }

    /** See {@link Part#beginThinking}; false if there is no such part. */
    @HotPath
    public boolean beginThinking(int number, long nowNanos, int way) {
        Improviser part = lineup.playing(number);
        return part != null && part.part().beginThinking(nowNanos, way);
    }

    /** See {@link Part#think}. */
    @HotPath
    public void think(int number) {
        Improviser part = lineup.playing(number);
        if (part != null) {
            part.part().think();
        }
    }

    /** How many answers each part has thought of that are due now, see {@link Part#thought}. */
    @HotPath
    public long thought(long nowNanos) {
        long thought = 0;
        for (int number = 0; number < PARTS; number++) {
            Improviser part = lineup.playing(number);
            if (part != null) {
                thought = Thought.with(thought, number, part.part().thought(nowNanos));
            }
        }
        return thought;
    }

    /** Changes a setting or carries out an action: see {@link Improviser#set}. */
    @HotPath
    public void set(Control control, long value, long nanos, MessageSink out) {
        if (control == Control.CLICK) {
            Clicks.send(first.dials(), value, out);
            return;
        }
        rounds.hearAll(nanos, nanos, out);
        if (control == Control.SLIP) {
            slip(value, nanos);
            return;
        }
        int beside = control.beside();
        if (beside > 0) {
            setBeside(beside, control.ofPart(), value, rounds.notBefore(beside, nanos), rounds.said(beside, out));
            if (lineup.isAlone()) {
                // It still hears how the notes of the part that has left end.
                rounds.hearAll(Long.MAX_VALUE, nanos, out);
            }
            return;
        }
        first.set(control, value, nanos, rounds.said(0, out));
        for (int number = 1; number < PARTS && !control.isOfFirstAlone(); number++) {
            Improviser part = lineup.playing(number);
            if (part != null) {
                // The same numbers in every part would be the same line.
                long its = control == Control.SEED ? value + number : value;
                part.set(control, its, rounds.notBefore(number, nanos), rounds.said(number, out));
            }
        }
    }

    @HotPath
    private void slip(long byNanos, long nanos) {
        for (int number = 0; number < PARTS; number++) {
            Improviser part = lineup.playing(number);
            if (part != null) {
                part.listener().pulse().slip(byNanos, nanos);
            }
        }
    }

    @HotPath
    private void setBeside(int number, Control control, long value, long nanos, MessageSink out) {
        Improviser part = lineup.part(number);
        if (part == null) {
            return;
        }
        if (control != Control.MODE) {
            part.set(control, value, nanos, out);
            return;
        }
        boolean turnsOn = value != Band.Beside.OFF;
        if (turnsOn && lineup.playing(number) == null) {
            part.joins(first, nanos);
        }
        // One that leaves ends what it plays.
        part.set(Control.MODE, turnsOn ? value : Mode.LISTEN.number(), nanos, out);
        lineup.turn(number, turnsOn);
    }

    /** Who will go on with another network: they are fed, then {@link #succeed} lets them take over. */
    @HotPath
    public Succession succession() {
        return succession;
    }

    /** See {@link Lineup#successors}. */
    public Successors successors(StackedLstm network, Settings settings, long firstEvent, int which) {
        return lineup.successors(network, settings, firstEvent, which);
    }

    /** The parts that were ever made, as bits: see {@link #successors}. Any thread. */
    public int made() {
        return lineup.made();
    }

    /** True if there are successors and they can take over now without being noticed. Feed them first. */
    @HotPath
    public boolean canSucceed(long nanos) {
        return rounds.allIsHeard() && succession.canTakeOver(nanos, lineup.isQuiet());
    }

    /**
     * Lets the successors take over. What is planned is planned again.
     *
     * @return the number of the event in the history that the first one was fed first
     */
    @HotPath
    public long succeed() {
        Successors successors = succession.take();
        if (successors == null) {
            return 0;
        }
        lineup.succeed(successors);
        return successors.first().firstRelived();
    }

    /** True while no part plays and no phrase waits for an answer. */
    public boolean isIdle() {
        return lineup.isIdle() && rounds.allIsHeard();
    }

    /** Answers begun since the start, of all parts. Approximate while another thread runs it. */
    public long answers() {
        return lineup.answers();
    }

    /** Notes sent since the start, of all parts. Approximate while another thread runs it. */
    public long notesAnswered() {
        return lineup.notesAnswered();
    }

    /** Notes since the start that did not begin because it was too late, of all parts. Approximate as well. */
    public long notesDropped() {
        return lineup.notesDropped();
    }
}
