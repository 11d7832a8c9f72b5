package antiphon.live;

import antiphon.HotPath;
import antiphon.improv.Clicks;
import antiphon.improv.Control;
import antiphon.improv.SendClock;
import antiphon.midi.MidiBackend.OutputPort;
import antiphon.midi.MidiReceiver;
import antiphon.music.Message;
import java.util.List;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Receives the messages of one input: copies them to the output unchanged if thru is on, then puts them into the in
 * ring. Runs on the input's own thread and waits for nothing. The engine writes down the notes that were copied, when
 * their messages have come through the ring.
 *
 * <p>No end of a note is lost. Where the ring is full, it is kept here, and until the engine has taken it nothing
 * further of this input goes into the ring, so that the order of what the engine hears is that in which it came.
 */
@HotPath
final class Thru implements MidiReceiver {
    private static final int CHANNEL_MESSAGES_BELOW = 0xF0;
    private static final int SYSTEM_EXCLUSIVE = 0xF0;

    /** Note-offs for copies of one key that went round. */
    private static final int MAX_SURPLUS = 16;

    private static final long SENSES_NOTHING = Long.MIN_VALUE;

    private final int input;
    private final InRing ring;
    private final Copies copies;
    private final Meters meters;
    private final LongSupplier nanoClock;

    /**
     * By output, copied note-ons and controllers moved away that the engine never heard of because the ring was full,
     * counted by the number of what ends them. The count never goes down.
     */
    private final AtomicIntegerArray[] missed;

    /** Ends that found no room in the ring, a bit each, by their numbers in {@link Ends}. */
    private final AtomicLongArray lateEnds;

    /** How many ends found no room; only the input's thread writes it. */
    private volatile int lateEndsKept;

    /** Which of these the engine has taken; only the engine writes it. */
    private volatile int lateEndsTaken;

    /** What was copied lately, for the guards of all inputs. */
    private final SentMessages sent = new SentMessages();

    /** Null where nothing that is sent can come back. Set before the first message. */
    private @Nullable LoopGuard guard;

    /** What comes is copied to the first output; to the others it is wherever it is routed there. */
    private volatile boolean on;

    /** Nothing is copied, whatever is set. Set before the first message. */
    private boolean hearsOnly;

    /** What is no music. */
    private volatile Commands commands = Commands.NONE;

    /** Keys are tapped to clicks, and are no music. */
    private volatile boolean tapping;

    /** Keys that were pressed then, and whose ends are not copied. The input's thread only. */
    private final boolean[] tapped = new boolean[Ends.KEYS];

    /** When the last message came, once active sensing has; else {@link #SENSES_NOTHING}. */
    private final AtomicLong sensedNanos = new AtomicLong(SENSES_NOTHING);

    /** A clock of our own goes to the output. */
    private volatile boolean ownClock;

    /** The engine sends a clock, to the outputs that are to have one: what comes in must not go there too. */
    private volatile boolean clockStays;

    /** The same with one output, to which everything goes unchanged. */
    Thru(int input, InRing ring, OutputPort port, boolean on, Meters meters, LongSupplier nanoClock) {
        this(input, ring, List.of(port), Routing.of(Wiring.PLAIN, input + 1), on, meters, nanoClock);
    }

    /**
     * Makes a receiver for one input.
     *
     * @param input its number, from 0
     * @param routing to which of the ports messages are copied at first
     * @param on whether they are copied to the first one, at first
     */
    Thru(
            int input,
            InRing ring,
            List<OutputPort> ports,
            Routing routing,
            boolean on,
            Meters meters,
            LongSupplier nanoClock) {
        this.input = input;
        this.ring = ring;
        copies = new Copies(input, ports, routing);
        missed = new AtomicIntegerArray[ports.size()];
        for (int output = 0; output < missed.length; output++) {
            missed[output] = new AtomicIntegerArray(Ends.HELD);
        }
        lateEnds = new AtomicLongArray(Ends.words(ports.size()));
        this.on = on;
        this.meters = meters;
        this.nanoClock = nanoClock;
    }

    /** From now on these routes hold. What they have begun elsewhere is ended there. Any thread. */
    void route(Routing wanted) {
        copies.route(wanted);
    }

    /**
     * Takes over copying, whether a MIDI clock of our own is sent, and whether keys are tapped; other controls change
     * nothing. Notes that were begun by a copy are still ended by one. Any thread.
     */
    void set(Control control, long value) {
        if (control == Control.THRU) {
            on = value != 0 && !hearsOnly;
        } else if (control == Control.SEND_CLOCK) {
            SendClock clock = SendClock.of((int) value);
            ownClock = clock == SendClock.OWN;
            clockStays = ownClock || (clock == SendClock.PASS && missed.length > 1);
        } else if (control == Control.CALIBRATE) {
            tapping = value != 0;
        }
    }

    /** Copies nothing, and takes nothing for an echo: what comes is from no port. Before the first message. */
    void hearOnly() {
        hearsOnly = true;
        on = false;
        guard = null;
    }

    /** Looks out for what we sent ourselves from now on. Before the first message. */
    void guard(LoopGuard loopGuard) {
        guard = loopGuard;
    }

    /** From now on these messages are no music. Any thread. */
    void commands(Commands wanted) {
        commands = wanted;
    }

    /** How long what we send takes to come back here; {@link LoopGuard#NONE} if it does not. Any thread. */
    long loopNanos() {
        return guard == null ? LoopGuard.NONE : guard.loopNanos();
    }

    @Override
    public void receive(int message, long nanos) {
        if (sensedNanos.getPlain() != SENSES_NOTHING || Message.status(message) == Message.ACTIVE_SENSING) {
            sensedNanos.setRelease(nanos);
        }
        LoopGuard own = guard;
        int verdict = own == null ? LoopGuard.HEAR : own.judge(message, nanos);
        if (own != null) {
            look(own, message, nanos);
        }
        if (verdict != LoopGuard.DROP) {
            take(message, nanos, verdict == LoopGuard.HEAR);
        }
    }

    /** Asks whether there is a loop, or ends what it has left. */
    private void look(LoopGuard own, int message, long nanos) {
        if (ownClock && Message.isClock(message)) {
            own.suspectClock();
        }
        if (own.startProbe(nanos)) {
            for (int i = 0; i < own.probeMessages(); i++) {
                copies.toAll(own.probeMessage(i), nanos);
            }
        }
        if (own.proved()) {
            for (int key = 0; key < Ends.KEYS; key++) {
                for (int surplus = Math.min(own.takeSurplus(key), MAX_SURPLUS); surplus > 0; surplus--) {
                    copies.toAll(Ends.message(key), nanos);
                }
            }
            ring.looped(input, nanos, own.heardOwn());
        }
    }

    /** @param played by somebody, and not only sent on */
    private void take(int message, long nanos, boolean played) {
        if (tapping && Message.isNoteOn(message)) {
            tapped[Message.key(message)] = true;
            // Steady taps look like an echo of the clicks on another key; an echo on their own key is one.
            command(message, nanos, played || Message.data1(message) != Clicks.PITCH, Tap.TAPPED);
            return;
        }
        // What a copy has begun is still ended by one.
        if (commands.include(message) && !copies.endsBegun(message)) {
            command(message, nanos, played, Tap.ORDERED);
            return;
        }
        boolean stays = (clockStays && Message.isClock(message)) || endsTap(message);
        boolean ofChannel = Message.status(message) < CHANNEL_MESSAGES_BELOW;
        // What goes to the first output as it came is told with the message itself, all else apart.
        boolean hears = played && copies.hears(message);
        boolean along = hears && copies.isPlain(message);
        boolean copied = copyTo(0, message, nanos, on && !stays, !along);
        for (int output = 1; output < missed.length; output++) {
            copyTo(output, message, nanos, !hearsOnly && !stays, true);
        }
        if (ofChannel) {
            meters.messagesIn.incrementAndGet();
        }
        if (hears && ofChannel) {
            copies.heard(message);
            if (!tell(message, nanos, along, copied) && copied && along) {
                countMissed(0, message);
            }
        } else if (hears
                && Message.isClock(message)
                && !ring.publish(input, message, nanos, copied ? Slot.COPIED : Slot.NOT_COPIED)) {
            meters.inRingDrops.incrementAndGet();
        }
    }

    /**
     * Copies a message to an output if it goes there.
     *
     * @param may it goes there if it is routed there; otherwise only if it ends what was copied
     * @param apart the engine is told of it by a message of its own
     * @return true if the output has taken it
     */
    private boolean copyTo(int output, int message, long nanos, boolean may, boolean apart) {
        int as = copies.at(output, message, may);
        boolean copied = as != Followed.NOTHING && copy(output, message, as, nanos);
        if (apart) {
            int told = copied ? as : copies.endOf(output, message);
            int end = Ends.of(told);
            boolean ends = end >= 0 && end < Ends.HELD;
            if ((ends || (copied && Ends.begunBy(told) >= 0))
                    && (hasLateEnds() || !ring.publishCopy(input, output, told, nanos, copied))) {
                if (ends) {
                    keep(Ends.at(output, end));
                }
                if (copied) {
                    countMissed(output, told);
                }
            }
        }
        return copied;
    }

    /** True for the end of what was tapped: nothing sounds that it could end. */
    private boolean endsTap(int message) {
        if (!Message.isNoteOff(message)) {
            return false;
        }
        boolean ends = tapped[Message.key(message)];
        tapped[Message.key(message)] = false;
        return ends;
    }

    /** Tells of an order; of the end of a key there is nothing to tell. */
    private void command(int message, long nanos, boolean played, int how) {
        meters.messagesIn.incrementAndGet();
        if (played && !Message.isNoteOff(message) && !ring.command(input, message, nanos, how)) {
            meters.inRingDrops.incrementAndGet();
        }
    }

    /**
     * False if the engine does not hear of it, or later.
     *
     * @param along it is told with it what became of it at the first output
     */
    private boolean tell(int message, long nanos, boolean along, boolean copied) {
        long how = copied ? Slot.COPIED : Slot.NOT_COPIED;
        if (!hasLateEnds()
                && (along ? ring.publish(input, message, nanos, how) : ring.publishHeard(input, message, nanos))) {
            return true;
        }
        int end = Ends.of(message);
        if (end < 0) {
            meters.inRingDrops.incrementAndGet();
        } else {
            keep(end);
            if (along && end < Ends.HELD) {
                keep(Ends.at(0, end));
            }
        }
        return false;
    }

    /** @param end its number in {@link Ends} */
    private void keep(int end) {
        int word = end / Long.SIZE;
        long before = lateEnds.get(word);
        // Only the engine writes there too, and it takes all bits at once: so a second try is enough.
        while (!lateEnds.compareAndSet(word, before, before | 1L << end)) {
            before = lateEnds.get(word);
        }
        int kept = lateEndsKept + 1;
        lateEndsKept = kept;
        ring.wake();
    }

    private void countMissed(int output, int message) {
        int begins = Ends.begunBy(message);
        if (begins >= 0) {
            missed[output].incrementAndGet(begins);
        }
    }

    private boolean copy(int output, int message, int as, long nanos) {
        boolean taken = copies.copy(output, message, as, nanos);
        if (taken) {
            sent.add(as, nanos);
            if (guard != null) {
                guard.copied(as);
            }
        } else {
            meters.portRefusals.incrementAndGet();
        }
        Meters.record(meters.inToThruNanos, nanoClock.getAsLong() - nanos);
        return taken;
    }

    @Override
    public void receiveLong(byte[] bytes, int length, long nanos) {
        LoopGuard own = guard;
        boolean echo = own != null && own.judgeLong(length, nanos) == LoopGuard.DROP;
        if (own != null) {
            look(own, Message.of(SYSTEM_EXCLUSIVE, 0, 0), nanos);
        }
        for (int output = 0; output < missed.length && !echo; output++) {
            boolean may = output == 0 ? on : !hearsOnly;
            if (may && !copies.copyLong(output, bytes, length, nanos)) {
                meters.portRefusals.incrementAndGet();
            }
        }
    }

    /** True if somebody must look whether it {@link #fallsSilent}. Any thread. */
    boolean senses() {
        return sensedNanos.get() != SENSES_NOTHING;
    }

    /** True, once, if active sensing came and nothing since then. One cold thread. */
    boolean fallsSilent(long sinceNanos) {
        long last = sensedNanos.get();
        return last != SENSES_NOTHING && last < sinceNanos && sensedNanos.compareAndSet(last, SENSES_NOTHING);
    }

    /** What was copied lately. */
    SentMessages sent() {
        return sent;
    }

    /** How often something was begun by a copy without the engine's knowledge, by the number of its end. Any thread. */
    int missed(int output, int end) {
        return missed[output].get(end);
    }

    /** True while ends are kept here. Any thread. */
    boolean hasLateEnds() {
        return lateEndsKept != lateEndsTaken;
    }

    /** How many ends were kept so far: read it before all that lies in the ring is taken, then {@link #takeLateEnds}. */
    int lateEndsKept() {
        return lateEndsKept;
    }

    /** Takes 64 of the ends that are kept: those of one word, a bit each. The engine's thread. */
    long takeLateEnds(int word) {
        return lateEnds.getAndSet(word, 0);
    }

    /** How many times {@link #takeLateEnds} must be called to take all. */
    int lateEndWords() {
        return lateEnds.length();
    }

    /**
     * All ends were taken and heard: lets messages go into the ring again, unless more ends were kept meanwhile.
     *
     * @param kept what {@link #lateEndsKept} was before they were taken
     */
    void lateEndsTaken(int kept) {
        lateEndsTaken = kept;
    }
}
