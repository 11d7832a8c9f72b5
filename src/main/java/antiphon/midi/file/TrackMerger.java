package antiphon.midi.file;

import antiphon.music.Message;
import antiphon.music.MessageBuffer;
import antiphon.music.NotePairing;
import antiphon.music.Unended;
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
    private final TimeDivision division;
    private final TempoMap tempoMap;
    private final MessageBuffer merged = new MessageBuffer();
    private final NotePairing pairing = new NotePairing(NotePairing.Overlap.QUEUE, INITIAL_NOTES);
    private final NotePairing.Ear ear = new Notes();
    private final List<List<MidiNote>> notes = new ArrayList<>();
    private final FileUse use;
    private boolean endsLane;
    private long endNanos;
    private boolean tooLong;

    TrackMerger(List<TrackEvents> tracks, TimeDivision division, FileUse use) {
        this.tracks = tracks;
        this.division = division;
        this.use = use;
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
        endNanos = 0;
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
        if (use == FileUse.PLAY) {
            endWhatSounds();
        }
        notes.forEach(track -> track.sort(BY_ONSET));
        return notes;
    }

    /** Takes one event of the track and puts the track back in line, unless that was its end. */
    private void step(Cursor next, long nanos, PriorityQueue<Cursor> queue) {
        if (next.atEnd()) {
            endsLane = true;
            pairing.endLane(next.track, nanos, ear);
            endsLane = false;
            return;
        }
        int message = next.events.messages().message(next.index++);
        if (use != FileUse.LEARN) {
            merged.add(message, nanos);
        }
        pairing.accept(next.track, next.events.port(), message, nanos, ear);
        queue.add(next);
    }

    private void endWhatSounds() {
        Unended unended = new Unended();
        for (int i = 0; i < merged.size(); i++) {
            unended.accept(merged.message(i));
        }
        unended.end(merged::add, endNanos);
    }

    /** Keeps the notes, and in a file to be played ends the keys that a track leaves down, when it ends. */
    private final class Notes implements NotePairing.Ear {
        @Override
        public void ended(int track, int channel, int pitch, int velocity, long onsetNanos, long nanos) {
            MidiNote note = new MidiNote(channel, onsetNanos, nanos - onsetNanos, pitch, velocity);
            if (use == FileUse.ALL || !note.isPercussion()) {
                notes.get(track).add(note);
            }
        }

        @Override
        public void lifted(int track, int channel, int pitch, long nanos) {
            if (endsLane && use == FileUse.PLAY) {
                merged.add(Message.noteOff(channel, pitch), nanos);
            }
        }
    }

    /** After {@link #merge}: the messages of all tracks in order, times in nanoseconds. */
    MessageBuffer messages() {
        return merged;
    }

    /** After {@link #merge}: the tempos and metres up to the last event. */
    Timeline timeline() {
        List<TrackEvents.MetreChange> changes = new ArrayList<>();
        tracks.forEach(track -> changes.addAll(track.metres()));
        changes.sort(Comparator.comparingLong(TrackEvents.MetreChange::tick));
        List<Timeline.Metre> metres = new ArrayList<>();
        metres.add(Timeline.Metre.COMMON);
        for (TrackEvents.MetreChange change : changes) {
            Timeline.Metre metre = new Timeline.Metre(
                    tempoMap.nanosAt(change.tick()),
                    change.beats(),
                    change.unit(),
                    change.clocks(),
                    change.thirtySeconds());
            if (metre.nanos() == metres.getLast().nanos()) {
                metres.removeLast();
            }
            if (metre.nanos() <= endNanos) {
                metres.add(metre);
            }
        }
        return new Timeline(tempoMap.tempos(endNanos, division), metres);
    }

    /** After {@link #merge}: whether events later than {@link #LONGEST_NANOS} were left out. */
    boolean tooLong() {
        return tooLong;
    }
}
