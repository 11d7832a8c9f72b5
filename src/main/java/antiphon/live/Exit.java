package antiphon.live;

import antiphon.HotPath;
import antiphon.music.Message;

/**
 * One of our outputs as the engine sees it: what goes there, how much earlier than it is heard, what sounds there and how
 * that is ended. The engine's thread.
 */
@HotPath
final class Exit {
    private final int number;
    private final Leaving out;
    private final NoteLedger ledger;
    private final Releasing releasing;
    private final Followed answers = new Followed();
    private long offsetNanos;

    /** There is a slower output, for which this one waits. */
    private boolean waits;

    /**
     * An output at which nothing sounds.
     *
     * @param number from 0
     * @param out where its messages go
     * @param offsetNanos how long before it is heard a message leaves there
     * @param waits there is a slower output
     * @param thrus the receivers of all inputs, in their order
     */
    Exit(int number, Leaving out, long offsetNanos, boolean waits, NoteLedger ledger, Thru[] thrus) {
        this.number = number;
        this.out = out;
        this.offsetNanos = offsetNanos;
        this.waits = waits;
        this.ledger = ledger;
        releasing = new Releasing(number, ledger, thrus, this::release);
    }

    private boolean release(int message, long dueNanos) {
        return out.send(message, dueNanos, Slot.NO_CAUSE);
    }

    long offsetNanos() {
        return offsetNanos;
    }

    void offset(long nanos) {
        offsetNanos = nanos;
    }

    /**
     * Messages leave as the slowest output needs it.
     *
     * @param slowestNanos the longest of all outputs' offsets
     * @param immediateNanos how long after another message one is heard that answers it at once, at the slowest output
     */
    void leave(long slowestNanos, long immediateNanos) {
        waits = offsetNanos < slowestNanos;
        out.leaveEarlier(offsetNanos, immediateNanos);
    }

    /** A message of the partner's as it goes here; {@link Followed#NOTHING} if it does not. */
    int answer(Routing routing, int message) {
        return answers.of(message, routing.answers(number, Message.channel(message)));
    }

    /**
     * Sends a message of the partner's.
     *
     * @param as what {@link #answer} made of it
     * @return false if there was no room; what it should have ended is ended later
     */
    boolean send(int message, int as, long dueNanos, long causeNanos) {
        // What has to wait for the slowest answers nothing at once, and its delay is no measure.
        if (!out.send(as, dueNanos, waits ? Slot.NO_CAUSE : causeNanos)) {
            // The improviser takes its note for ended: from here on only the ledger knows that it sounds.
            if (!Message.isNoteOn(message)) {
                release(NoteLedger.ANSWERS);
            }
            return false;
        }
        answers.went(message, as);
        ledger.sent(NoteLedger.ANSWERS, as, dueNanos);
        return true;
    }

    /** Sends a message of a clock: nothing to end. Returns false if there was no room. */
    boolean tick(int message, long dueNanos) {
        return out.send(message, dueNanos, Slot.NO_CAUSE);
    }

    /** Writes down what thru has copied, and ends what thru has begun and the port did not let it end. */
    void note(int input, int message, boolean copied, long nanos, long endNanos) {
        if (copied) {
            ledger.sent(NoteLedger.ofInput(input), message, nanos);
        } else {
            releasing.endNotCopied(input, message, endNanos);
        }
    }

    /** Ends what a section of the ledger holds, from the next {@link #work} on. */
    void release(int section) {
        if (section == NoteLedger.ANSWERS) {
            answers.ended();
        }
        releasing.section(section);
    }

    /** Likewise everything that was sent. */
    void releaseAll() {
        answers.ended();
        releasing.all();
    }

    /** Likewise everything, whether we know of it or not. */
    void silence() {
        answers.ended();
        releasing.silence();
    }

    boolean isDone() {
        return releasing.isDone();
    }

    void work(long dueNanos) {
        if (!releasing.isDone()) {
            releasing.work(dueNanos);
        }
    }

    /** What was handed over has left by now, as far as it was due. */
    void settle(long nanos) {
        if (out.isEmpty()) {
            ledger.settle(nanos);
        }
    }
}
