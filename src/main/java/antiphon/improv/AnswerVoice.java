package antiphon.improv;

import antiphon.HotPath;
import antiphon.improv.listen.Echo;
import antiphon.improv.listen.PitchBounds;
import antiphon.music.Lateness;
import antiphon.music.Message;
import antiphon.music.MessageSink;
import antiphon.music.Vocabulary;
import antiphon.music.Voice;
import java.util.Arrays;

/**
 * The notes that the partner plays: every note begins and ends here, and so here nothing gets by that is not allowed,
 * whatever was planned: a pitch out of bounds is moved to the nearest one within, and where too many notes would sound
 * the oldest ends. A message is sent and told to the mind at the same moment, not earlier. One thread; allocates nothing.
 */
@HotPath
public final class AnswerVoice {
    private static final int NONE = -1;

    /** The other parts' voices: a key of a channel is one part's alone. */
    @FunctionalInterface
    interface Others {
        /**
         * Frees a key: ends their note on it, times as for {@link #end}.
         *
         * @return from when on it is free
         */
        long free(int channel, int pitch, long dueNanos, long nanos);
    }

    private final Dials dials;
    private final PitchBounds bounds;
    private final SoundingKeys keys = new SoundingKeys();
    private final int[] channels = new int[Vocabulary.PITCHES];

    /** When the last note of each pitch ends that has an end; it may be a moment ahead. */
    private final long[] endNanos = new long[Vocabulary.PITCHES];

    /** By the pitch that was asked for, the one that was begun in its place, or {@value #NONE}. */
    private final int[] movedTo = new int[Vocabulary.PITCHES];

    /** By channel and pitch, whether the mind was told that another part's note begins. */
    private final boolean[] overheard = new boolean[Message.CHANNELS * Message.PITCHES];

    private final Echo echo;
    private Others others = (channel, pitch, dueNanos, nanos) -> Long.MIN_VALUE;
    private long lastEndNanos = Long.MIN_VALUE;
    private Mind mind;
    private long notes;
    private long droppedNotes;
    private long nowNanos;

    AnswerVoice(Dials dials, Mind mind, PitchBounds bounds) {
        this.dials = dials;
        this.mind = mind;
        this.bounds = bounds;
        Arrays.fill(movedTo, NONE);
        echo = new Echo(dials.channel());
        Arrays.fill(endNanos, Long.MIN_VALUE);
    }

    /** From now on this mind is told of all notes. */
    void replaceMind(Mind successor) {
        mind = successor;
    }

    /** From now on there are others beside it. */
    void setOthers(Others voices) {
        others = voices;
    }

    /**
     * Tells the mind of a note of another part's that it {@linkplain #overhears overhears}, which for the network is one more
     * voice of the partner's.
     */
    void overhear(int message, long nanos) {
        int key = Message.key(message);
        boolean on = Message.isNoteOn(message);
        overheard[key] = on;
        if (on) {
            mind.noteOn(Voice.ANSWER, Message.data1(message), Message.data2(message), nanos, false);
        } else {
            mind.noteOff(Voice.ANSWER, Message.data1(message), nanos);
        }
    }

    /** True if the mind is to know of this message of another part: it answers, or heard the note begin. */
    boolean overhears(int message, boolean answers) {
        return Message.isNoteOn(message) ? answers : overheard[Message.key(message)];
    }

    /** Ends what sounds on this key of a channel, because another part plays it; see {@link Others#free}. */
    long free(int channel, int pitch, long dueNanos, long nanos, MessageSink out) {
        if (channels[pitch] != channel) {
            return Long.MIN_VALUE;
        }
        if (keys.isSounding(pitch)) {
            endSounding(pitch, dueNanos, nanos, out);
        }
        return endNanos[pitch];
    }

    /** The pitches that sound, and since when. */
    public SoundingKeys keys() {
        return keys;
    }

    /** Notes sent since the start. */
    long notes() {
        return notes;
    }

    /** Notes since the start that did not begin because it was too late for them. */
    long droppedNotes() {
        return droppedNotes;
    }

    /** What is sent from now on is sent at this time. */
    void at(long nanos) {
        nowNanos = nanos;
    }

    /** The time at which is sent what is sent now. */
    public long nowNanos() {
        return nowNanos;
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
     * Begins a note, but not before the last one of its pitch has ended, and not if it is too late for it by {@link
     * Lateness}: then nothing is sent, and the mind is not told of it. Nor is it where the pitch is out of bounds and the
     * one in its place sounds already, or there is none. A note of another part's on that key ends.
     *
     * @param nanos its time in the music: that of the note it goes with, where it is due a fixed span after that
     * @return false if it did not begin
     */
    public boolean begin(int asked, int velocity, long dueNanos, long nanos, MessageSink out) {
        int pitch = bounds.nearest(asked);
        movedTo[asked] = NONE;
        if (pitch == NONE || (pitch != asked && keys.isSounding(pitch))) {
            return false;
        }
        long onsetNanos = Math.max(dueNanos, endNanos[pitch]);
        int loudness = dials.atLevel(velocity);
        int message = Message.noteOn(dials.channel(), pitch, loudness);
        long leavesNanos = onsetNanos - dials.offsetNanos();
        if (Lateness.isTooLate(message, leavesNanos, nowNanos)) {
            droppedNotes++;
            return false;
        }
        while (keys.count() >= dials.maxPolyphony() && !keys.isSounding(pitch)) {
            endOldest(dueNanos, nanos, out);
        }
        onsetNanos = whenThereIsRoom(onsetNanos);
        movedTo[asked] = pitch == asked ? NONE : pitch;
        channels[pitch] = dials.channel();
        onsetNanos = Math.max(onsetNanos, others.free(dials.channel(), pitch, onsetNanos, nanos));
        out.send(message, onsetNanos);
        mind.noteOn(Voice.ANSWER, pitch, loudness, nanos, false);
        keys.begin(pitch, onsetNanos);
        echo.sent(pitch, onsetNanos - dials.offsetNanos());
        notes++;
        return true;
    }

    /**
     * The time itself, or later if too many would sound then: what ends may have been told to end a moment after it, as
     * soon as the way out could be told.
     */
    private long whenThereIsRoom(long onsetNanos) {
        if (lastEndNanos <= onsetNanos) {
            return onsetNanos;
        }
        int voices = keys.count();
        for (int pitch = 0; pitch < Vocabulary.PITCHES; pitch++) {
            voices += endNanos[pitch] > onsetNanos ? 1 : 0;
        }
        return voices >= dials.maxPolyphony() ? lastEndNanos : onsetNanos;
    }

    /** Ends the note that began for this pitch, if it still sounds, but not before it begins; times as for {@link #begin}. */
    public void end(int asked, long dueNanos, long nanos, MessageSink out) {
        int pitch = movedTo[asked] == NONE ? asked : movedTo[asked];
        movedTo[asked] = NONE;
        if (keys.isSounding(pitch)) {
            endSounding(pitch, dueNanos, nanos, out);
        }
    }

    private void endSounding(int pitch, long dueNanos, long nanos, MessageSink out) {
        // A note committed a moment ahead must not end before it begins.
        endNanos[pitch] = Math.max(dueNanos, keys.onsetNanos(pitch));
        lastEndNanos = Math.max(lastEndNanos, endNanos[pitch]);
        out.send(Message.noteOff(channels[pitch], pitch), endNanos[pitch]);
        mind.noteOff(Voice.ANSWER, pitch, nanos);
        keys.end(pitch);
    }

    /** Ends what sounds longest; times as for {@link #begin}. */
    private void endOldest(long dueNanos, long nanos, MessageSink out) {
        endSounding(keys.oldest(), dueNanos, nanos, out);
    }

    /** Ends what sounds longest when it has lasted as long as a note may, or as soon as that can be sent in time. */
    void endTooLong(MessageSink out) {
        long nanos = Math.max(mustEndNanos(), nowNanos + dials.leadNanos());
        endOldest(nanos, nanos, out);
    }

    /** When what sounds longest has lasted as long as a note may; {@link Long#MAX_VALUE} if there is no limit. */
    long mustEndNanos() {
        long maxNanos = dials.steer().maxNoteNanos();
        return maxNanos == Long.MAX_VALUE || keys.count() == 0
                ? Long.MAX_VALUE
                : keys.onsetNanos(keys.oldest()) + maxNanos;
    }

    /** Ends all that sounds, at this time, but none before it begins. Times as for {@link #begin}. */
    public void endAll(long dueNanos, long nanos, MessageSink out) {
        for (int pitch = 0; pitch < Vocabulary.PITCHES && keys.count() > 0; pitch++) {
            if (keys.isSounding(pitch)) {
                endSounding(pitch, dueNanos, nanos, out);
            }
        }
    }
}
