package antiphon.live;

import antiphon.HotPath;
import antiphon.midi.DueHeap;
import antiphon.music.Message;

/**
 * Every note-on that was sent to one port and has not been ended, counted per channel and pitch, and every sustain
 * pedal that was pressed. Whatever stops the music, {@link #releaseAll} ends it.
 *
 * <p>One writing thread; allocates nothing.
 */
@HotPath
final class NoteLedger {
    private static final int MOST_LEAVING = 4_096;

    private final HeldNotes journal;
    private final long leaveNanos;
    private final DueHeap leaving;
    private final int[] counts = new int[Message.CHANNELS * Message.PITCHES];
    private final long[] lastOnNanos = new long[Message.CHANNELS * Message.PITCHES];
    private int pedals; // a bit per channel

    /**
     * Makes an empty ledger.
     *
     * @param journal is told of each note-on when it is sent and of each note-off when it has left
     * @param leaveNanos how long after it is due a note-off has left for sure; 0 if it leaves as it is sent
     */
    NoteLedger(HeldNotes journal, long leaveNanos) {
        this.journal = journal;
        this.leaveNanos = leaveNanos;
        leaving = new DueHeap(leaveNanos == 0 ? 1 : MOST_LEAVING);
    }

    /** Takes note of a message that was sent; due when it sounds. */
    void sent(int message, long dueNanos) {
        int channel = Message.channel(message);
        if (Message.isNoteOn(message)) {
            int key = key(channel, Message.data1(message));
            counts[key]++;
            lastOnNanos[key] = dueNanos;
            journal.began(channel, Message.data1(message));
        } else if (Message.isNoteOff(message)) {
            int key = key(channel, Message.data1(message));
            if (counts[key] > 0) {
                counts[key]--;
                ended(message, dueNanos);
            }
        } else if (Message.isControl(message, Message.SUSTAIN_PEDAL)) {
            int bit = 1 << channel;
            boolean down = Message.isPedalDown(message);
            pedals = down ? pedals | bit : pedals & ~bit;
            journal.pedal(channel, down);
        }
    }

    /** Note-ons without their note-off. */
    int held() {
        int held = 0;
        for (int count : counts) {
            held += count;
        }
        return held;
    }

    /**
     * Lifts all pedals and ends all notes, each as often as it was begun and none before it begins. May be called by
     * another thread than the writing one, when an input is lost: notes struck in that very moment may then be ended
     * with the rest.
     *
     * @param out the port the notes were sent to
     * @return false if the port did not take all: call again
     */
    boolean releaseAll(long nanos, Release out) {
        boolean done = true;
        for (int channel = 0; channel < Message.CHANNELS; channel++) {
            int bit = 1 << channel;
            if ((pedals & bit) != 0) {
                if (out.send(Message.control(channel, Message.SUSTAIN_PEDAL, 0), nanos)) {
                    pedals &= ~bit;
                    journal.pedal(channel, false);
                } else {
                    done = false;
                }
            }
            for (int pitch = 0; pitch < Message.PITCHES; pitch++) {
                done &= release(channel, pitch, nanos, out);
            }
        }
        return done;
    }

    private boolean release(int channel, int pitch, long nanos, Release out) {
        int key = key(channel, pitch);
        while (counts[key] > 0) {
            long dueNanos = Math.max(nanos, lastOnNanos[key]);
            if (!out.send(Message.noteOff(channel, pitch), dueNanos)) {
                return false;
            }
            counts[key]--;
            ended(Message.noteOff(channel, pitch), dueNanos);
        }
        return true;
    }

    /** Where releases are sent. */
    interface Release {
        /** Returns false if the message was not taken. */
        boolean send(int message, long dueNanos);
    }

    /** A port that schedules takes a note-off ahead of its time: until then the note is still to be written down. */
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

    private static int key(int channel, int pitch) {
        return channel * Message.PITCHES + pitch;
    }
}
