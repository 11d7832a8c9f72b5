package antiphon.midi.file;

import antiphon.midi.MidiException;
import antiphon.music.TimedMessages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads Standard MIDI Files of formats 0 and 1, bare or wrapped in RIFF (.rmi). Stateless; any thread.
 *
 * <p>Our own because the JDK's reader takes 3.8 s for a crafted file of 1 MB, allocates 100 MB for one of 22 bytes,
 * and refuses running status across a meta event, which many files use. Here time and memory are linear in the size
 * of the file. What can be read of a damaged file is kept, with a warning; a file without any note is refused. Source:
 * "Standard MIDI Files 1.0" (RP-001) and "RIFF MIDI" (RP-029), The MIDI Association.
 */
public final class MidiFileReader {
    private static final int LARGEST_BYTES = 64 << 20;
    private static final int HEADER_BYTES = 6;
    private static final int MAX_WARNINGS = 20;

    /** As many as the header can count. */
    private static final int MAX_TRACKS = 0xFFFF;

    private final String where;
    private final List<String> warnings = new ArrayList<>();
    private int warningsLeftOut;

    private MidiFileReader(String where) {
        this.where = where;
    }

    /** @throws MidiException if it cannot be read, is no MIDI file, is of another format, or has no notes */
    public static MidiFile read(Path path) {
        String where = path.toString();
        try {
            long size = Files.size(path);
            if (size > LARGEST_BYTES) {
                throw new MidiException(where + ": " + size + " bytes; allowed: at most " + LARGEST_BYTES
                        + ". Split the file into pieces.");
            }
            return read(Files.readAllBytes(path), where);
        } catch (NoSuchFileException e) {
            throw new MidiException(where + ": no such file. Check the name.", e);
        } catch (IOException e) {
            String reason = Files.isDirectory(path) ? "is a folder" : "cannot be read";
            throw new MidiException(where + ": " + reason + "; a readable MIDI file is needed. Check the name.", e);
        }
    }

    /**
     * @param bytes the whole file
     * @param where what to call it in messages, usually its path
     * @throws MidiException as {@link #read(Path)}
     */
    public static MidiFile read(byte[] bytes, String where) {
        MidiFileReader reader = new MidiFileReader(where);
        return reader.parse(reader.unwrap(bytes));
    }

    /** Steps into the data chunk of a RIFF file; gives any other file as it is. */
    private ByteCursor unwrap(byte[] bytes) {
        ByteCursor riff = new ByteCursor(bytes);
        if (!riff.nextId().equals("RIFF")) {
            return new ByteCursor(bytes);
        }
        riff.nextNumber(4);
        boolean midi = riff.nextId().equals("RMID");
        while (midi && riff.remaining() > 0) {
            String id = riff.nextId();
            // RIFF is little-endian, and pads chunks to an even length.
            long length = Integer.toUnsignedLong(Integer.reverseBytes((int) riff.nextNumber(4)));
            if (id.equals("data")) {
                return riff.slice(length);
            }
            riff.slice(length + (length & 1));
        }
        throw new MidiException(where + ": RIFF without MIDI data; a MIDI file begins with MThd. Check the file.");
    }

    private MidiFile parse(ByteCursor in) {
        if (!in.nextId().equals("MThd")) {
            throw new MidiException(where + ": does not begin with MThd; a MIDI file does. Check the file.");
        }
        ByteCursor header = in.slice(in.nextNumber(4));
        if (header.remaining() < HEADER_BYTES) {
            throw new MidiException(where + ": header of " + header.remaining() + " bytes; at least " + HEADER_BYTES
                    + " needed. The file is cut off: get it again.");
        }
        int format = (int) header.nextNumber(2);
        if (format > 1) {
            throw new MidiException(where + ": format " + format + "; allowed: 0 and 1. Export it as format 1.");
        }
        long declaredTracks = header.nextNumber(2);
        TimeDivision division = TimeDivision.ofHeader((int) header.nextNumber(2), where);
        List<TrackEvents> tracks = readTracks(in);
        if (tracks.size() < declaredTracks) {
            warn("header declares " + declaredTracks + " tracks, found " + tracks.size() + ". Read those.");
        }
        return assemble(format, division, tracks);
    }

    private List<TrackEvents> readTracks(ByteCursor in) {
        List<TrackEvents> tracks = new ArrayList<>();
        while (in.remaining() > 0) {
            String id = in.nextId();
            long length = in.nextNumber(4);
            boolean cutOff = length > in.remaining();
            ByteCursor chunk = in.slice(length);
            if (id.equals("MTrk") && tracks.size() == MAX_TRACKS) {
                warn("more than " + MAX_TRACKS + " tracks. Left out the others.");
                break;
            } else if (id.equals("MTrk")) {
                TrackEvents track = TrackReader.read(chunk);
                tracks.add(track);
                if (!track.damage().isEmpty()) {
                    warn("track " + tracks.size() + ": " + track.damage() + ". Kept what came before.");
                } else if (cutOff) {
                    warn("track " + tracks.size() + ": cut off at the end of the file. Kept what is there.");
                }
            }
        }
        return tracks;
    }

    private MidiFile assemble(int format, TimeDivision division, List<TrackEvents> tracks) {
        TrackMerger merger = new TrackMerger(tracks, division);
        List<List<MidiNote>> notes = merger.merge();
        if (merger.tooLong()) {
            warn("events later than 168 hours. Left them out.");
        }
        if (warningsLeftOut > 0) {
            warnings.add(where + ": " + warningsLeftOut + " further warnings left out.");
        }
        List<MidiTrack> named = new ArrayList<>();
        for (int i = 0; i < notes.size(); i++) {
            named.add(new MidiTrack(tracks.get(i).name(), notes.get(i)));
        }
        MidiFile file = new MidiFile(format, division, named, TimedMessages.of(merger.messages()), warnings);
        if (file.noteCount() == 0) {
            throw noNotes();
        }
        return file;
    }

    private MidiException noNotes() {
        String damage =
                warnings.isEmpty() ? "" : " Damaged:" + warnings.getFirst().substring(where.length() + 1);
        return new MidiException(where + ": no note in any track; at least one needed." + damage);
    }

    /** Some files are damaged in every one of thousands of tracks: the first few tell people enough. */
    private void warn(String what) {
        if (warnings.size() < MAX_WARNINGS) {
            warnings.add(where + ": " + what);
        } else {
            warningsLeftOut++;
        }
    }
}
