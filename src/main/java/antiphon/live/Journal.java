package antiphon.live;

import antiphon.model.RememberedNotes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes down what went into the ring, when the engine decided, and what it sent, so that a session can be kept and
 * played again. Keeps the last minutes in memory, and writes everything to a file if there is one. A reader of the
 * {@link Tap} on a cold thread of its own: it may fall behind, and then says so in the journal.
 */
public final class Journal {
    private static final Logger LOG = LoggerFactory.getLogger(Journal.class);

    /**
     * If the program crashes, what happened in this time is lost; if the machine crashes, what happened in a second.
     */
    private static final long PERIOD_MILLIS = 100;

    private static final int PERIODS_PER_FORCE = 10;

    /** Without a file nothing can be lost, and the tap holds more than this: each look costs time while nobody plays. */
    private static final long PERIOD_WITHOUT_FILE_MILLIS = 1_000;

    private static final int CHUNK_BYTES = 2_048 * JournalFormat.RECORD_BYTES;
    private static final long KEPT_NANOS = TimeUnit.MINUTES.toNanos(10);

    private final Supplier<JournalHeader> headerMaker;
    private @Nullable JournalHeader header;
    private final Tap.Reader reader;
    private final Tap.Handler handler = this::take;
    private final Thread thread = new Thread(this::run, "antiphon-journal");

    /** Held while the tap is read: by our own thread, and by whoever asks for what was kept. */
    private final ReentrantLock reading = new ReentrantLock();

    private final Deque<Chunk> kept = new ArrayDeque<>();
    private boolean forgotten;
    private @Nullable RememberedNotes memory;

    /** Nothing comes after its last record. */
    private boolean ended;

    private long missed;

    /** Ends the thread. Interrupting it would close the file in the middle of a write. */
    private final CountDownLatch stopped = new CountDownLatch(1);

    private final @Nullable Path file;
    private volatile @Nullable FileChannel channel;

    /** A stretch of the records. All chunks but the last are full. */
    private static final class Chunk {
        final ByteBuffer bytes;
        int written;
        long lastNanos;

        Chunk(int capacity) {
            bytes = ByteBuffer.allocate(capacity);
        }
    }

    /**
     * Opens a journal; it begins with what the tap tells from now on.
     *
     * @param header asked for once, on our own thread
     * @param file a new or empty file that everything is written to, or null for none
     */
    Journal(Tap tap, Supplier<JournalHeader> header, @Nullable Path file) {
        this.headerMaker = header;
        this.file = file;
        reader = tap.newReader();
        channel = file == null ? null : open(file);
        thread.setDaemon(true);
    }

    /**
     * If the file cannot be made, that is logged and null returned: music goes on without a journal. The lock on the
     * file tells other programs that this one still writes it.
     */
    private static @Nullable FileChannel open(Path file) {
        try {
            Path folder = file.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            FileChannel channel = openEmpty(file);
            channel.tryLock();
            return channel;
        } catch (IOException failure) {
            LOG.warn(
                    "{}: cannot be written ({}). The session is not recorded. Choose another folder for --record.",
                    file,
                    failure.toString());
            return null;
        }
    }

    /** What somebody has written is never replaced. */
    private static FileChannel openEmpty(Path file) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (channel.size() > 0) {
            channel.close();
            throw new FileAlreadyExistsException(file.toString());
        }
        return channel;
    }

    /** The session begins with what was remembered of earlier ones. Before {@link #start}. */
    Journal beginsWith(@Nullable RememberedNotes remembered) {
        memory = remembered;
        return this;
    }

    void start() {
        thread.start();
    }

    /** Takes what is left, writes it, and closes the file. The file is then a {@link Take}. */
    void stop() {
        stopped.countDown();
        try {
            thread.join(TimeUnit.SECONDS.toMillis(2));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** The file that everything is written to, or null if there is none or it could not be made. */
    public @Nullable Path file() {
        // Without the lock: whoever stops the program must not wait for a disk.
        return channel == null ? null : file;
    }

    /**
     * Writes down which network takes over next, and the number by which the engine will name it then. Any cold thread;
     * call before the network is handed over.
     */
    void successor(JournalHeader.Network network, int number, long nanos) {
        reading.lock();
        try {
            // What happened before must stand before it.
            drain();
            byte[] text = JournalFormat.text(network.json(), number);
            Chunk chunk = new Chunk(text.length);
            chunk.bytes.put(text);
            chunk.lastNanos = nanos;
            kept.add(chunk);
        } finally {
            reading.unlock();
        }
    }

    /**
     * Writes the last minutes, or the whole session if it is younger, to a new or empty file.
     *
     * @throws IOException if that cannot be written
     */
    public void keep(Path target) throws IOException {
        reading.lock();
        try {
            drain();
            JournalHeader honest = forgotten || missed > 0 ? header().incomplete() : header();
            try (FileChannel out = openEmpty(target)) {
                writeFully(out, ByteBuffer.wrap(JournalFormat.header(honest, memory)));
                for (Chunk chunk : kept) {
                    writeFully(out, chunk.bytes.duplicate().flip());
                }
                if (!ended) {
                    ByteBuffer end = ByteBuffer.allocate(JournalFormat.RECORD_BYTES);
                    JournalFormat.put(end, JournalFormat.END, 0, 0, newestNanos(), 0);
                    writeFully(out, end.flip());
                }
            }
        } finally {
            reading.unlock();
        }
    }

    private JournalHeader header() {
        JournalHeader made = header;
        if (made == null) {
            made = headerMaker.get();
            header = made;
        }
        return made;
    }

    private void run() {
        begin();
        boolean goesOn = true;
        for (int period = 1; goesOn; period++) {
            try {
                goesOn = !stopped.await(periodMillis(), TimeUnit.MILLISECONDS);
            } catch (InterruptedException interrupted) {
                goesOn = false;
            }
            flush(period % PERIODS_PER_FORCE == 0, !goesOn);
        }
        close();
    }

    private long periodMillis() {
        return channel == null ? PERIOD_WITHOUT_FILE_MILLIS : PERIOD_MILLIS;
    }

    private void begin() {
        reading.lock();
        try {
            // Made now in any case: later another file may lie where the network came from.
            JournalHeader ours = header();
            FileChannel out = channel;
            if (out != null) {
                writeFully(out, ByteBuffer.wrap(JournalFormat.header(ours, memory)));
            }
        } catch (IOException failure) {
            giveUp(failure);
        } catch (RuntimeException failure) {
            // The network's file may be gone; what is kept in memory can be asked for later.
            giveUpBeforeAll(failure);
        } finally {
            reading.unlock();
        }
    }

    private void flush(boolean force, boolean last) {
        reading.lock();
        try {
            drain();
            if (last) {
                put(JournalFormat.END, 0, 0, newestNanos(), 0);
                ended = true;
            }
            FileChannel out = channel;
            if (out != null) {
                write(out, force || last);
            }
        } finally {
            reading.unlock();
        }
    }

    private void drain() {
        while (reader.read(handler)) {
            // The handler has taken it.
        }
        if (reader.missed() > missed) {
            missed = reader.missed();
            put(JournalFormat.GAP, 0, 0, newestNanos(), missed);
        }
        long newest = newestNanos();
        while (kept.size() > 1 && newest - kept.getFirst().lastNanos > KEPT_NANOS && isWritten(kept.getFirst())) {
            kept.removeFirst();
            forgotten = true;
        }
    }

    private long newestNanos() {
        Chunk last = kept.peekLast();
        return last == null ? 0 : last.lastNanos;
    }

    private boolean isWritten(Chunk chunk) {
        return channel == null || chunk.written == chunk.bytes.position();
    }

    private void take(Tap.Entry entry) {
        int what = entry.what();
        if (what != Tap.PLAN
                && what != Tap.PLANNED
                && what != Tap.STATE
                && what != Tap.CANDIDATE
                && what != Tap.MOTIF
                && what != Tap.COMMANDED) {
            put(what, entry.input(), entry.message(), entry.nanos(), entry.value());
        }
    }

    private void put(int what, int input, int message, long nanos, long value) {
        Chunk last = kept.peekLast();
        if (last == null || last.bytes.remaining() < JournalFormat.RECORD_BYTES) {
            last = new Chunk(CHUNK_BYTES);
            kept.add(last);
        }
        JournalFormat.put(last.bytes, what, input, message, nanos, value);
        last.lastNanos = nanos;
    }

    /** When the disk is full, one line says so and nothing more is written; music goes on. */
    private void write(FileChannel out, boolean force) {
        try {
            for (Chunk chunk : kept) {
                ByteBuffer unwritten = chunk.bytes.duplicate().flip().position(chunk.written);
                writeFully(out, unwritten);
                chunk.written = unwritten.position();
            }
            if (force) {
                out.force(false);
            }
        } catch (IOException failure) {
            giveUp(failure);
        }
    }

    private void giveUp(IOException failure) {
        LOG.warn(
                "{}: cannot be written any more ({}). The music goes on; what was recorded so far stays.",
                file,
                failure.getMessage());
        close();
        channel = null;
    }

    /** Without a header a journal is none: its file goes. */
    private void giveUpBeforeAll(RuntimeException failure) {
        Path empty = file;
        if (channel != null && empty != null) {
            LOG.warn(
                    "{}: not written, because the network that it must name cannot be read ({}). Music goes on.",
                    empty,
                    failure.toString());
            close();
            channel = null;
            try {
                Files.deleteIfExists(empty);
            } catch (IOException stays) {
                LOG.debug("journal: {}", stays.getMessage());
            }
        }
    }

    private static void writeFully(FileChannel out, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            out.write(bytes);
        }
    }

    private void close() {
        FileChannel out = channel;
        if (out != null) {
            closeQuietly(out);
        }
    }

    private static void closeQuietly(FileChannel out) {
        try {
            out.close();
        } catch (IOException failure) {
            LOG.debug("journal: {}", failure.getMessage());
        }
    }
}
