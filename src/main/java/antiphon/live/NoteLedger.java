package antiphon.live;

import antiphon.HotPath;
import antiphon.midi.DueHeap;
import antiphon.music.Message;

/**
 * Every note-on that was sent and has not been ended, counted per channel and pitch, and every sustain pedal that was
 * pressed: of the answers, and of what thru copied from each input. Whatever stops the music, {@link #release} ends it.
 *
 * <p>Only the engine's thread writes it and, after that has ended, the thread that stopped it. Allocates nothing. A
 * note that it counts as held may, for the length of the commit window, still be on its way out.
 */
@HotPath
final class NoteLedger {
    /** The section of the answers; the section of an input's copies is the input's number plus one. */
    static final int ANSWERS = 0;

    private static final int MAX_LEAVING = 4_096;
    private static final int KEYS = Message.CHANNELS * Message.PITCHES;

    private final HeldNotes journal;
    private final long leaveNanos;
    private final DueHeap leaving;
    private final int[][] counts;
    private final long[][] lastOnNanos;
    private final int[] pedals; // a bit per channel
    private final int[] held; // by section

    /** Keys that ever had a note-on, and channels whose pedal was ever pressed: a receiver that lost us may hold them. */
    private final boolean[] everBegun = new boolean[KEYS + Message.CHANNELS];

    /**
     * Makes an empty ledger.
     *
     * @param inputs how many there are
     * @param journal is told of each note-on when it is sent and of each note-off when it has left
     * @param leaveNanos how long after it is due a note-off has certainly left; 0 if it leaves when it is sent
     */
    NoteLedger(int inputs, HeldNotes journal, long leaveNanos) {
        this.journal = journal;
        this.leaveNanos = leaveNanos;
        leaving = new DueHeap(leaveNanos == 0 ? 1 : MAX_LEAVING);
        counts = new int[inputs + 1][KEYS];
        lastOnNanos = new long[inputs + 1][KEYS];
        pedals = new int[inputs + 1];
        held = new int[inputs + 1];
    }

    /** The section of what thru copied from an input. */
    static int ofInput(int input) {
        return input + 1;
    }

    /** How many sections there are. */
    int sections() {
        return counts.length;
    }

    /** Takes note of a message that was sent; due when it sounds. */
    void sent(int section, int message, long dueNanos) {
        int channel = Message.channel(message);
        if (Message.isNoteOn(message)) {
            int key = Message.key(message);
            counts[section][key]++;
            everBegun[key] = true;
            held[section]++;
            lastOnNanos[section][key] = dueNanos;
            journal.began(channel, Message.data1(message));
        } else if (Message.isNoteOff(message)) {
            int key = Message.key(message);
            if (counts[section][key] > 0) {
                counts[section][key]--;
                held[section]--;
                ended(message, dueNanos);
            }
        } else if (Message.isControl(message, Message.SUSTAIN_PEDAL)) {
            int bit = 1 << channel;
            boolean down = Message.isPedalDown(message);
            everBegun[KEYS + channel] |= down;
            pedals[section] = down ? pedals[section] | bit : pedals[section] & ~bit;
            journal.pedal(channel, isPedalDown(bit));
        }
    }

    /** True for the message that ends a note or lifts a pedal of this section that is still down. */
    boolean isEndOfHeld(int section, int message) {
        return Message.isNoteOff(message)
                ? counts[section][Message.key(message)] > 0
                : Message.isControl(message, Message.SUSTAIN_PEDAL)
                        && !Message.isPedalDown(message)
                        && (pedals[section] >>> Message.channel(message) & 1) != 0;
    }

    private boolean isPedalDown(int bit) {
        int all = 0;
        for (int each : pedals) {
            all |= each;
        }
        return (all & bit) != 0;
    }

    /**
     * True if a receiver that lost its connection may hold this. Any thread, approximately.
     *
     * @param key a key of a channel, or, after those, a channel's pedal
     * @param sounding also if it still sounds, and will be ended like all others
     */
    boolean mayHang(int key, boolean sounding) {
        return everBegun[key] && (sounding || !isHeld(key));
    }

    private boolean isHeld(int key) {
        boolean isHeld = key >= KEYS && isPedalDown(1 << (key - KEYS));
        for (int[] each : counts) {
            isHeld |= key < KEYS && each[key] > 0;
        }
        return isHeld;
    }

    /** Note-ons of a section without their note-off. Approximate while another thread writes. */
    int held(int section) {
        return held[section];
    }

    /**
     * Lifts all pedals of a section and ends all its notes, each as often as it was begun and none before it begins.
     *
     * @param out the port the notes were sent to
     * @return false if it did not take all: call again
     */
    boolean release(int section, long nanos, Release out) {
        boolean done = true;
        for (int channel = 0; channel < Message.CHANNELS; channel++) {
            int bit = 1 << channel;
            if ((pedals[section] & bit) != 0) {
                if (out.send(Message.control(channel, Message.SUSTAIN_PEDAL, 0), nanos)) {
                    pedals[section] &= ~bit;
                    journal.pedal(channel, isPedalDown(bit));
                } else {
                    done = false;
                }
            }
        }
        for (int key = 0; key < KEYS && held[section] > 0; key++) {
            done &= releaseKey(section, key, nanos, out);
        }
        return done;
    }

    private boolean releaseKey(int section, int key, long nanos, Release out) {
        int noteOff = Message.noteOff(key / Message.PITCHES, key % Message.PITCHES);
        while (counts[section][key] > 0) {
            long dueNanos = Math.max(nanos, lastOnNanos[section][key]);
            if (!out.send(noteOff, dueNanos)) {
                return false;
            }
            counts[section][key]--;
            held[section]--;
            ended(noteOff, dueNanos);
        }
        return true;
    }

    /** Where releases are sent. */
    @FunctionalInterface
    interface Release {
        /** Returns false if the message was not taken. */
        boolean send(int message, long dueNanos);
    }

    /** A note-off may leave after it was sent: until then the note stays written down as sounding. */
    private void ended(int noteOff, long dueNanos) {
        if (leaveNanos == 0 || !leaving.add(noteOff, dueNanos + leaveNanos)) {
            journal.ended(Message.channel(noteOff), Message.data1(noteOff));
        }
    }

    /** Tells the journal of the note-offs that have left by now. */
    void settle(long nanos) {
        while (!leaving.isEmpty() && leaving.firstDueNanos() <= nanos) {
            int noteOff = leaving.firstMessage();
            journal.ended(Message.channel(noteOff), Message.data1(noteOff));
            leaving.removeFirst();
        }
    }
}
