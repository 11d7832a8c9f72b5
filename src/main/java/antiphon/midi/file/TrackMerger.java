package antiphon.midi.file;

import antiphon.music.MessageBuffer;
import antiphon.music.NotePairing;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Plays all tracks of a file together: merges their messages in order of ticks (at one tick in the order of tracks),
 * gives each its time, and makes notes of them. Used once.
 */
final class TrackMerger {
    /** Only a damaged file has events later than this week. They would make the result needlessly long. */
    static final long LONGEST_NANOS = 168L * 3600 * 1_000_000_000;

    /** As many sound at once in most files. */
    private static final int INITIAL_NOTES = 32;

    private static final Comparator<MidiNote> BY_ONSET = Comparator.comparingLong(MidiNote::onsetNanos)
            .thenComparingInt(MidiNote::channel)
            .thenComparingInt(MidiNote::pitch);

    /** Where one track has got to. */
    private static final class Cursor {
        final int track;
        final TrackEvents events;
        int index;

        Cursor(int track, TrackEvents events) {
            this.track = track;
            this.events = events;
        }

        boolean atEnd() {
            return index == events.messages().size();
        }

        long tick() {
            return atEnd() ? events.endTick() : events.messages().time(index);
        }
    }

    private final List<TrackEvents> tracks;
    private final TempoMap tempoMap;
    private final MessageBuffer merged = new MessageBuffer();
    private final NotePairing pairing = new NotePairing(NotePairing.Overlap.QUEUE, INITIAL_NOTES);
    private final NotePairing.Ear ear = this::keep;
    private final List<List<MidiNote>> notes = new ArrayList<>();
    private boolean tooLong;

    TrackMerger(List<TrackEvents> tracks, TimeDivision division) {
        this.tracks = tracks;
        List<TempoMap.Change> tempos = new ArrayList<>();
        tracks.forEach(track -> tempos.addAll(track.tempos()));
        this.tempoMap = new TempoMap(division, tempos);
        tracks.forEach(track -> notes.add(new ArrayList<>(0)));
    }

    /** @return each track's notes, sorted by onset, then channel, then pitch */
    List<List<MidiNote>> merge() {
        PriorityQueue<Cursor> queue = new PriorityQueue<>(
                Math.max(1, tracks.size()),
                Comparator.comparingLong(Cursor::tick).thenComparingInt(c -> c.track));
        for (int i = 0; i < tracks.size(); i++) {
            queue.add(new Cursor(i, tracks.get(i)));
        }
        long endNanos = 0;
        for (Cursor next = queue.poll(); next != null; next = queue.poll()) {
            long nanos = tempoMap.nanosAt(next.tick());
            if (nanos > LONGEST_NANOS) {
                tooLong = true;
                break;
            }
            endNanos = nanos;
            step(next, nanos, queue);
        }
        pairing.finish(endNanos, ear);
        notes.forEach(track -> track.sort(BY_ONSET));
        return notes;
    }

    /** Takes one event of the track and puts the track back in line, unless that was its end. */
    private void step(Cursor next, long nanos, PriorityQueue<Cursor> queue) {
        if (next.atEnd()) {
            pairing.endLane(next.track, nanos, ear);
            return;
        }
        int message = next.events.messages().message(next.index++);
        merged.add(message, nanos);
        pairing.accept(next.track, next.events.port(), message, nanos, ear);
        queue.add(next);
    }

    private void keep(int track, int channel, int pitch, int velocity, long onsetNanos, long nanos) {
        notes.get(track).add(new MidiNote(channel, onsetNanos, nanos - onsetNanos, pitch, velocity));
    }

    /** After {@link #merge}: the messages of all tracks in order, times in nanoseconds. */
    MessageBuffer messages() {
        return merged;
    }

    /** After {@link #merge}: whether events later than {@link #LONGEST_NANOS} were left out. */
    boolean tooLong() {
        return tooLong;
    }
}
