package antiphon.live;

import antiphon.HotPath;
import antiphon.music.Message;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys that sound and the {@link antiphon.music.Lasting} controllers that are away from rest now, and who was told
 * of them, in a memory-mapped file. The operating system keeps it when the program is killed, so that the next start can
 * end what the last one left hanging, at those who heard it. Written by the ledger's thread, without allocating; cold
 * ones open and close the file, name the receivers and {@linkplain #repair repair} it.
 *
 * <p>The file: a mark; for each number of {@link Ends} a byte, 1 if it is held, and a check of it; the same once more for
 * what earlier programs left and not every receiver has been told yet; the names of the connected ports with their
 * CRC-32. An entry whose check is wrong counts as held: an end too many does no harm.
 *
 * <p>Best kept in a folder that is in memory ({@code /run/user/…}): there a write never waits for a disk.
 */
final class HeldNotesFile implements HeldNotes, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HeldNotesFile.class);

    /** "Anti" and the format's number. */
    private static final long MARK = 0x416E_7469_0000_0003L;

    private static final int NOW = Long.BYTES;
    private static final int BEFORE = NOW + 2 * Ends.HELD;
    private static final int NAMES = BEFORE + 2 * Ends.HELD;
    private static final int NAMES_BYTES = 16_384;
    private static final int NAMES_TEXT = NAMES + Long.BYTES + Integer.BYTES;
    private static final int SIZE = NAMES + NAMES_BYTES;

    private static final String BACKEND = "by";
    private static final String SOURCE = "in";
    private static final String RECEIVER = "out";

    private final Path path;
    private final @Nullable FileChannel channel;
    private final ByteBuffer bytes;

    /** What {@link #bytes} should hold of what is held now. */
    private final boolean[] held = new boolean[Ends.HELD];

    private byte[] names = {};

    /** Whose names they are. */
    private String backend = "";

    /** The file was cut short by somebody: what is mapped cannot be written to. */
    private volatile boolean broken;

    /**
     * What a killed program left.
     *
     * @param backend the name of the back end that gave the ports their names; empty if it is not known
     * @param messages packed, one for each key and controller
     * @param sources the ports that its inputs were connected to
     * @param receivers those that may hold what these messages end
     */
    record LeftOver(String backend, List<Integer> messages, List<String> sources, List<String> receivers) {}

    private HeldNotesFile(Path path, @Nullable FileChannel channel, ByteBuffer bytes) {
        this.path = path;
        this.channel = channel;
        this.bytes = bytes;
    }

    /**
     * Opens or creates the file.
     *
     * @return null if another running program has it open: the notes in it are that program's
     * @throws IOException if the file cannot be made
     */
    static @Nullable HeldNotesFile open(Path path) throws IOException {
        Path folder = path.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        FileChannel channel =
                FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            if (!lock(channel)) {
                channel.close();
                return null;
            }
            long size = channel.size();
            fill(channel);
            HeldNotesFile file = new HeldNotesFile(path, channel, channel.map(FileChannel.MapMode.READ_WRITE, 0, SIZE));
            if (size != SIZE || file.bytes.getLong(0) != MARK) {
                if (size > 0) {
                    LOG.warn("{}: not written by this version; notes of the last program are not known.", path);
                }
                file.clear();
            }
            return file;
        } catch (IOException failure) {
            channel.close();
            throw failure;
        }
    }

    /**
     * The same, and null with a line in the log if there is none to be had.
     *
     * @param backend the name of the back end that the ports' names are of
     */
    static @Nullable HeldNotesFile openOrWarn(@Nullable Path path, String backend) {
        if (path == null) {
            return null;
        }
        try {
            HeldNotesFile file = open(path);
            if (file == null) {
                LOG.warn("{}: in use by another antiphon. Notes of this one cannot be ended after a crash.", path);
                return null;
            }
            return file.of(backend);
        } catch (IOException failure) {
            LOG.warn("{}: cannot be written ({}). Notes cannot be ended after a crash.", path, failure.getMessage());
            return null;
        }
    }

    /** Says which back end the names of the connected ports are of. */
    HeldNotesFile of(String name) {
        backend = name;
        return this;
    }

    /** Not in a file, but written by the same code: for the warm-up. */
    static HeldNotesFile inMemory() {
        HeldNotesFile file = new HeldNotesFile(Path.of("memory"), null, ByteBuffer.allocateDirect(SIZE));
        file.clear();
        return file;
    }

    /**
     * Gives every byte of the file a place, by writing: a full disk is found here, and not when a note is to be written
     * down, which the process would not survive.
     */
    private static void fill(FileChannel channel) throws IOException {
        long size = channel.size();
        ByteBuffer zeros = ByteBuffer.allocate((int) Math.max(0, SIZE - size));
        while (zeros.hasRemaining()) {
            channel.write(zeros, size + zeros.position());
        }
        if (size > SIZE) {
            channel.truncate(SIZE);
        }
    }

    /** Held until the channel is closed or the process dies. */
    private static boolean lock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException ofThisProcess) {
            return false;
        }
    }

    private void clear() {
        for (int end = 0; end < Ends.HELD; end++) {
            put(NOW, end, false);
            put(BEFORE, end, false);
        }
        writeNames(new byte[0]);
        bytes.putLong(0, MARK);
    }

    /**
     * What a killed program left, and those before it as far as it is still owed. It stays written down until {@link
     * #connected} is told that nobody is owed anything. Call before anything is written.
     */
    LeftOver leftOver() {
        for (int end = 0; end < Ends.HELD; end++) {
            if (is(NOW, end)) {
                put(BEFORE, end, true);
            }
            put(NOW, end, false);
        }
        List<String> lines = readNames().lines().toList();
        String by = named(BACKEND, lines).stream().findFirst().orElse("");
        return new LeftOver(by, messages(BEFORE), named(SOURCE, lines), named(RECEIVER, lines));
    }

    private static List<String> named(String kind, List<String> lines) {
        return lines.stream()
                .filter(line -> line.startsWith(kind + '\t'))
                .map(line -> line.substring(kind.length() + 1))
                .toList();
    }

    /** What is held now, as the messages that end it: controllers first. */
    List<Integer> held() {
        return messages(NOW);
    }

    private List<Integer> messages(int table) {
        List<Integer> messages = new ArrayList<>();
        for (int i = 0; i < Ends.HELD; i++) {
            int end = (Ends.KEYS + i) % Ends.HELD;
            if (is(table, end)) {
                messages.add(Ends.message(end));
            }
        }
        return messages;
    }

    /**
     * Writes down who is connected. A cold thread.
     *
     * @param receivers of what is sent now
     * @param owed who may hold what they were not told to end
     */
    void connected(Collection<String> sources, Collection<String> receivers, Collection<String> owed) {
        StringBuilder text = new StringBuilder();
        line(text, BACKEND, backend);
        sources.forEach(name -> line(text, SOURCE, name));
        receivers.forEach(name -> line(text, RECEIVER, name));
        owed.forEach(name -> line(text, RECEIVER, name));
        byte[] now = text.toString().getBytes(StandardCharsets.UTF_8);
        if (broken) {
            return;
        }
        try {
            if (!Arrays.equals(now, names)) {
                writeNames(now);
            }
            if (owed.isEmpty()) {
                for (int end = 0; end < Ends.HELD; end++) {
                    put(BEFORE, end, false);
                }
            }
        } catch (InternalError cutShort) {
            broken = true;
        }
    }

    /**
     * Closes it, and never fails. A cold thread. Where nothing is left to be ended the names go: only after a crash is the next
     * program connected to whom this one was connected by hand.
     *
     * @param owed messages that end what receivers may hold that cannot be reached now: left for the next start
     */
    void close(int[] owed) {
        try {
            for (int message : owed) {
                put(BEFORE, Ends.of(message), true);
            }
            if (!broken && messages(BEFORE).isEmpty() && held().isEmpty()) {
                writeNames(new byte[0]);
            }
            close();
        } catch (IOException | InternalError failure) {
            LOG.debug("{}: {}", path, failure.getMessage());
        }
    }

    private static void line(StringBuilder text, String kind, String name) {
        if (text.length() + name.length() < NAMES_BYTES / 4) {
            text.append(kind).append('\t').append(name.replace('\n', ' ')).append('\n');
        }
    }

    private void writeNames(byte[] text) {
        names = text;
        bytes.putInt(NAMES, 0);
        bytes.put(NAMES_TEXT, text);
        bytes.putLong(NAMES + Integer.BYTES, checksum(text));
        bytes.putInt(NAMES, text.length);
    }

    private String readNames() {
        int length = bytes.getInt(NAMES);
        if (length < 0 || length > SIZE - NAMES_TEXT) {
            return "";
        }
        byte[] text = new byte[length];
        bytes.get(NAMES_TEXT, text);
        return checksum(text) == bytes.getLong(NAMES + Integer.BYTES) ? new String(text, StandardCharsets.UTF_8) : "";
    }

    private static long checksum(byte[] text) {
        CRC32 sum = new CRC32();
        sum.update(text);
        return sum.getValue();
    }

    /** Makes the file whole again if somebody has cut it short. A cold thread, now and then. */
    void repair() {
        try {
            if (channel == null || !channel.isOpen() || (channel.size() >= SIZE && !broken)) {
                return;
            }
            broken = true;
            fill(channel);
            clear();
            for (int end = 0; end < Ends.HELD; end++) {
                put(NOW, end, held[end]);
            }
            broken = false;
            LOG.warn("{}: was cut short by another program; written anew.", path);
        } catch (IOException | InternalError failure) {
            LOG.debug("{}: {}", path, failure.getMessage());
        }
    }

    @Override
    public void close() throws IOException {
        if (channel != null) {
            channel.close();
        }
    }

    @Override
    @HotPath
    public void began(int midiChannel, int pitch) {
        try {
            write(midiChannel * Message.PITCHES + pitch, true);
        } catch (InternalError cutShort) {
            broken = true;
        }
    }

    @Override
    @HotPath
    public void ended(int midiChannel, int pitch) {
        try {
            write(midiChannel * Message.PITCHES + pitch, false);
        } catch (InternalError cutShort) {
            broken = true;
        }
    }

    @Override
    @HotPath
    public void moved(int lasting, int midiChannel, boolean away) {
        try {
            write(Ends.of(lasting, midiChannel), away);
        } catch (InternalError cutShort) {
            broken = true;
        }
    }

    @HotPath
    private void write(int end, boolean is) {
        held[end] = is;
        if (!broken) {
            try {
                putNow(end, is);
            } catch (InternalError cutShort) {
                // What a write to a mapped page that is no more comes to.
                broken = true;
            }
        }
    }

    /**
     * In a method of its own, because the virtual machine may throw that error only when the one that wrote has returned,
     * or even the one that called it: so it is caught
     * twice, and where that does not do, the loop of the thread catches it. {@link #repair} makes the file whole all the same.
     */
    private void putNow(int end, boolean is) {
        put(NOW, end, is);
    }

    private boolean is(int table, int end) {
        byte value = bytes.get(table + 2 * end);
        return value != 0 || bytes.get(table + 2 * end + 1) != check(end, 0);
    }

    private void put(int table, int end, boolean is) {
        int value = is ? 1 : 0;
        bytes.put(table + 2 * end, (byte) value);
        bytes.put(table + 2 * end + 1, check(end, value));
    }

    private static byte check(int end, int value) {
        return (byte) (0xA5 ^ end ^ end >>> 8 ^ value << 7);
    }
}
