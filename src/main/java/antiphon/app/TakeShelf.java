package antiphon.app;

import antiphon.dashboard.TakeException;
import antiphon.dashboard.Takes;
import antiphon.live.Journal;
import antiphon.live.JournalException;
import antiphon.live.Take;
import antiphon.midi.MidiException;
import antiphon.midi.file.MidiFileWriter;
import antiphon.music.Note;
import antiphon.music.Performance;
import antiphon.music.Voice;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The takes in a folder, for the page. Ids are drawn, so that no page of another site can guess one, and are looked up among
 * the files that are there: nothing that a client says becomes a path. Cold threads, any number.
 */
final class TakeShelf implements Takes {
    private static final int MAX_LISTED = 200;
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double NANOS_PER_MILLI = 1e6;
    private static final long MAX_SOUND_NANOS = TimeUnit.MINUTES.toNanos(30);
    private static final int ID_BYTES = 12;

    private final Path folder;
    private final Supplier<@Nullable Journal> journal;
    private final SecureRandom random = new SecureRandom();

    /** By the files' names. */
    private final Map<Path, String> ids = new ConcurrentHashMap<>();

    /** What files say that have not changed since. */
    private final Map<Path, Seen> seen = new ConcurrentHashMap<>();

    private final ReentrantLock rendering = new ReentrantLock();

    private record Seen(Object state, Entry entry) {}

    /** @param journal of the session, which may be a take in the folder that is not whole yet */
    TakeShelf(Path folder, Supplier<@Nullable Journal> journal) {
        this.folder = folder;
        this.journal = journal;
    }

    @Override
    public List<Entry> list() {
        List<Path> journals = Take.in(folder).reversed();
        return journals.stream().limit(MAX_LISTED).map(this::entry).toList();
    }

    private Entry entry(Path file) {
        Seen known = seen.get(file);
        Object state = state(file);
        if (known != null && known.state.equals(state)) {
            return known.entry;
        }
        Entry entry = isOurs(file) ? recording(file) : read(file);
        seen.put(file, new Seen(state, entry));
        return entry;
    }

    /** Differs when the file has changed, or its recording has ended. */
    private Object state(Path file) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return List.of(attributes.size(), attributes.lastModifiedTime(), isOurs(file));
        } catch (IOException gone) {
            return List.of();
        }
    }

    /** To look at it would give up the lock on it, see {@link Take#isBeingWritten}. */
    private boolean isOurs(Path file) {
        Journal writing = journal.get();
        Path ours = writing == null ? null : writing.file();
        try {
            return ours != null && Files.isSameFile(file, ours);
        } catch (IOException gone) {
            return false;
        }
    }

    private Entry recording(Path file) {
        return new Entry(id(file), name(file), "now", 0, 0, 0, true, "");
    }

    private Entry read(Path file) {
        try {
            return entry(Take.read(file));
        } catch (JournalException damaged) {
            return new Entry(id(file), name(file), "", 0, 0, 0, false, String.valueOf(damaged.getMessage()));
        }
    }

    private Entry entry(Take take) {
        return new Entry(
                id(take.file()),
                name(take.file()),
                take.created(),
                take.endNanos() / NANOS_PER_SECOND,
                take.human().noteOns(),
                take.answer().noteOns(),
                false,
                "");
    }

    private static String name(Path file) {
        String name = file.getFileName().toString();
        return name.substring(0, name.length() - Take.SUFFIX.length());
    }

    private String id(Path file) {
        return ids.computeIfAbsent(file.getFileName(), name -> {
            byte[] drawn = new byte[ID_BYTES];
            random.nextBytes(drawn);
            return HexFormat.of().formatHex(drawn);
        });
    }

    private Optional<Path> find(String id) {
        return Take.in(folder).stream().filter(file -> id(file).equals(id)).findFirst();
    }

    /** A take that is whole; empty if there is none. */
    private Optional<Take> take(String id) {
        return find(id).map(file -> {
            if (isOurs(file)) {
                throw new TakeException(
                        "it is still being recorded; Keep saves the last minutes as a take of its own.");
            }
            try {
                return Take.read(file);
            } catch (JournalException damaged) {
                throw new TakeException(String.valueOf(damaged.getMessage()));
            }
        });
    }

    @Override
    public Entry keep() {
        return entry(keepTake());
    }

    /**
     * Keeps the last minutes, with the MIDI file.
     *
     * @throws TakeException if that cannot be done
     */
    Take keepTake() {
        Path file = Installation.newTake(folder);
        Take take;
        try {
            take = kept(file);
            if (take.human().noteOns() + take.answer().noteOns() == 0) {
                Installation.discard(file);
                throw new TakeException("nothing was played in the last ten minutes.");
            }
            take.writeMidi(Take.midiFile(file));
        } catch (IOException | MidiException failure) {
            Installation.discard(file);
            throw new TakeException(file + ": cannot be written (" + failure.getMessage() + "). Set record.dir.");
        }
        return take;
    }

    private Take kept(Path file) throws IOException {
        Journal ours = journal.get();
        if (ours == null) {
            throw new TakeException("nothing is being recorded, not even in memory.");
        }
        ours.keep(file);
        return Take.read(file);
    }

    @Override
    public Optional<Music> music(String id) {
        return take(id).map(take -> {
            Performance dialogue = MusicOutput.dialogue(take.tracks(), take.timeline());
            List<Takes.Played> notes = new ArrayList<>();
            for (Note note : dialogue.notes()) {
                notes.add(new Takes.Played(
                        note.voice() == Voice.HUMAN,
                        millis(note.onsetNanos()),
                        millis(note.durationNanos()),
                        note.pitch(),
                        note.velocity()));
            }
            return new Music(
                    notes,
                    take.beats(take.endNanos()).stream().map(TakeShelf::millis).toList());
        });
    }

    private static double millis(long nanos) {
        return Math.round(nanos / (NANOS_PER_MILLI / 10)) / 10.0;
    }

    @Override
    public Optional<Takes.Download> midi(String id) {
        return take(id).map(take -> midi(name(take.file()), take.tracks(), take));
    }

    private static Takes.Download midi(String name, List<MidiFileWriter.Track> tracks, Take take) {
        byte[] bytes = MidiFileWriter.toBytes(tracks, take.timeline());
        return new Takes.Download(fileName(name, ".mid"), bytes.length, new ByteArrayInputStream(bytes));
    }

    @Override
    public Optional<Takes.Download> lastAnswer() {
        try {
            Path file = Files.createTempFile("antiphon-answer", Take.SUFFIX);
            try {
                Take last = kept(file).lastAnswer();
                return last.answer().noteOns() == 0
                        ? Optional.empty()
                        : Optional.of(midi("answer", answerTrack(last), last));
            } finally {
                Installation.discard(file);
            }
        } catch (IOException | JournalException failure) {
            throw new TakeException("the answer cannot be read (" + failure.getMessage() + ").");
        }
    }

    private static List<MidiFileWriter.Track> answerTrack(Take take) {
        return List.of(new MidiFileWriter.Track("answer", take.answer()));
    }

    /** As a browser is to call it. */
    private static String fileName(String name, String ending) {
        return "antiphon-" + name.replaceAll("[^A-Za-z0-9._-]", "_").toLowerCase(Locale.ROOT) + ending;
    }

    @Override
    public Optional<Download> wav(String id) throws IOException {
        Optional<Take> take = take(id);
        if (take.isEmpty()) {
            return Optional.empty();
        }
        if (take.get().endNanos() > MAX_SOUND_NANOS) {
            throw new TakeException("longer than 30 minutes; allowed in the page: up to that. Elsewhere: antiphon takes"
                    + " export N -o take.wav");
        }
        if (!rendering.tryLock()) {
            throw new TakeException("the sound of a take is being made; one at a time. Try again when it is done.");
        }
        try {
            return Optional.of(renderedApart(take.get()));
        } finally {
            rendering.unlock();
        }
    }

    /** On a thread of its own, which yields to all others: requests share a few, and the page must go on meanwhile. */
    private static Download renderedApart(Take take) throws IOException {
        FutureTask<Download> rendered = new FutureTask<>(() -> rendered(take));
        Thread.ofPlatform()
                .daemon()
                .name("antiphon-sound")
                .priority(Thread.MIN_PRIORITY)
                .start(rendered);
        try {
            return rendered.get();
        } catch (ExecutionException failure) {
            if (failure.getCause() instanceof TakeException told) {
                throw told;
            }
            throw new IOException(failure.getCause());
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new TakeException("the program ends.");
        }
    }

    /** The file goes when it has been read. */
    private static Download rendered(Take take) throws IOException {
        Path file = Files.createTempFile("antiphon-sound", ".wav");
        try {
            new MusicOutput(file).write(take.tracks(), take.timeline());
            long bytes = Files.size(file);
            InputStream content = Files.newInputStream(file, StandardOpenOption.DELETE_ON_CLOSE);
            return new Takes.Download(fileName(name(take.file()), ".wav"), bytes, content);
        } catch (MidiException failure) {
            Installation.discard(file);
            throw new TakeException(String.valueOf(failure.getMessage()));
        }
    }

    @Override
    public boolean delete(String id) {
        Optional<Path> found = find(id);
        if (found.isEmpty()) {
            return false;
        }
        Path file = found.get();
        if (isOurs(file) || Take.isBeingWritten(file)) {
            throw new TakeException("it is still being recorded; delete it when the session has ended.");
        }
        try {
            Files.deleteIfExists(Take.midiFile(file));
            Files.deleteIfExists(file);
        } catch (IOException failure) {
            throw new TakeException("it cannot be deleted (" + failure + ").");
        }
        seen.remove(file);
        return true;
    }
}
