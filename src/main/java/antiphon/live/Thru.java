package antiphon.live;

import antiphon.HotPath;
import antiphon.improv.Clicks;
import antiphon.improv.Control;
import antiphon.improv.SendClock;
import antiphon.midi.MidiBackend.OutputPort;
import antiphon.midi.MidiReceiver;
import antiphon.music.Message;
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
    private final OutputPort port;
    private final Meters meters;
    private final LongSupplier nanoClock;

    /**
     * What copies have begun, by the numbers of {@link Ends}: its end is copied too, even if thru is off by then. The
     * input's thread only.
     */
    private final boolean[] begun = new boolean[Ends.HELD];

    /**
     * Copied note-ons and controllers moved away that the engine never heard of because the ring was full, counted by
     * the number of what ends them. The count never goes down.
     */
    private final AtomicIntegerArray missed = new AtomicIntegerArray(Ends.HELD);

    /** Ends that found no room in the ring, a bit each, by their numbers. */
    private final AtomicLongArray lateEnds = new AtomicLongArray((Ends.COUNT + Long.SIZE - 1) / Long.SIZE);

    /** How many ends found no room; only the input's thread writes it. */
    private volatile int lateEndsKept;

    /** Which of these the engine has taken; only the engine writes it. */
    private volatile int lateEndsTaken;

    /** What was copied lately, for the guards of all inputs. */
    private final SentMessages sent = new SentMessages();

    /** Null where nothing that is sent can come back. Set before the first message. */
    private @Nullable LoopGuard guard;

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

    /** A clock of our own goes to the output: what comes in must not go there too. */
    private volatile boolean ownClock;

    /**
     * Makes a receiver for one input.
     *
     * @param input its number, from 0
     * @param port where messages are copied to
     * @param on whether they are copied at first
     */
    Thru(int input, InRing ring, OutputPort port, boolean on, Meters meters, LongSupplier nanoClock) {
        this.input = input;
        this.ring = ring;
        this.port = port;
        this.on = on;
        this.meters = meters;
        this.nanoClock = nanoClock;
    }

    /**
     * Takes over copying, whether a MIDI clock of our own is sent, and whether keys are tapped; other controls change
     * nothing. Notes that were begun by a copy are still ended by one. Any thread.
     */
    void set(Control control, long value) {
        if (control == Control.THRU) {
            on = value != 0 && !hearsOnly;
        } else if (control == Control.SEND_CLOCK) {
            ownClock = SendClock.of((int) value) == SendClock.OWN;
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
                port.thru(own.probeMessage(i), nanos);
            }
        }
        if (own.proved()) {
            for (int key = 0; key < Ends.KEYS; key++) {
                for (int surplus = Math.min(own.takeSurplus(key), MAX_SURPLUS); surplus > 0; surplus--) {
                    port.thru(Ends.message(key), nanos);
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
        if (commands.include(message) && !endsWhatWasCopied(message)) {
            command(message, nanos, played, Tap.ORDERED);
            return;
        }
        boolean copied =
                ((on && !(ownClock && Message.isClock(message)) && !endsTap(message)) || endsWhatWasCopied(message))
                        && copy(message, nanos);
        boolean ofChannel = Message.status(message) < CHANNEL_MESSAGES_BELOW;
        if (ofChannel) {
            meters.messagesIn.incrementAndGet();
        }
        if (!played) {
            if (copied && !ring.publishCopy(input, message, nanos)) {
                countMissed(message);
            }
            return;
        }
        long how = copied ? Slot.COPIED : Slot.NOT_COPIED;
        if (ofChannel && !tell(message, nanos, how) && copied) {
            countMissed(message);
        } else if (Message.isClock(message) && !ring.publish(input, message, nanos, how)) {
            meters.inRingDrops.incrementAndGet();
        }
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

    /** False if the engine does not hear of it, or later. */
    private boolean tell(int message, long nanos, long how) {
        if (!hasLateEnds() && ring.publish(input, message, nanos, how)) {
            return true;
        }
        int end = Ends.of(message);
        if (end < 0) {
            meters.inRingDrops.incrementAndGet();
        } else {
            keep(end);
        }
        return false;
    }

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

    private void countMissed(int message) {
        int begins = Ends.begunBy(message);
        if (begins >= 0) {
            missed.incrementAndGet(begins);
        }
    }

    private boolean endsWhatWasCopied(int message) {
        int end = Ends.of(message);
        return end >= 0 && end < Ends.HELD && begun[end];
    }

    private boolean copy(int message, long nanos) {
        boolean taken = port.thru(message, nanos);
        if (taken) {
            sent.add(message, nanos);
            if (guard != null) {
                guard.copied(message);
            }
            remember(message);
        } else {
            meters.portRefusals.incrementAndGet();
        }
        Meters.record(meters.inToThruNanos, nanoClock.getAsLong() - nanos);
        return taken;
    }

    private void remember(int message) {
        int begins = Ends.begunBy(message);
        int end = begins >= 0 ? begins : Ends.of(message);
        if (end >= 0 && end < Ends.HELD) {
            begun[end] = begins >= 0;
        }
    }

    @Override
    public void receiveLong(byte[] bytes, int length, long nanos) {
        LoopGuard own = guard;
        boolean echo = own != null && own.judgeLong(length, nanos) == LoopGuard.DROP;
        if (own != null) {
            look(own, Message.of(SYSTEM_EXCLUSIVE, 0, 0), nanos);
        }
        if (on && !echo && !port.thruLong(bytes, length, nanos)) {
            meters.portRefusals.incrementAndGet();
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
    int missed(int end) {
        return missed.get(end);
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
