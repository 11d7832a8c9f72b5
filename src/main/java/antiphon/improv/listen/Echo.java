package antiphon.improv.listen;

import antiphon.HotPath;
import antiphon.music.Message;
import antiphon.music.Vocabulary;

/**
 * Recognises our own notes when they come back: an output connected to our input, a loopback, a keyboard that sends on
 * what it receives. Without this an answer would interrupt and then answer itself, without end. One thread; allocates
 * nothing.
 */
@HotPath
public final class Echo {
    /** How long a note takes to come back at most: some audio periods and a slow cable. */
    private static final long ROUND_TRIP_NANOS = 200_000_000L;

    /** How much too early an echo may seem: two clocks differ a little. */
    private static final long EARLY_NANOS = 20_000_000L;

    private int channel;
    private final long[] sentNanos = new long[Vocabulary.PITCHES];
    private final boolean[] everSent = new boolean[Vocabulary.PITCHES];
    private final boolean[] sounding = new boolean[Vocabulary.PITCHES];

    /**
     * Makes one that has sent nothing.
     *
     * @param channel of the notes we send, 0–15
     */
    public Echo(int channel) {
        this.channel = channel;
    }

    /** From now on the notes we send go to this channel, 0–15. */
    public void setChannel(int newChannel) {
        channel = newChannel;
    }

    /** A note-on of ours is due then. */
    public void sent(int pitch, long dueNanos) {
        everSent[pitch] = true;
        sentNanos[pitch] = dueNanos;
    }

    /** True for the echo of a note-on of ours, and for the note-off that belongs to it. */
    public boolean isOurs(int message, long nanos) {
        boolean on = Message.isNoteOn(message);
        if (Message.channel(message) != channel || !(on || Message.isNoteOff(message))) {
            return false;
        }
        int pitch = Message.data1(message);
        if (on) {
            long age = nanos - sentNanos[pitch];
            sounding[pitch] = everSent[pitch] && age >= -EARLY_NANOS && age <= ROUND_TRIP_NANOS;
            return sounding[pitch];
        }
        boolean ours = sounding[pitch];
        sounding[pitch] = false;
        return ours;
    }
}
