package antiphon.live;

import antiphon.HotPath;
import antiphon.music.Message;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys that sound and the {@link antiphon.music.Lasting} controllers that are away from rest now, and who was told
 * of them, in a memory-mapped file. The operating system keeps it when the program is killed, so that the next start can
 * end what the last one left hanging, at those who heard it. Written by the ledger's thread, without allocating; cold
 * ones open and close the file, name the receivers and {@linkplain #repair repair} it.
 *
 * <p>The file: a mark; for each output and each number of {@link Ends} a byte, 1 if it is held there, and a check of it;
 * the same once more for what earlier programs left at any output and not every receiver has been told yet; the names of
 * the connected ports. An entry whose check is wrong counts as held, and a receiver is told what was held at any output: an
 * end too many does no harm.
 *
 * <p>Best kept in a folder that is in memory ({@code /run/user/…}): there a write never waits for a disk.
 */
final class HeldNotesFile implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HeldNotesFile.class);

    /** "Anti" and the format's number. */
    private static final long MARK = 0x416E_7469_0000_0004L;

    private static final int NOW = Long.BYTES;
    private static final int TABLE_BYTES = 2 * Ends.HELD;
    private static final int BEFORE = NOW + Wiring.MAX_OUTPUTS * TABLE_BYTES;
    private static final int NAMES = BEFORE + TABLE_BYTES;
    private static final int SIZE = NAMES + NamesInFile.BYTES;

    private final Path path;
    private final @Nullable FileChannel channel;
    private final ByteBuffer bytes;

    private final NamesInFile names;

    /** What {@link #bytes} should hold of what is held now, by output. */
    private final boolean[][] held = new boolean[Wiring.MAX_OUTPUTS][Ends.HELD];

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
     * @param outputs by output, those that may hold what these messages end
     */
    record LeftOver(String backend, List<Integer> messages, List<String> sources, List<List<String>> outputs) {
        /** Of all outputs, each once. */
        List<String> receivers() {
            return outputs.stream().flatMap(List::stream).distinct().toList();
        }
    }

    private HeldNotesFile(Path path, @Nullable FileChannel channel, ByteBuffer bytes) {
        this.path = path;
        this.channel = channel;
        this.bytes = bytes;
        names = new NamesInFile(bytes, NAMES);
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
            for (int output = 0; output < Wiring.MAX_OUTPUTS; output++) {
                put(now(output), end, false);
            }
            put(BEFORE, end, false);
        }
        names.clear();
        bytes.putLong(0, MARK);
    }

    /** Where the table of what is held at an output begins. */
    private static int now(int output) {
        return NOW + output * TABLE_BYTES;
    }

    /**
     * What a killed program left, and those before it as far as it is still owed. It stays written down until {@link
     * #connected} is told that nobody is owed anything. Call before anything is written.
     */
    LeftOver leftOver() {
        for (int end = 0; end < Ends.HELD; end++) {
            for (int output = 0; output < Wiring.MAX_OUTPUTS; output++) {
                if (is(now(output), end)) {
                    put(BEFORE, end, true);
                }
                put(now(output), end, false);
            }
        }
        return new LeftOver(names.backend(), messages(BEFORE), names.sources(), names.receivers());
    }

    /** What is held at an output now, as the messages that end it: controllers first. */
    List<Integer> held(int output) {
        return messages(now(output));
    }

    private boolean isSilent() {
        return messages(BEFORE).isEmpty()
                && IntStream.range(0, Wiring.MAX_OUTPUTS)
                        .allMatch(output -> held(output).isEmpty());
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
     * @param receivers by output, who is sent to now and who may hold what they were not told to end
     * @param owes there are such
     */
    void connected(Collection<String> sources, List<? extends Collection<String>> receivers, boolean owes) {
        if (broken) {
            return;
        }
        try {
            names.write(backend, sources, receivers);
            if (!owes) {
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
            if (!broken && isSilent()) {
                names.clear();
            }
            close();
        } catch (IOException | InternalError failure) {
            LOG.debug("{}: {}", path, failure.getMessage());
        }
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
            for (int output = 0; output < Wiring.MAX_OUTPUTS; output++) {
                for (int end = 0; end < Ends.HELD; end++) {
                    put(now(output), end, held[output][end]);
                }
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

    /** Where what sounds at an output is written down. */
    HeldNotes of(int output) {
        return new At(output);
    }

    /** One output's part of the file. */
    private final class At implements HeldNotes {
        private final int output;

        At(int output) {
            this.output = output;
        }

        @Override
        @HotPath
        public void began(int midiChannel, int pitch) {
            write(midiChannel * Message.PITCHES + pitch, true);
        }

        @Override
        @HotPath
        public void ended(int midiChannel, int pitch) {
            write(midiChannel * Message.PITCHES + pitch, false);
        }

        @Override
        @HotPath
        public void moved(int lasting, int midiChannel, boolean away) {
            write(Ends.of(lasting, midiChannel), away);
        }

        @HotPath
        private void write(int end, boolean is) {
            try {
                writeOr(end, is);
            } catch (InternalError cutShort) {
                broken = true;
            }
        }

        @HotPath
        private void writeOr(int end, boolean is) {
            held[output][end] = is;
            if (!broken) {
                try {
                    putNow(output, end, is);
                } catch (InternalError cutShort) {
                    // What a write to a mapped page that is no more comes to.
                    broken = true;
                }
            }
        }
    }

    /**
     * In a method of its own, because the virtual machine may throw that error only when the one that wrote has returned,
     * or even the one that called it: so it is caught
     * twice, and where that does not do, the loop of the thread catches it. {@link #repair} makes the file whole all the same.
     */
    private void putNow(int output, int end, boolean is) {
        put(now(output), end, is);
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
