package antiphon.live;

import antiphon.HotPath;
import antiphon.music.Lasting;
import antiphon.music.Message;

/**
 * Every note-on that was sent and has not been ended, counted per channel and pitch, and every {@link Lasting}
 * controller that is away from rest: of the answers, and of what thru copied from each input. Whatever stops the music,
 * {@link #release} ends it.
 *
 * <p>Only the engine's thread writes it and, after that has ended, the thread that stopped it. Allocates nothing. A
 * note that it counts as held may, for the length of the commit window, still be on its way out. Everything in it has
 * its place per key, so however many notes a source begins and never ends, nothing overflows.
 */
@HotPath
final class NoteLedger {
    /** The section of the answers; the section of an input's copies is the input's number plus one. */
    static final int ANSWERS = 0;

    private static final int KEYS = Message.CHANNELS * Message.PITCHES;

    private final HeldNotes journal;
    private final long leaveNanos;
    private final int[][] counts;
    private final long[][] lastOnNanos;
    private final int[][] away; // by section and controller, a bit per channel
    private final int[] held; // by section

    /**
     * What was ever begun, by the numbers of {@link Ends}: a receiver that lost its connection may hold it. Read by any
     * thread.
     */
    private final boolean[] everBegun = new boolean[Ends.HELD];

    /** Note-ons of each key in all sections. */
    private final int[] sounding = new int[KEYS];

    /** When the last note-off of each key was due. */
    private final long[] lastOffNanos = new long[KEYS];

    /** Keys that are written down as sounding until their note-off has left; no key twice. */
    private final int[] leaving = new int[KEYS];

    private final boolean[] isLeaving = new boolean[KEYS];
    private int leavingCount;

    /**
     * Makes an empty ledger.
     *
     * @param inputs how many there are
     * @param journal is told when a key begins to sound and when the note-off that ended it has left
     * @param leaveNanos how long after it is due a note-off has certainly left; 0 if it leaves when it is sent
     */
    NoteLedger(int inputs, HeldNotes journal, long leaveNanos) {
        this.journal = journal;
        this.leaveNanos = leaveNanos;
        counts = new int[inputs + 1][KEYS];
        lastOnNanos = new long[inputs + 1][KEYS];
        away = new int[inputs + 1][Lasting.COUNT];
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
        if (Message.isNoteOn(message)) {
            begin(section, Message.key(message), dueNanos);
        } else if (Message.isNoteOff(message)) {
            int key = Message.key(message);
            if (counts[section][key] > 0) {
                end(section, key, 1, dueNanos);
            }
        } else {
            int lasting = Lasting.of(message);
            if (lasting >= 0) {
                move(section, lasting, Message.channel(message), Lasting.isAway(message));
            }
        }
    }

    private void begin(int section, int key, long dueNanos) {
        everBegun[key] = true;
        counts[section][key]++;
        held[section]++;
        lastOnNanos[section][key] = dueNanos;
        sounding[key]++;
        if (sounding[key] == 1) {
            journal.began(key / Message.PITCHES, key % Message.PITCHES);
        }
    }

    private void end(int section, int key, int count, long dueNanos) {
        counts[section][key] -= count;
        held[section] -= count;
        sounding[key] -= count;
        if (sounding[key] > 0) {
            return;
        }
        // A note-off may leave after it was sent: until then the note stays written down as sounding.
        lastOffNanos[key] = dueNanos;
        if (leaveNanos == 0) {
            journal.ended(key / Message.PITCHES, key % Message.PITCHES);
        } else if (!isLeaving[key]) {
            isLeaving[key] = true;
            leaving[leavingCount++] = key;
        }
    }

    private void move(int section, int lasting, int channel, boolean isAway) {
        int bit = 1 << channel;
        int before = away[section][lasting];
        everBegun[Ends.of(lasting, channel)] |= isAway;
        away[section][lasting] = isAway ? before | bit : before & ~bit;
        if (away[section][lasting] != before) {
            journal.moved(lasting, channel, isAwayAnywhere(lasting, bit));
        }
    }

    /** True for the message that ends a note of this section, or takes back a controller of it that is away. */
    boolean isEndOfHeld(int section, int message) {
        if (Message.isNoteOff(message)) {
            return counts[section][Message.key(message)] > 0;
        }
        int lasting = Lasting.of(message);
        return lasting >= 0
                && Lasting.isBack(message)
                && (away[section][lasting] >>> Message.channel(message) & 1) != 0;
    }

    private boolean isAwayAnywhere(int lasting, int bit) {
        int all = 0;
        for (int[] each : away) {
            all |= each[lasting];
        }
        return (all & bit) != 0;
    }

    /**
     * True if a receiver that lost its connection may hold this. Any thread, approximately.
     *
     * @param end the number of what ends it, see {@link Ends}
     * @param held also if it is held now, and will be ended like all others
     */
    boolean mayHang(int end, boolean held) {
        return everBegun[end] && (held || !isHeld(end));
    }

    private boolean isHeld(int end) {
        if (end < Ends.KEYS) {
            return sounding[end] > 0;
        }
        int controller = end - Ends.KEYS;
        return isAwayAnywhere(controller / Message.CHANNELS, 1 << controller % Message.CHANNELS);
    }

    /** Note-ons of a section without their note-off. Approximate while another thread writes. */
    int held(int section) {
        return held[section];
    }

    /**
     * Takes all controllers of a section back to rest and ends all its notes: with one note-off for each key, however
     * often it was begun, because for a receiver a key is down or up. None before the note begins.
     *
     * @param out the port the notes were sent to
     * @return false if it did not take all: call again
     */
    boolean release(int section, long nanos, Release out) {
        boolean done = true;
        for (int lasting = 0; lasting < Lasting.COUNT; lasting++) {
            done &= away[section][lasting] == 0 || takeBack(section, lasting, nanos, out);
        }
        for (int key = 0; key < KEYS && held[section] > 0; key++) {
            done &= counts[section][key] == 0 || releaseKey(section, key, nanos, out);
        }
        return done;
    }

    private boolean takeBack(int section, int lasting, long nanos, Release out) {
        boolean done = true;
        for (int channel = 0; channel < Message.CHANNELS; channel++) {
            if ((away[section][lasting] >>> channel & 1) != 0) {
                if (out.send(Lasting.atRest(lasting, channel), nanos)) {
                    move(section, lasting, channel, false);
                } else {
                    done = false;
                }
            }
        }
        return done;
    }

    private boolean releaseKey(int section, int key, long nanos, Release out) {
        long dueNanos = Math.max(nanos, lastOnNanos[section][key]);
        if (!out.send(Message.noteOff(key / Message.PITCHES, key % Message.PITCHES), dueNanos)) {
            return false;
        }
        end(section, key, counts[section][key], dueNanos);
        return true;
    }

    /** Where releases are sent. */
    @FunctionalInterface
    interface Release {
        /** Returns false if the message was not taken. */
        boolean send(int message, long dueNanos);
    }

    /** Tells the journal of the keys whose note-offs have left by now. */
    void settle(long nanos) {
        int left = 0;
        for (int i = 0; i < leavingCount; i++) {
            int key = leaving[i];
            // By difference: nanoTime's zero is arbitrary, and it may wrap.
            if (sounding[key] == 0 && nanos != Long.MAX_VALUE && lastOffNanos[key] + leaveNanos - nanos > 0) {
                leaving[left++] = key;
                continue;
            }
            isLeaving[key] = false;
            if (sounding[key] == 0) {
                journal.ended(key / Message.PITCHES, key % Message.PITCHES);
            }
        }
        leavingCount = left;
    }
}
