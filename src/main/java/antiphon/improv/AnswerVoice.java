package antiphon.improv;

import antiphon.HotPath;
import antiphon.improv.listen.Echo;
import antiphon.music.Message;
import antiphon.music.MessageSink;
import antiphon.music.Vocabulary;
import antiphon.music.Voice;

/**
 * The notes that the partner plays: every note begins and ends here. A message is sent and told to the mind at the same
 * moment, not earlier. One thread; allocates nothing.
 */
@HotPath
public final class AnswerVoice {
    private final Dials dials;
    private final SoundingKeys keys = new SoundingKeys();
    private final int[] channels = new int[Vocabulary.PITCHES];
    private final Echo echo;
    private Mind mind;
    private long notes;

    AnswerVoice(Dials dials, Mind mind) {
        this.dials = dials;
        this.mind = mind;
        echo = new Echo(dials.channel());
    }

    /** From now on this mind is told of all notes. */
    void replaceMind(Mind successor) {
        mind = successor;
    }

    /** The pitches that sound, and since when. */
    public SoundingKeys keys() {
        return keys;
    }

    /** Notes sent since the start. */
    long notes() {
        return notes;
    }

    /** True for a message of ours that came back, and for the note-off that belongs to it. */
    boolean isEcho(int message, long nanos) {
        return echo.isOurs(message, nanos);
    }

    /** From now on notes begin on the channel that is set; notes that sound end on the channel on which they began. */
    void channelChanged() {
        echo.setChannel(dials.channel());
    }

    /** Forgets what sounds, because something else has ended it. */
    void clear() {
        keys.clear();
    }

    /**
     * Begins a note.
     *
     * @param nanos its time in the music: that of the note it goes with, where it is due a fixed span after that
     */
    public void begin(int pitch, int velocity, long dueNanos, long nanos, MessageSink out) {
        channels[pitch] = dials.channel();
        out.send(Message.noteOn(channels[pitch], pitch, velocity), dueNanos);
        mind.noteOn(Voice.ANSWER, pitch, velocity, nanos, false);
        keys.begin(pitch, dueNanos);
        echo.sent(pitch, dueNanos);
        notes++;
    }

    /** Ends a note that sounds; times as for {@link #begin}. */
    public void end(int pitch, long dueNanos, long nanos, MessageSink out) {
        out.send(Message.noteOff(channels[pitch], pitch), dueNanos);
        mind.noteOff(Voice.ANSWER, pitch, nanos);
        keys.end(pitch);
    }

    /** Ends all that sounds, at this time, but none before it begins. Times as for {@link #begin}. */
    public void endAll(long dueNanos, long nanos, MessageSink out) {
        for (int pitch = 0; pitch < Vocabulary.PITCHES && keys.count() > 0; pitch++) {
            if (keys.isSounding(pitch)) {
                // A note that is sent ahead of time must not end before it begins.
                end(pitch, Math.max(dueNanos, keys.onsetNanos(pitch)), nanos, out);
            }
        }
    }
}
