package antiphon.midi.file;

import antiphon.music.MessageBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Plays all tracks of a file together: merges their messages in order of ticks (at one tick in the order of tracks),
 * gives each its time, and folds notes. Used once.
 */
final class TrackMerger {
    /** Only a damaged file has events later than this week. They would make the result needlessly long. */
    static final long LONGEST_NANOS = 168L * 3600 * 1_000_000_000;

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
    private final NoteFolder folder;
    private boolean tooLong;

    TrackMerger(List<TrackEvents> tracks, TimeDivision division) {
        this.tracks = tracks;
        List<TempoMap.Change> tempos = new ArrayList<>();
        tracks.forEach(track -> tempos.addAll(track.tempos()));
        this.tempoMap = new TempoMap(division, tempos);
        this.folder = new NoteFolder(tracks.size());
    }

    /** @return each track's notes */
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
        return folder.finish(endNanos);
    }

    /** Takes one event of the track and puts the track back in line, unless that was its end. */
    private void step(Cursor next, long nanos, PriorityQueue<Cursor> queue) {
        if (next.atEnd()) {
            folder.endTrack(next.track, nanos);
            return;
        }
        int message = next.events.messages().message(next.index++);
        merged.add(message, nanos);
        folder.accept(next.track, next.events.port(), message, nanos);
        queue.add(next);
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
