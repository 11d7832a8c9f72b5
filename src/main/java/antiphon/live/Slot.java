package antiphon.live;

import antiphon.midi.DueHeap;
import org.jspecify.annotations.Nullable;

/** What travels in a ring: a message with its time, or a command. Written before publication, read after. */
final class Slot {
    /** A short message that came by an input, or is to leave by an output. */
    static final int MESSAGE = 0;

    /** An input is gone: its keys and pedals count as released. */
    static final int INPUT_LOST = 1;

    /** A {@link antiphon.improv.Control}: its ordinal is the message, its value the value. */
    static final int CONTROL = 2;

    /** Another mind, the payload, is to take over at the next rest. */
    static final int SUCCESSOR = 3;

    /** What thru has copied, or not, to one output and is no message that is heard: only the ledger is told. */
    static final int COPY = 4;

    /** A message that is an order to the program, see {@link Commands}: only the tap is told. */
    static final int COMMAND = 5;

    /** A message that came by an input; what became of it at the outputs is told by copies. */
    static final int HEARD = 6;

    /** From now on other routes hold: the payload. */
    static final int ROUTES = 7;

    /** See {@link DueHeap#NO_CAUSE}. */
    static final long NO_CAUSE = DueHeap.NO_CAUSE;

    /**
     * The value of a message in the in ring: whether thru has copied it to the output or not. When the engine has taken
     * it in, how late that was is told as well: see {@link #heardAfter}.
     */
    static final long COPIED = 1;

    static final long NOT_COPIED = 0;

    /** The value of an input that is not gone, but brought back what we sent: what was heard by it is no call. */
    static final long LOOPED = 1;

    /** The same, and some of it was heard as if somebody had played it: so all that was heard is worth nothing. */
    static final long LOOPED_AND_HEARD = 2;

    int what;

    /** Which of our inputs it came by, from 0; of a control that a replay repeats what {@link Tap#CONTROL} has there. */
    int input;

    int message;

    /** When it came, or is due. */
    long nanos;

    /**
     * Of a message in the in ring {@link #COPIED} or not, of a control its value, of a successor its number, of a command {@link Tap#ORDERED} or
     * {@link Tap#TAPPED}; in the out
     * ring when the message came that this one answers at once, or {@link #NO_CAUSE}.
     */
    long value;

    @Nullable
    Object payload;

    /** The value, {@link #COPIED} or not, of a message that the engine took in so long after it came. */
    static long heardAfter(long value, long delayNanos) {
        return (value & COPIED) | delayNanos << 1;
    }

    /** The value of a {@link #COPY}. */
    static long copy(int output, boolean copied) {
        return (copied ? COPIED : NOT_COPIED) | (long) output << 1;
    }

    /** Which output a {@link #COPY} is for, from 0. */
    static int output(long value) {
        return (int) (value >>> 1);
    }

    /** How long after it came the engine took it in: what {@link #heardAfter} was told, otherwise 0. */
    static long delayNanos(long value) {
        return value >>> 1;
    }

    static boolean isCopied(long value) {
        return (value & COPIED) != 0;
    }
}
