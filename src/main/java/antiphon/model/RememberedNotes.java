package antiphon.model;

import antiphon.HotPath;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link NeuralCache} remembers, to be kept in a file or in a journal. Immutable; its keys are rounded to half
 * precision, so that what is read back is the same.
 *
 * <p>The bytes, big-endian: a mark and the format's number (8); the network, 64 digits; the width of a key and the notes
 * (4 each); for each note, the oldest first, its time bin, pitch, velocity bin and whether the note before it was kept
 * too (1 each), its interval (2) and its key (2 for each unit); the CRC-32C of all before (4).
 */
public final class RememberedNotes {
    /** More are never remembered: some minutes of playing. */
    static final int MAX_NOTES = 1024;

    /** The interval of a note before which none was heard. */
    static final int NO_INTERVAL = 1_000;

    /** "Motif" and the format's number. */
    private static final long MARK = 0x4D6F_7469_6600_0001L;

    private static final int NETWORK_BYTES = 64;
    private static final int HEAD_BYTES = Long.BYTES + NETWORK_BYTES + 2 * Integer.BYTES;
    private static final int MAX_WIDTH = 1 << 14;
    private static final int FIELDS = 4;

    private final String network;
    private final int width;
    private final byte[] fields; // [note][FIELDS]
    private final short[] intervals;
    private final short[] keys; // [note][width]

    private RememberedNotes(String network, int width, byte[] fields, short[] intervals, short[] keys) {
        this.network = network;
        this.width = width;
        this.fields = fields;
        this.intervals = intervals;
        this.keys = keys;
    }

    /**
     * What is in the arrays of a memory.
     *
     * @param network the SHA-256 of the network's file, in {@value #NETWORK_BYTES} hexadecimal digits
     * @param first the place of the oldest note; the others follow, round the end
     */
    static RememberedNotes of(
            String network,
            int first,
            int size,
            float[][] keys,
            int[] times,
            int[] pitches,
            int[] velocities,
            int[] intervals,
            boolean[] follows) {
        int width = keys.length;
        RememberedNotes notes =
                new RememberedNotes(network, width, new byte[size * FIELDS], new short[size], new short[size * width]);
        for (int i = 0; i < size; i++) {
            int from = (first + i) % times.length;
            notes.fields[i * FIELDS] = (byte) times[from];
            notes.fields[i * FIELDS + 1] = (byte) pitches[from];
            notes.fields[i * FIELDS + 2] = (byte) velocities[from];
            // What was before the oldest is not known.
            notes.fields[i * FIELDS + 3] = (byte) (follows[from] && i > 0 ? 1 : 0);
            notes.intervals[i] = (short) intervals[from];
            for (int unit = 0; unit < width; unit++) {
                notes.keys[i * width + unit] = Float.floatToFloat16(keys[unit][from]);
            }
        }
        return notes;
    }

    /** Fills the arrays of a memory from their beginning. */
    @HotPath
    void copyTo(float[][] to, int[] times, int[] pitches, int[] velocities, int[] toIntervals, boolean[] follows) {
        for (int i = 0; i < size(); i++) {
            times[i] = fields[i * FIELDS];
            pitches[i] = fields[i * FIELDS + 1];
            velocities[i] = fields[i * FIELDS + 2];
            follows[i] = fields[i * FIELDS + 3] != 0;
            toIntervals[i] = intervals[i];
            for (int unit = 0; unit < width; unit++) {
                to[unit][i] = Float.float16ToFloat(keys[i * width + unit]);
            }
        }
    }

    /** True if a memory of so many notes with such values can take it over. */
    boolean fits(int toWidth, int capacity, int times, int pitches, int velocities) {
        boolean fits = width == toWidth && size() <= capacity;
        for (int i = 0; i < size() && fits; i++) {
            fits = fields[i * FIELDS] < times
                    && fields[i * FIELDS + 1] < pitches
                    && fields[i * FIELDS + 2] < velocities;
        }
        return fits;
    }

    /** How many notes there are. */
    @HotPath
    public int size() {
        return intervals.length;
    }

    /** The SHA-256 of the file of the network to which the keys mean something. */
    public String network() {
        return network;
    }

    /** The same notes after others of the same network; of these as many of the last as there is room for. */
    public RememberedNotes after(@Nullable RememberedNotes earlier) {
        if (earlier == null || earlier.width != width || !earlier.network.equals(network)) {
            return this;
        }
        int taken = Math.min(earlier.size(), MAX_NOTES - size());
        int skipped = earlier.size() - taken;
        int all = taken + size();
        RememberedNotes notes =
                new RememberedNotes(network, width, new byte[all * FIELDS], new short[all], new short[all * width]);
        System.arraycopy(earlier.fields, skipped * FIELDS, notes.fields, 0, taken * FIELDS);
        System.arraycopy(earlier.intervals, skipped, notes.intervals, 0, taken);
        System.arraycopy(earlier.keys, skipped * width, notes.keys, 0, taken * width);
        System.arraycopy(fields, 0, notes.fields, taken * FIELDS, size() * FIELDS);
        System.arraycopy(intervals, 0, notes.intervals, taken, size());
        System.arraycopy(keys, 0, notes.keys, taken * width, size() * width);
        if (skipped > 0 && taken > 0) {
            notes.fields[FIELDS - 1] = 0;
        }
        return notes;
    }

    /** All of it. */
    public byte[] bytes() {
        ByteBuffer out = ByteBuffer.allocate(length(size(), width));
        out.putLong(MARK).put(network.getBytes(StandardCharsets.US_ASCII));
        out.putInt(width).putInt(size());
        for (int i = 0; i < size(); i++) {
            out.put(fields, i * FIELDS, FIELDS).putShort(intervals[i]);
            for (int unit = 0; unit < width; unit++) {
                out.putShort(keys[i * width + unit]);
            }
        }
        return out.putInt(crc(out.array())).array();
    }

    private static int length(int size, int width) {
        return HEAD_BYTES + size * (FIELDS + Short.BYTES + width * Short.BYTES) + Integer.BYTES;
    }

    private static int crc(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, bytes.length - Integer.BYTES);
        return (int) crc.getValue();
    }

    /**
     * Reads what {@link #bytes} gave.
     *
     * @throws ModelException what was found instead, in a few words
     */
    public static RememberedNotes parse(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        if (bytes.length < length(0, 0) || in.getLong() != MARK) {
            throw new ModelException("no memory of motifs, or one of another version");
        }
        byte[] network = new byte[NETWORK_BYTES];
        in.get(network);
        int width = in.getInt();
        int size = in.getInt();
        boolean possible = width > 0 && width <= MAX_WIDTH && size >= 0 && size <= MAX_NOTES;
        if (!possible || bytes.length != length(size, width) || crc(bytes) != in.getInt(bytes.length - Integer.BYTES)) {
            throw new ModelException("damaged: its check sum is wrong");
        }
        RememberedNotes notes = new RememberedNotes(
                new String(network, StandardCharsets.US_ASCII),
                width,
                new byte[size * FIELDS],
                new short[size],
                new short[size * width]);
        for (int i = 0; i < size; i++) {
            in.get(notes.fields, i * FIELDS, FIELDS);
            notes.intervals[i] = in.getShort();
            for (int unit = 0; unit < width; unit++) {
                notes.keys[i * width + unit] = in.getShort();
            }
        }
        notes.check();
        return notes;
    }

    /** Whatever a file holds, a memory that takes it over must not fail later. */
    private void check() {
        for (byte field : fields) {
            if (field < 0) {
                throw new ModelException("damaged: a value below 0");
            }
        }
        for (short interval : intervals) {
            if (interval != NO_INTERVAL && Math.abs(interval) > Byte.MAX_VALUE) {
                throw new ModelException("damaged: an interval of " + interval + " semitones");
            }
        }
        for (short key : keys) {
            if (!(Math.abs(Float.float16ToFloat(key)) <= 1)) {
                throw new ModelException("damaged: a key that no network has");
            }
        }
    }
}
