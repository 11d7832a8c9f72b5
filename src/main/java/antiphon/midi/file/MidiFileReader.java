package antiphon.midi.file;

import antiphon.midi.MidiException;
import antiphon.music.TimedMessages;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
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
 * of the file. What can be read of a damaged file is kept, with a warning, see {@link TrackReader} and
 * {@link TrackChunks}; a file without any note is refused. Source:
 * "Standard MIDI Files 1.0" (RP-001) and "RIFF MIDI" (RP-029), The MIDI Association.
 */
public final class MidiFileReader {
    private static final int LARGEST_BYTES = 64 << 20;
    private static final int HEADER_BYTES = 6;
    private static final int MAX_WARNINGS = 20;

    private final String where;
    private final FileUse use;
    private final List<String> warnings = new ArrayList<>();
    private int warningsLeftOut;

    private MidiFileReader(String where, FileUse use) {
        this.where = where;
        this.use = use;
    }

    /** Reads all of it, see {@link #read(Path, FileUse)}. */
    public static MidiFile read(Path path) {
        return read(path, FileUse.ALL);
    }

    /** @throws MidiException if it cannot be read, is no MIDI file, is of another format, or has no notes */
    public static MidiFile read(Path path, FileUse use) {
        String where = path.toString();
        try {
            long size = Files.size(path);
            if (size > LARGEST_BYTES) {
                throw new MidiException(where + ": " + size + " bytes; allowed: at most " + LARGEST_BYTES
                        + ". Split the file into pieces.");
            }
            return read(Files.isRegularFile(path) ? Files.readAllBytes(path) : ofStream(path, where), where, use);
        } catch (NoSuchFileException e) {
            throw new MidiException(where + ": no such file. Check the name.", e);
        } catch (IOException e) {
            String reason = Files.isDirectory(path) ? "is a folder" : "cannot be read";
            throw new MidiException(where + ": " + reason + "; a readable MIDI file is needed. Check the name.", e);
        }
    }

    /** A pipe or a device, which need not end. */
    private static byte[] ofStream(Path path, String where) throws IOException {
        try (InputStream in = Files.newInputStream(path)) {
            byte[] head = in.readNBytes(HEADER_BYTES);
            String id = new ByteCursor(head).nextId();
            if (!id.equals("MThd") && !id.equals("RIFF")) {
                throw noMidiFile(where);
            }
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            all.writeBytes(head);
            all.writeBytes(in.readNBytes(LARGEST_BYTES));
            return all.toByteArray();
        }
    }

    private static MidiException noMidiFile(String where) {
        return new MidiException(where + ": does not begin with MThd; a MIDI file does. Check the file.");
    }

    /** All of what the bytes of a file say. */
    public static MidiFile read(byte[] bytes, String where) {
        return read(bytes, where, FileUse.ALL);
    }

    /**
     * @param bytes the whole file
     * @param where what to call it in messages, usually its path
     * @throws MidiException as {@link #read(Path, FileUse)}
     */
    public static MidiFile read(byte[] bytes, String where, FileUse use) {
        MidiFileReader reader = new MidiFileReader(where, use);
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
            throw noMidiFile(where);
        }
        ByteCursor header = header(in);
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
        List<TrackEvents> tracks = TrackChunks.read(in, this::warn);
        if (tracks.size() < declaredTracks) {
            warn("header declares " + declaredTracks + " tracks, found " + tracks.size() + ". Read those.");
        }
        return assemble(format, division, tracks);
    }

    /** The header's bytes. Where its length is wrong a track stands right after the six bytes that every header has. */
    private ByteCursor header(ByteCursor in) {
        long length = in.nextNumber(4);
        int begin = in.position();
        if (length != HEADER_BYTES && TrackMark.isAt(in, begin + HEADER_BYTES)) {
            warn("header of " + length + " bytes stated, " + HEADER_BYTES + " found. Read those.");
            return in.slice(HEADER_BYTES);
        }
        return in.slice(length);
    }

    private MidiFile assemble(int format, TimeDivision division, List<TrackEvents> tracks) {
        TrackMerger merger = new TrackMerger(tracks, division, use);
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
        MidiFile file =
                new MidiFile(format, division, named, TimedMessages.of(merger.messages()), merger.timeline(), warnings);
        if (file.noteCount() == 0) {
            throw noNotes(tracks);
        }
        return file;
    }

    private MidiException noNotes(List<TrackEvents> tracks) {
        if (use != FileUse.ALL && tracks.stream().anyMatch(TrackEvents::hasNote)) {
            return new MidiException(
                    where + ": no note but drums (channel 10), which are not heard as keys; at least one"
                            + " other needed. Move what is no drum to another channel.");
        }
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
