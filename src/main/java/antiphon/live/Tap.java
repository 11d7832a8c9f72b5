package antiphon.live;

import antiphon.HotPath;
import java.nio.ByteBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.broadcast.BroadcastBufferDescriptor;
import org.agrona.concurrent.broadcast.BroadcastReceiver;
import org.agrona.concurrent.broadcast.BroadcastTransmitter;

/**
 * What happens on the live path, for any number of readers that never hold it up: heard, planned, sent, changed. A
 * reader that falls behind by the whole buffer misses something, is told so, and goes on with what is new. It is
 * Agrona's broadcast buffer; only the engine's thread writes.
 */
public final class Tap {
    /** A message came by an input; {@link Entry#value} as {@link Slot#heardAfter} makes it. */
    public static final int HEARD = 1;

    /** An input was lost. */
    public static final int INPUT_LOST = 2;

    /**
     * A control was applied: {@link Entry#message} is its number, {@link Entry#value} its value. Where the first output's
     * offset was changed and another output is slower, {@link Entry#input} says by how many milliseconds.
     */
    public static final int CONTROL = 3;

    /**
     * The engine let time pass until {@link Entry#nanos}; {@link Entry#value} answers were thought of by then, due or not:
     * a part that has heard what is due later may be ahead.
     */
    public static final int ADVANCE = 4;

    /** A message of the answer was handed over; heard at {@link Entry#value}. */
    public static final int SENT = 5;

    /**
     * The plan of the part {@link Entry#input}, from 0, has changed: {@link Entry#message} events follow as {@link #PLANNED},
     * and what it planned before is dropped. That events of it have been sent is no change of a whole answer's plan.
     */
    public static final int PLAN = 6;

    /** An event of the plan of the part {@link Entry#input}, packed as {@link antiphon.music.Event}, due at {@link Entry#value}. */
    public static final int PLANNED = 7;

    /**
     * The state: {@link Entry#message} is the number of a {@link Turn}, {@link Entry#input} the number of the mode that
     * is set, {@link Entry#value} the human's key as {@link antiphon.improv.listen.Tonality#key} has it.
     */
    public static final int STATE = 8;

    /**
     * Another network took over: the one that the journal has under the number {@link Entry#message}. {@link Entry#value}
     * is the number of the event in the history that it was fed first.
     */
    public static final int SUCCEEDED = 9;

    /** Something failed; all notes were released and a new piece was begun. */
    public static final int RECOVERED = 10;

    /** A piece was begun: the engine knows nothing yet. */
    public static final int BEGUN = 11;

    /**
     * Answers are thought of from now on, to what was heard until {@link Entry#nanos}, in the way that {@link
     * Entry#message} says: {@link antiphon.improv.Part#DRAWN} or {@link antiphon.improv.Part#DEVELOPED}.
     */
    public static final int THINKING = 12;

    /**
     * A whole answer was chosen: {@link Entry#message} as {@link antiphon.improv.Choice#about} has it, {@link Entry#input} its
     * place among the best, from 0, of {@link Entry#value} that were tried.
     */
    public static final int CHOSEN = 13;

    /**
     * One of the best answers that were tried, after {@link #CHOSEN}: {@link Entry#message} as there, {@link Entry#input} its
     * place, from 0, and the bits of the critic's score in {@link Entry#value}, a double.
     */
    public static final int CANDIDATE = 14;

    /**
     * What the chosen answer takes up, after {@link #CANDIDATE}: {@link Entry#message} groups of notes, from the group {@link
     * Entry#value} of the answer on, are those from the group {@link Entry#input} of the call on, in any key; from 0.
     */
    public static final int MOTIF = 15;

    /**
     * A message came by an input that is no music: {@link Entry#value} says whether it is {@link #ORDERED}, see {@link
     * Commands}, or {@link #TAPPED}, see {@link Calibration}. It is in no journal.
     */
    public static final int COMMANDED = 16;

    /** It is an order to the program. */
    public static final int ORDERED = 0;

    /** It is tapped along with clicks. */
    public static final int TAPPED = 1;

    /** Room for a quarter of a minute of the densest playing, and for many minutes of ordinary. */
    static final int CAPACITY = 1 << 19;

    private static final int MESSAGE_AT = 0;
    private static final int INPUT_AT = 4;
    private static final int NANOS_AT = 8;
    private static final int VALUE_AT = 16;
    private static final int LENGTH = 24;

    private final int capacity;
    private final UnsafeBuffer buffer;
    private final BroadcastTransmitter transmitter;
    private final UnsafeBuffer record = new UnsafeBuffer(ByteBuffer.allocateDirect(LENGTH));

    /** A tap with room for {@value #CAPACITY} bytes. */
    public Tap() {
        this(CAPACITY);
    }

    /** @param capacity bytes, a power of two */
    Tap(int capacity) {
        this.capacity = capacity;
        buffer = new UnsafeBuffer(ByteBuffer.allocateDirect(capacity + BroadcastBufferDescriptor.TRAILER_LENGTH));
        transmitter = new BroadcastTransmitter(buffer);
    }

    /** Whose turn it is. */
    public enum Turn {
        /** The human's. */
        LISTENING,
        /** The partner's. */
        ANSWERING,
        /** The human's, and the partner stays silent whatever is played. */
        MUTED;

        private static final Turn[] ALL = values();

        /** Its number in rings and journals; see {@link #of}. */
        @SuppressWarnings("EnumOrdinal") // Rings and journals carry numbers.
        public int number() {
            return ordinal();
        }

        /** The turn with this number. */
        public static Turn of(int number) {
            return ALL[number];
        }
    }

    @HotPath
    void write(int what, int message, int input, long nanos, long value) {
        record.putInt(MESSAGE_AT, message);
        record.putInt(INPUT_AT, input);
        record.putLong(NANOS_AT, nanos);
        record.putLong(VALUE_AT, value);
        transmitter.transmit(what, record, 0, LENGTH);
    }

    /** A reader that begins with what comes next. Each reader belongs to one thread. */
    public Reader newReader() {
        boolean begun = buffer.getLongVolatile(capacity + BroadcastBufferDescriptor.TAIL_COUNTER_OFFSET) > 0;
        BroadcastReceiver receiver = new BroadcastReceiver(buffer);
        if (begun) {
            // It stands before the last record, not behind it.
            receiver.receiveNext();
        }
        return new Reader(receiver);
    }

    /** Takes records. */
    @FunctionalInterface
    public interface Handler {
        /** Called for each record; it is filled anew for the next. */
        void take(Entry entry);
    }

    /** One thing that happened; what its fields mean depends on {@link #what}. Filled anew for each. */
    public static final class Entry {
        private int what;
        private int message;
        private int input;
        private long nanos;
        private long value;

        /** {@link Tap#HEARD}, {@link Tap#SENT} … */
        public int what() {
            return what;
        }

        /** A packed message, event, ordinal or number. */
        public int message() {
            return message;
        }

        /** Which input it came by, from 0. */
        public int input() {
            return input;
        }

        /** When it happened, on the engine's clock. */
        public long nanos() {
            return nanos;
        }

        public long value() {
            return value;
        }

        /** True if it was {@link #HEARD}, and thru has copied it to the output. */
        public boolean isCopied() {
            return what == HEARD && Slot.isCopied(value);
        }
    }

    /** One reader's place. One thread. */
    public static final class Reader {
        private final BroadcastReceiver receiver;
        private final Entry entry = new Entry();
        private long missed;

        private Reader(BroadcastReceiver receiver) {
            this.receiver = receiver;
        }

        /**
         * Takes the next record.
         *
         * @return false if there is none
         */
        public boolean read(Handler handler) {
            while (receiver.receiveNext()) {
                int at = receiver.offset();
                entry.what = receiver.typeId();
                entry.message = receiver.buffer().getInt(at + MESSAGE_AT);
                entry.input = receiver.buffer().getInt(at + INPUT_AT);
                entry.nanos = receiver.buffer().getLong(at + NANOS_AT);
                entry.value = receiver.buffer().getLong(at + VALUE_AT);
                // The record was overwritten while we read it, so it is not a record.
                if (receiver.validate()) {
                    missed = receiver.lappedCount();
                    handler.take(entry);
                    return true;
                }
            }
            return false;
        }

        /** How often it fell so far behind that something was missed. */
        public long missed() {
            return Math.max(missed, receiver.lappedCount());
        }
    }
}
