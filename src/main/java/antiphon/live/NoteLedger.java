package antiphon.live;

import antiphon.HotPath;
import antiphon.midi.DueHeap;
import antiphon.music.Message;
import antiphon.music.MessageSink;

/**
 * Every note-on that was sent to one port and has not been ended, counted per channel and pitch, and every sustain
 * pedal that was pressed. Whatever stops the music, {@link #releaseAll} ends it.
 *
 * <p>One writing thread; allocates nothing.
 */
@HotPath
final class NoteLedger {
    private static final int CHANNELS = 16;
    private static final int PITCHES = 128;
    private static final int PEDAL_DOWN_FROM = 64;

    private static final int MOST_LEAVING = 4_096;

    private final HeldNotes journal;
    private final long leaveNanos;
    private final DueHeap leaving;
    private final int[] counts = new int[CHANNELS * PITCHES];
    private final long[] lastOnNanos = new long[CHANNELS * PITCHES];
    private int pedals; // a bit per channel
    private int held;

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
            held++;
            lastOnNanos[key] = dueNanos;
            journal.began(channel, Message.data1(message));
        } else if (Message.isNoteOff(message)) {
            int key = key(channel, Message.data1(message));
            if (counts[key] > 0) {
                counts[key]--;
                held--;
                ended(message, dueNanos);
            }
        } else if (Message.isControl(message, Message.SUSTAIN_PEDAL)) {
            int bit = 1 << channel;
            pedals = Message.data2(message) >= PEDAL_DOWN_FROM ? pedals | bit : pedals & ~bit;
        }
    }

    /** Note-ons without their note-off. */
    int held() {
        return held;
    }

    /** Note-ons of this key without their note-off. */
    int held(int channel, int pitch) {
        return counts[key(channel, pitch)];
    }

    /** When the key was last struck. */
    long lastOnNanos(int channel, int pitch) {
        return lastOnNanos[key(channel, pitch)];
    }

    /**
     * Lifts all pedals and ends all notes, each as often as it was begun and none before it begins.
     *
     * @param out the port the notes were sent to; must take every one
     */
    void releaseAll(long nanos, MessageSink out) {
        for (int channel = 0; channel < CHANNELS; channel++) {
            if ((pedals & 1 << channel) != 0) {
                out.send(Message.control(channel, Message.SUSTAIN_PEDAL, 0), nanos);
            }
            for (int pitch = 0; pitch < PITCHES && held > 0; pitch++) {
                release(channel, pitch, nanos, out);
            }
        }
        pedals = 0;
    }

    private void release(int channel, int pitch, long nanos, MessageSink out) {
        int key = key(channel, pitch);
        long dueNanos = Math.max(nanos, lastOnNanos[key]);
        while (counts[key] > 0) {
            out.send(Message.noteOff(channel, pitch), dueNanos);
            counts[key]--;
            held--;
            ended(Message.noteOff(channel, pitch), dueNanos);
        }
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
        return channel * PITCHES + pitch;
    }
}
