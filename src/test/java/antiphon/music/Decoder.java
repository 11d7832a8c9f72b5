package antiphon.music;

import java.util.ArrayList;
import java.util.List;

/**
 * Turns {@link Event}s back into a performance. The reverse of {@link Encoder}, to within half a time bin and half
 * a velocity bin; one thread.
 *
 * <p>A note-off without its note-on is ignored; a note still sounding at the end is closed there.
 */
public final class Decoder implements EventSink {
    /** As many sound at once in most music. */
    private static final int INITIAL_NOTES = 32;

    private static final int CHANNEL = 0;

    private final List<Note> notes = new ArrayList<>();
    private final List<Long> phraseEndsNanos = new ArrayList<>();
    private final NotePairing pairing = new NotePairing(NotePairing.Overlap.QUEUE, INITIAL_NOTES);
    private final NotePairing.Ear ear = this::keep;
    private long clockNanos;

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
            pair(Event.voice(kind), Message.noteOn(CHANNEL, Event.pitch(event), velocity));
        } else if (Event.isNoteOff(kind)) {
            pair(Event.voice(kind), Message.noteOff(CHANNEL, Event.pitch(event)));
        }
    }

    /** Closes what still sounds and gives the performance so far. */
    public Performance finish() {
        pairing.finish(clockNanos, ear);
        return new Performance(notes, phraseEndsNanos);
    }

    private void pair(int voice, int message) {
        pairing.accept(voice, 0, message, clockNanos, ear);
    }

    private void keep(int voice, int channel, int pitch, int velocity, long onsetNanos, long nanos) {
        notes.add(new Note(voice, onsetNanos, nanos - onsetNanos, pitch, velocity));
    }
}
