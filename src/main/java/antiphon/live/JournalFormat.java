package antiphon.live;

import antiphon.model.ModelException;
import antiphon.model.RememberedNotes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How a journal lies in a file: a line of text that names the format and holds the {@link JournalHeader} as JSON, then
 * records of {@value #RECORD_BYTES} bytes, big-endian: what (1), input (1), unused (2), message (4), nanos (8), value
 * (8), CRC-32C of these (4). A record of {@link #TEXT} is followed by bytes of UTF-8, one of {@link #MEMORY} by others:
 * its message says how many, its value is their CRC-32C. Records are only appended. If a file ends within a record, as after a crash, the records
 * before it are good.
 */
final class JournalFormat {
    private static final Logger LOG = LoggerFactory.getLogger(JournalFormat.class);

    static final int RECORD_BYTES = 28;

    /** Bytes follow: the {@link RememberedNotes} that the session began with. The first record, if there is one. */
    static final int MEMORY = 124;

    /** A text follows: the {@link JournalHeader.Network} that takes over. */
    static final int TEXT = 127;

    /** Something is missing here: the journal could not keep up. */
    static final int GAP = 126;

    /** The last record of a journal that was closed in good order. */
    static final int END = 125;

    private static final String MAGIC = "antiphon-journal ";
    private static final int MAX_HEADER_BYTES = 1 << 16;
    private static final int MAX_TEXT_BYTES = 1 << 16;

    /** More than a day's. */
    private static final int MAX_BYTES = 1 << 28;

    private static final int CRC_AT = RECORD_BYTES - Integer.BYTES;
    private static final int LENGTH_AT = 4;

    private JournalFormat() {}

    /** One record as it was read; {@code text} is empty except for {@link #TEXT}. */
    record Entry(int what, int input, int message, long nanos, long value, String text) {}

    /**
     * What a journal has.
     *
     * @param memory what was remembered of earlier sessions; null if nothing was
     * @param whole it begins and ends with the session, and nothing is missing in between
     */
    record Contents(JournalHeader header, @Nullable RememberedNotes memory, List<Entry> entries, boolean whole) {}

    /** What a journal begins with. */
    static byte[] header(JournalHeader header, @Nullable RememberedNotes memory) {
        byte[] line = (MAGIC + header.json() + "\n").getBytes(StandardCharsets.UTF_8);
        if (memory == null) {
            return line;
        }
        byte[] bytes = memory.bytes();
        ByteBuffer out =
                ByteBuffer.allocate(line.length + RECORD_BYTES + bytes.length).put(line);
        put(out, MEMORY, 0, bytes.length, 0, crc(bytes));
        return out.put(bytes).array();
    }

    /** Appends a record; there must be room for {@value #RECORD_BYTES} bytes. */
    static void put(ByteBuffer out, int what, int input, int message, long nanos, long value) {
        int start = out.position();
        out.put((byte) what).put((byte) input).putShort((short) 0);
        out.putInt(message).putLong(nanos).putLong(value);
        out.putInt(crc(out, start, CRC_AT));
    }

    /** A text as a record with its bytes. */
    static byte[] text(String text, int number) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        ByteBuffer out = ByteBuffer.allocate(RECORD_BYTES + bytes.length);
        put(out, TEXT, 0, bytes.length, number, crc(bytes));
        return out.put(bytes).array();
    }

    private static int crc(byte[] bytes) {
        return crc(ByteBuffer.wrap(bytes), 0, bytes.length);
    }

    private static int crc(ByteBuffer bytes, int from, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes.duplicate().limit(from + length).position(from));
        return (int) crc.getValue();
    }

    /**
     * Reads a journal up to the first record that is damaged or not whole.
     *
     * @throws JournalException one line, if the file is not a journal
     */
    static Contents read(Path file) {
        byte[] bytes = bytes(file);
        int end = 0;
        while (end < Math.min(bytes.length, MAX_HEADER_BYTES) && bytes[end] != '\n') {
            end++;
        }
        String line = new String(bytes, 0, end, StandardCharsets.UTF_8);
        if (!line.startsWith(MAGIC) || end == bytes.length) {
            throw new JournalException(file + ": not a journal of antiphon; a file ending .journal needed, as run"
                    + " --record DIR writes it.");
        }
        JournalHeader header;
        try {
            header = JournalHeader.parse(line.substring(MAGIC.length()));
        } catch (IOException broken) {
            throw new JournalException(
                    file + ": its first line cannot be understood. It was damaged, or another version wrote it.");
        }
        if (header.schema() != JournalHeader.SCHEMA) {
            throw new JournalException(file + ": schema " + header.schema() + "; this build reads "
                    + JournalHeader.SCHEMA + ". Use the version that wrote it: " + header.version() + ".");
        }
        ByteBuffer in = ByteBuffer.wrap(bytes, end + 1, bytes.length - end - 1);
        RememberedNotes memory = memory(in);
        List<Entry> entries = entries(in);
        return new Contents(header, memory, entries, header.complete() && isWhole(entries));
    }

    private static byte[] bytes(Path file) {
        if (Files.exists(file) && !Files.isRegularFile(file) && !Files.isDirectory(file)) {
            throw new JournalException(file + ": no ordinary file; a file ending .journal needed. Check the name.");
        }
        try {
            long size = Files.size(file);
            if (size > MAX_BYTES) {
                throw new JournalException(
                        file + ": " + size + " bytes; at most " + MAX_BYTES + " allowed. Check the name.");
            }
            return Files.readAllBytes(file);
        } catch (IOException failure) {
            String found =
                    Files.isDirectory(file) ? "is a folder" : Files.exists(file) ? "cannot be read" : "no such file";
            throw new JournalException(file + ": " + found + "; a file ending .journal needed. Check the name.");
        }
    }

    /** Reads a memory if one comes next. If it is damaged nothing of the journal is of use: then nothing is left to read. */
    private static @Nullable RememberedNotes memory(ByteBuffer in) {
        int start = in.position();
        if (in.remaining() < RECORD_BYTES || in.get(start) != MEMORY) {
            return null;
        }
        int length = in.getInt(start + LENGTH_AT);
        boolean whole = in.getInt(start + CRC_AT) == crc(in, start, CRC_AT)
                && length >= 0
                && length <= in.remaining() - RECORD_BYTES;
        if (whole) {
            byte[] bytes = new byte[length];
            in.position(start + RECORD_BYTES).get(bytes);
            try {
                return RememberedNotes.parse(bytes);
            } catch (ModelException damaged) {
                LOG.debug("journal: {}", damaged.getMessage());
            }
        }
        in.position(in.limit());
        return null;
    }

    private static boolean isWhole(List<Entry> entries) {
        return !entries.isEmpty()
                && entries.getFirst().what() == Tap.BEGUN
                && entries.getLast().what() == END
                && entries.stream().noneMatch(entry -> entry.what() == GAP);
    }

    private static List<Entry> entries(ByteBuffer in) {
        List<Entry> entries = new ArrayList<>();
        while (in.remaining() >= RECORD_BYTES) {
            int start = in.position();
            int what = in.get();
            int input = Byte.toUnsignedInt(in.get());
            in.getShort();
            int message = in.getInt();
            long nanos = in.getLong();
            long value = in.getLong();
            if (in.getInt() != crc(in, start, CRC_AT)) {
                return entries;
            }
            String text = "";
            if (what == TEXT) {
                if (message < 0 || message > Math.min(in.remaining(), MAX_TEXT_BYTES)) {
                    return entries;
                }
                byte[] bytes = new byte[message];
                in.get(bytes);
                if (crc(bytes) != (int) value) {
                    return entries;
                }
                text = new String(bytes, StandardCharsets.UTF_8);
            }
            entries.add(new Entry(what, input, message, nanos, value, text));
        }
        return entries;
    }
}
