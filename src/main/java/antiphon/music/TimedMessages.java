package antiphon.music;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Short messages with their times, in order: what a keyboard sent, or what a port would be sent. Packed as
 * {@link Message} says; times in nanoseconds from the start of the piece, 0 or more. Messages of one time keep the
 * order in which they were given, because it decides which note an off ends. Immutable; any thread.
 */
public final class TimedMessages {
    private final long[] nanos;
    private final int[] messages;

    private TimedMessages(long[] nanos, int[] messages) {
        this.nanos = nanos;
        this.messages = messages;
    }

    /**
     * The note-ons and note-offs of these notes, played on one channel. The pedal is in the durations
     * already, so there is none here.
     *
     * <p>At one instant the notes that end come before those that begin, so that a repeated note is struck again; a
     * note without duration is the exception and is switched on before it is switched off.
     *
     * @param channel 0–15
     */
    public static TimedMessages ofNotes(List<Note> notes, int channel) {
        List<Note> byOnset = notes.stream()
                .sorted(Comparator.comparingLong(Note::onsetNanos))
                .toList();
        List<Note> byOffset = byOnset.stream()
                .sorted(Comparator.comparingLong(Note::offsetNanos))
                .toList();
        MessageBuffer buffer = new MessageBuffer();
        int ended = 0;
        for (int begun = 0; begun < byOnset.size(); ) {
            long now = byOnset.get(begun).onsetNanos();
            ended = addOffs(byOffset, ended, now, channel, buffer);
            for (; begun < byOnset.size() && byOnset.get(begun).onsetNanos() == now; begun++) {
                Note note = byOnset.get(begun);
                buffer.add(Message.noteOn(channel, note.pitch(), note.velocity()), now);
            }
        }
        addOffs(byOffset, ended, Long.MAX_VALUE, channel, buffer);
        return of(buffer);
    }

    /** What {@link #ofNotes} gives for the notes of one voice, on the channel of the voice's number. */
    public static TimedMessages ofVoice(Performance performance, int voice) {
        return ofNotes(
                performance.notes().stream()
                        .filter(note -> note.voice() == voice)
                        .toList(),
                voice);
    }

    /**
     * Adds the offs due by {@code untilNanos}, except those of notes that begin only then: their ons come first. Such
     * notes have no duration and the sort is stable, so they stand last among the offs of their instant.
     */
    private static int addOffs(List<Note> byOffset, int from, long untilNanos, int channel, MessageBuffer buffer) {
        int next = from;
        for (; next < byOffset.size(); next++) {
            Note note = byOffset.get(next);
            if (note.offsetNanos() > untilNanos || note.onsetNanos() == untilNanos) {
                break;
            }
            buffer.add(Message.noteOff(channel, note.pitch()), note.offsetNanos());
        }
        return next;
    }

    /** Takes what the buffer holds, times in nanoseconds, and sorts it by time where it is not sorted yet. */
    public static TimedMessages of(MessageBuffer buffer) {
        long[] nanos = buffer.timesToArray();
        int[] messages = buffer.messagesToArray();
        for (int i = 1; i < nanos.length; i++) {
            if (nanos[i] < nanos[i - 1]) {
                return sorted(nanos, messages);
            }
        }
        return new TimedMessages(nanos, messages);
    }

    private static TimedMessages sorted(long[] nanos, int[] messages) {
        // Sorting boxed indices is stable, which no sort of primitives promises.
        int[] order = IntStream.range(0, nanos.length)
                .boxed()
                .sorted(Comparator.comparingLong(i -> nanos[i]))
                .mapToInt(Integer::intValue)
                .toArray();
        return new TimedMessages(
                Arrays.stream(order).mapToLong(i -> nanos[i]).toArray(),
                Arrays.stream(order).map(i -> messages[i]).toArray());
    }

    /** The same and, at its end, what ends all that would go on sounding, see {@link Unended}. */
    public TimedMessages ended() {
        Unended unended = new Unended();
        MessageBuffer buffer = new MessageBuffer();
        for (int i = 0; i < messages.length; i++) {
            buffer.add(messages[i], nanos[i]);
            unended.accept(messages[i]);
        }
        int before = buffer.size();
        unended.end(buffer::add, endNanos());
        return buffer.size() == before ? this : of(buffer);
    }

    /** Those on one channel, or those that are not. System messages are on none. */
    public TimedMessages ofChannel(int channel, boolean others) {
        MessageBuffer buffer = new MessageBuffer();
        for (int i = 0; i < messages.length; i++) {
            boolean there = Message.status(messages[i]) < 0xF0 && Message.channel(messages[i]) == channel;
            if (there != others) {
                buffer.add(messages[i], nanos[i]);
            }
        }
        return of(buffer);
    }

    /** Note-ons among them. */
    public int noteOns() {
        return (int) IntStream.of(messages).filter(Message::isNoteOn).count();
    }

    public int size() {
        return messages.length;
    }

    /** The packed message at an index from 0 to {@code size() - 1}. */
    public int message(int index) {
        return messages[index];
    }

    /** When the message at an index is due, from the start of the piece. */
    public long nanos(int index) {
        return nanos[index];
    }

    /** When the last message is due; 0 if there is none. */
    public long endNanos() {
        return nanos.length == 0 ? 0 : nanos[nanos.length - 1];
    }

    /** Sends all of them in order, each due at {@code originNanos} plus its own time. */
    public void sendAll(MessageSink sink, long originNanos) {
        for (int i = 0; i < messages.length; i++) {
            sink.send(messages[i], originNanos + nanos[i]);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TimedMessages that
                && Arrays.equals(nanos, that.nanos)
                && Arrays.equals(messages, that.messages);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(nanos) + Arrays.hashCode(messages);
    }

    @Override
    public String toString() {
        return size() + " messages, " + endNanos() + " ns";
    }

    /** Records what is sent to it, in any order of time. One thread; it grows without limit, so not for live. */
    public static final class Recorder implements MessageSink {
        private final MessageBuffer buffer = new MessageBuffer();

        /**
         * @param dueNanos from the start of the piece, 0 or more
         * @throws IllegalArgumentException if the time is negative: the caller's clock does not start with the piece
         */
        @Override
        public void send(int message, long dueNanos) {
            if (dueNanos < 0) {
                throw new IllegalArgumentException("due " + dueNanos + " ns; must not be negative");
            }
            buffer.add(message, dueNanos);
        }

        /** All that was sent so far, sorted by time. */
        public TimedMessages messages() {
            return of(buffer);
        }
    }
}
