package antiphon.music;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Turns {@link Event}s back into a performance. The reverse of {@link Encoder}, to within half a time bin and half
 * a velocity bin; one thread.
 *
 * <p>A note-off without its note-on is ignored; a note still sounding at the end is closed there.
 */
public final class Decoder implements EventSink {
    private final List<Note> notes = new ArrayList<>();
    private final List<Long> phraseEndsNanos = new ArrayList<>();
    private final List<Deque<Note>> sounding = new ArrayList<>();
    private long clockNanos;

    /** Makes a decoder at the start of a piece, time 0. */
    public Decoder() {
        for (int i = 0; i < Voice.COUNT * Vocabulary.PITCHES; i++) {
            sounding.add(new ArrayDeque<>(1));
        }
    }

    /** The performance of a whole piece's events. */
    public static Performance decode(int[] events) {
        Decoder decoder = new Decoder();
        for (int event : events) {
            decoder.accept(event);
        }
        return decoder.finish();
    }

    @Override
    public void accept(int event) {
        clockNanos += Vocabulary.timeNanos(Event.timeBin(event));
        int kind = Event.kind(event);
        if (kind == Event.PHRASE_END) {
            phraseEndsNanos.add(clockNanos);
        } else if (Event.isNoteOn(kind)) {
            int velocity = Vocabulary.velocity(Event.velocityBin(event));
            key(event).add(new Note(Event.voice(kind), clockNanos, 0, Event.pitch(event), velocity));
        } else if (Event.isNoteOff(kind)) {
            close(key(event).poll());
        }
    }

    /** Closes what still sounds and gives the performance so far. */
    public Performance finish() {
        for (Deque<Note> key : sounding) {
            while (!key.isEmpty()) {
                close(key.poll());
            }
        }
        return new Performance(notes, phraseEndsNanos);
    }

    private Deque<Note> key(int event) {
        return sounding.get(Event.voice(Event.kind(event)) * Vocabulary.PITCHES + Event.pitch(event));
    }

    private void close(@Nullable Note begun) {
        if (begun != null) {
            notes.add(new Note(
                    begun.voice(),
                    begun.onsetNanos(),
                    clockNanos - begun.onsetNanos(),
                    begun.pitch(),
                    begun.velocity()));
        }
    }
}
