package antiphon.improv.listen;

import antiphon.HotPath;
import antiphon.music.Message;
import antiphon.music.Vocabulary;
import java.util.Arrays;

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

    private static final int NONE = -1;

    private int channel;
    private final long[] sentNanos = new long[Vocabulary.PITCHES];

    /** The channels of the last note that was sent of each pitch, and of its echo while that sounds. */
    private final int[] sentChannels = new int[Vocabulary.PITCHES];

    private final int[] echoChannels = new int[Vocabulary.PITCHES];

    /**
     * Makes one that has sent nothing.
     *
     * @param channel of the notes we send, 0–15
     */
    public Echo(int channel) {
        this.channel = channel;
        Arrays.fill(sentChannels, NONE);
        Arrays.fill(echoChannels, NONE);
    }

    /** From now on the notes we send go to this channel, 0–15; those on their way come back on theirs. */
    public void setChannel(int newChannel) {
        channel = newChannel;
    }

    /** A note-on of ours is due then. */
    public void sent(int pitch, long dueNanos) {
        sentChannels[pitch] = channel;
        sentNanos[pitch] = dueNanos;
    }

    /** True for the echo of a note-on of ours, and for the note-off that belongs to it. */
    public boolean isOurs(int message, long nanos) {
        boolean on = Message.isNoteOn(message);
        if (!(on || Message.isNoteOff(message))) {
            return false;
        }
        int pitch = Message.data1(message);
        int itsChannel = Message.channel(message);
        boolean ours = echoChannels[pitch] == itsChannel;
        if (ours) {
            echoChannels[pitch] = NONE;
        }
        if (on) {
            long age = nanos - sentNanos[pitch];
            ours = sentChannels[pitch] == itsChannel && age >= -EARLY_NANOS && age <= ROUND_TRIP_NANOS;
            if (ours) {
                echoChannels[pitch] = itsChannel;
            }
        }
        return ours;
    }
}
