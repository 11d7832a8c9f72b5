package antiphon.music;

import antiphon.HotPath;
import java.util.Arrays;

/**
 * Turns what is played, message by message, into {@link Event}s.
 *
 * <p>Gaps are measured from the time the events so far add up to, not from the true time of the last message, so
 * rounding never accumulates: each event lies within half of the widest bin since the last one with a gap. One
 * thread; allocates nothing.
 */
public final class Encoder {
    private final int maxTicks;
    private long clockNanos;
    private int ticks;

    /**
     * Makes an encoder whose first event counts from time 0.
     *
     * @param maxTicks ticks written at most for one silence. Music to train on keeps them all; a live improviser stops
     *     counting after a few, because the network never saw an hour of silence
     */
    public Encoder(int maxTicks) {
        this.maxTicks = maxTicks;
    }

    /** Starts a new piece at this time. */
    @HotPath
    public void restart(long nanos) {
        clockNanos = nanos;
        ticks = 0;
    }

    /** Takes over another encoder's time. */
    @HotPath
    public void copyFrom(Encoder other) {
        clockNanos = other.clockNanos;
        ticks = other.ticks;
    }

    /** The time that the events so far add up to. */
    @HotPath
    public long clockNanos() {
        return clockNanos;
    }

    /** Writes a note-on of a voice at a time not before the last one. */
    @HotPath
    public void noteOn(int voice, int pitch, int velocity, long nanos, EventSink sink) {
        encode(Event.onKind(voice), pitch, Vocabulary.velocityBin(velocity), nanos, sink);
    }

    /** Writes a note-off. */
    @HotPath
    public void noteOff(int voice, int pitch, long nanos, EventSink sink) {
        encode(Event.offKind(voice), pitch, Vocabulary.NO_VELOCITY, nanos, sink);
    }

    /** Writes the end of a phrase. */
    @HotPath
    public void phraseEnd(long nanos, EventSink sink) {
        encode(Event.PHRASE_END, Vocabulary.NO_PITCH, Vocabulary.NO_VELOCITY, nanos, sink);
    }

    /** Writes the ticks of a silence that has lasted until now, so that time passes for the network too. */
    @HotPath
    public void silence(long nanos, EventSink sink) {
        while (ticks < maxTicks && Vocabulary.timeBin(nanos - clockNanos) == Vocabulary.TICK_BIN) {
            clockNanos += Vocabulary.timeNanos(Vocabulary.TICK_BIN);
            sink.accept(Event.of(Event.TICK, Vocabulary.TICK_BIN, Vocabulary.NO_PITCH, Vocabulary.NO_VELOCITY));
            ticks++;
        }
    }

    /** When {@link #silence} will next have a tick to write, or {@link Long#MAX_VALUE} if it has written them all. */
    @HotPath
    public long nextTickNanos() {
        return ticks < maxTicks ? clockNanos + Vocabulary.upperEdgeNanos(Vocabulary.TICK_BIN - 1) : Long.MAX_VALUE;
    }

    private void encode(int kind, int pitch, int velocityBin, long nanos, EventSink sink) {
        silence(nanos, sink);
        int timeBin = Vocabulary.timeBin(nanos - clockNanos);
        if (timeBin == Vocabulary.TICK_BIN) {
            // The silence is longer than the ticks that may be written: the rest of it is not told.
            clockNanos = nanos;
            timeBin = 0;
        }
        ticks = 0;
        clockNanos += Vocabulary.timeNanos(timeBin);
        sink.accept(Event.of(kind, timeBin, pitch, velocityBin));
    }

    /**
     * The whole performance as events, after {@link Event#PIECE_START}, which is not included.
     *
     * <p>At one instant, notes that began earlier end first, then phrases end, then notes begin, then notes of no
     * duration end: so a key struck again is heard as two notes, and a note never ends before it begins.
     */
    public static int[] encode(Performance performance) {
        Moment[] moments = Moment.of(performance);
        IntBuffer events = new IntBuffer(moments.length + 64);
        Encoder encoder = new Encoder(Integer.MAX_VALUE);
        for (Moment moment : moments) {
            Note note = moment.note();
            if (note == null) {
                encoder.phraseEnd(moment.nanos(), events);
            } else if (moment.order() == Moment.ONSET) {
                encoder.noteOn(note.voice(), note.pitch(), note.velocity(), moment.nanos(), events);
            } else {
                encoder.noteOff(note.voice(), note.pitch(), moment.nanos(), events);
            }
        }
        return events.toArray();
    }

    /** A growing int array, for performances as a whole; not on the hot path. */
    private static final class IntBuffer implements EventSink {
        private int[] events;
        private int size;

        IntBuffer(int capacity) {
            events = new int[capacity];
        }

        @Override
        public void accept(int event) {
            if (size == events.length) {
                events = Arrays.copyOf(events, size * 2);
            }
            events[size++] = event;
        }

        int[] toArray() {
            return Arrays.copyOf(events, size);
        }
    }
}
