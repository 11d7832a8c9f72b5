package antiphon.live;

import antiphon.HotPath;
import antiphon.improv.Control;
import antiphon.improv.SendClock;
import antiphon.midi.MidiBackend.OutputPort;
import antiphon.midi.MidiReceiver;
import antiphon.music.Message;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Receives the messages of one input: copies them to the output unchanged if thru is on, then puts them into the in
 * ring. Runs on the input's own thread and waits for nothing. The engine writes down the notes that were copied, when
 * their messages have come through the ring.
 */
@HotPath
final class Thru implements MidiReceiver {
    /** Keys of all channels; in {@link #missed} the pedals of the channels follow. */
    static final int KEYS = Message.CHANNELS * Message.PITCHES;

    private static final int CHANNEL_MESSAGES_BELOW = 0xF0;

    private static final int SYSTEM_EXCLUSIVE = 0xF0;

    /** Note-offs for copies of one key that went round. */
    private static final int MAX_SURPLUS = 16;

    private final int input;
    private final InRing ring;
    private final OutputPort port;
    private final Meters meters;
    private final LongSupplier nanoClock;

    /**
     * Keys whose note-on was copied: their note-off is copied too, even if thru is off by then. The input's thread
     * only.
     */
    private final boolean[] copiedKeys = new boolean[KEYS];

    /** Channels whose pedal was pressed by a copy, a bit each. */
    private int copiedPedals;

    /**
     * Copied note-ons and pressed pedals that the engine never heard of because the ring was full, counted by key. The
     * count never goes down.
     */
    private final AtomicIntegerArray missed = new AtomicIntegerArray(KEYS + Message.CHANNELS);

    /** What was copied lately, for the guards of all inputs. */
    private final SentMessages sent = new SentMessages();

    /** Null where nothing that is sent can come back. Set before the first message. */
    private @Nullable LoopGuard guard;

    private volatile boolean on;

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
     * Takes over copying, and whether a MIDI clock of our own is sent; other controls change nothing. Notes that were
     * begun by a copy are still ended by one. Any thread.
     */
    void set(Control control, long value) {
        if (control == Control.THRU) {
            on = value != 0;
        } else if (control == Control.SEND_CLOCK) {
            ownClock = SendClock.of((int) value) == SendClock.OWN;
        }
    }

    /** Looks out for what we sent ourselves from now on. Before the first message. */
    void guard(LoopGuard loopGuard) {
        guard = loopGuard;
    }

    /** How long what we send takes to come back here; {@link LoopGuard#NONE} if it does not. Any thread. */
    long loopNanos() {
        return guard == null ? LoopGuard.NONE : guard.loopNanos();
    }

    @Override
    public void receive(int message, long nanos) {
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
            for (int key = 0; key < KEYS; key++) {
                for (int surplus = Math.min(own.takeSurplus(key), MAX_SURPLUS); surplus > 0; surplus--) {
                    port.thru(ending(key), nanos);
                }
            }
            ring.lose(input, nanos);
        }
    }

    /** @param played by somebody, and not only sent on */
    private void take(int message, long nanos, boolean played) {
        boolean copied =
                ((on && !(ownClock && Message.isClock(message))) || endsWhatWasCopied(message)) && copy(message, nanos);
        boolean ofChannel = Message.status(message) < CHANNEL_MESSAGES_BELOW;
        if (ofChannel) {
            meters.messagesIn.incrementAndGet();
        }
        if (played ? ofChannel || Message.isClock(message) : copied) {
            boolean taken = played
                    ? ring.publish(input, message, nanos, copied ? Slot.COPIED : Slot.NOT_COPIED)
                    : ring.publishCopy(input, message, nanos);
            if (!taken) {
                meters.inRingDrops.incrementAndGet();
                if (copied) {
                    countMissed(message);
                }
            }
        }
    }

    private void countMissed(int message) {
        if (Message.isNoteOn(message)) {
            missed.incrementAndGet(Message.key(message));
        } else if (Message.isControl(message, Message.SUSTAIN_PEDAL) && Message.isPedalDown(message)) {
            missed.incrementAndGet(KEYS + Message.channel(message));
        }
    }

    private boolean endsWhatWasCopied(int message) {
        return (Message.isNoteOff(message) && copiedKeys[Message.key(message)])
                || (Message.isControl(message, Message.SUSTAIN_PEDAL)
                        && !Message.isPedalDown(message)
                        && (copiedPedals >>> Message.channel(message) & 1) != 0);
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
        if (Message.isNoteOn(message)) {
            copiedKeys[Message.key(message)] = true;
        } else if (Message.isNoteOff(message)) {
            copiedKeys[Message.key(message)] = false;
        } else if (Message.isControl(message, Message.SUSTAIN_PEDAL)) {
            int bit = 1 << Message.channel(message);
            copiedPedals = Message.isPedalDown(message) ? copiedPedals | bit : copiedPedals & ~bit;
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

    /** The message that ends what {@link #missed} counts under this number. */
    static int ending(int key) {
        return key < KEYS
                ? Message.noteOff(key / Message.PITCHES, key % Message.PITCHES)
                : Message.control(key - KEYS, Message.SUSTAIN_PEDAL, 0);
    }

    /** What was copied lately. */
    SentMessages sent() {
        return sent;
    }

    /** How many note-ons of a key, or pedals of a channel, were copied without the engine's knowledge. Any thread. */
    int missed(int key) {
        return missed.get(key);
    }
}
