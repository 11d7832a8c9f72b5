package antiphon.midi.file;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Finds the tracks of a file, also where the lengths that it states are wrong: a track may end before its stated end or
 * go on after it, and a lost place is found again at the next {@code MTrk}. Time is linear in the size of the file. Used
 * once.
 */
final class TrackChunks {
    /** As many as the header can count. */
    private static final int MAX_TRACKS = 0xFFFF;

    private final ByteCursor in;
    private final Consumer<String> warnings;
    private final List<TrackEvents> tracks = new ArrayList<>();

    private TrackChunks(ByteCursor in, Consumer<String> warnings) {
        this.in = in;
        this.warnings = warnings;
    }

    /**
     * Reads all tracks.
     *
     * @param in where the first chunk after the header begins
     * @param warnings takes what is wrong, a sentence each
     */
    static List<TrackEvents> read(ByteCursor in, Consumer<String> warnings) {
        TrackChunks chunks = new TrackChunks(in, warnings);
        while (in.remaining() > 0 && chunks.readNext()) {
            // The next one.
        }
        return chunks.tracks;
    }

    /** Reads a chunk, or goes to the next track; false if there is none. */
    private boolean readNext() {
        int begin = in.position();
        if (TrackMark.isAt(in, begin)) {
            if (tracks.size() == MAX_TRACKS) {
                warnings.accept("more than " + MAX_TRACKS + " tracks. Left out the others.");
                return false;
            }
            readTrack();
            return true;
        }
        if (isOtherChunkAt(begin)) {
            int end = begin + TrackMark.HEADER_BYTES + (int) TrackMark.lengthAt(in, begin);
            if (end == in.end() || TrackMark.isAt(in, end) || isOtherChunkAt(end)) {
                in.moveTo(end);
                return true;
            }
        }
        return goToNextTrack(begin);
    }

    private boolean goToNextTrack(int from) {
        int next = in.find(TrackMark.LETTERS, from, in.end());
        if (next == ByteCursor.NONE) {
            return false;
        }
        warnings.accept(next - from + " bytes at byte " + from + " that belong to no track. Left them out.");
        in.moveTo(next);
        return true;
    }

    /** Some programs write chunks of their own: four letters and a length. */
    private boolean isOtherChunkAt(int place) {
        if (place > in.end() - TrackMark.HEADER_BYTES || !TrackMark.isWholeAt(in, place)) {
            return false;
        }
        String letters = in.part(place, in.end()).nextId();
        return letters.chars().allMatch(letter -> letter > ' ' && letter <= '~');
    }

    private void readTrack() {
        in.nextId();
        long length = in.nextNumber(4);
        int begin = in.position();
        int stated = begin + Math.clamp(length, 0, in.remaining());
        TrackEvents track = TrackReader.read(in.part(begin, stated));
        boolean cutOff = length > in.end() - begin;
        int end = endOf(track, stated, cutOff);
        if (end == stated && !track.ended() && !isChunkOrEnd(stated)) {
            TrackEvents longer = readOn(begin, stated);
            if (longer.ended()) {
                track = longer;
                end = longer.end();
            }
        }
        tracks.add(track);
        tell(track, length, end - begin, cutOff);
        in.moveTo(end);
    }

    /** The same track, as if it ended where the next one begins. */
    private TrackEvents readOn(int begin, int stated) {
        int next = in.find(TrackMark.LETTERS, stated, in.end());
        return TrackReader.read(in.part(begin, next == ByteCursor.NONE ? in.end() : next));
    }

    private boolean isChunkOrEnd(int place) {
        return place == in.end() || TrackMark.isAt(in, place) || isOtherChunkAt(place);
    }

    /** Where the track ends: before its stated end only if another begins there. */
    private int endOf(TrackEvents track, int stated, boolean cutOff) {
        if (TrackMark.isAt(in, track.end())) {
            return track.end();
        }
        for (int next = track.stopped() ? in.find(TrackMark.LETTERS, track.end(), stated) : ByteCursor.NONE;
                next != ByteCursor.NONE;
                next = in.find(TrackMark.LETTERS, next + 1, stated)) {
            if (cutOff || TrackMark.isWholeAt(in, next)) {
                return next;
            }
        }
        return stated;
    }

    private void tell(TrackEvents track, long stated, int found, boolean cutOff) {
        String which = "track " + tracks.size() + ": ";
        if (!track.damage().isEmpty()) {
            warnings.accept(which + track.damage() + ".");
        }
        if (!cutOff || track.ended()) {
            if (found != stated) {
                warnings.accept(which + "length of " + stated + " bytes stated, " + found + " found. Read those.");
            }
        } else if (track.damage().isEmpty()) {
            warnings.accept(which + "cut off at the end of the file. Kept what is there.");
        }
    }
}
