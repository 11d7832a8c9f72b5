package antiphon.app;

import antiphon.dashboard.LessonException;
import antiphon.dashboard.LessonException.Kind;
import antiphon.dashboard.Lessons;
import antiphon.file.Reason;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The lessons in a folder, for the page. Ids are drawn, and looked up among the folders that are there: nothing that a client
 * says becomes a path. One process at a time checks or learns; what it says is read by a thread that yields to all others.
 * Cold threads, any number.
 */
final class LessonShelf implements Lessons, AutoCloseable {
    private static final int ID_BYTES = 12;

    /** A network, its checkpoint, which is three times as large, both once more while they are written; and some to spare. */
    private static final int MODELS_NEEDED = 8;

    private static final long SPARE_BYTES = 64L << 20;
    private static final int MAX_CHECK_MINUTES = 5;

    /** More than reading the files and judging take, on top of the minutes that were given. */
    private static final int MAX_EXTRA_MINUTES = 30;

    /** A training that is told to end finishes the update that it is at. */
    private static final int MAX_END_SECONDS = 15;

    private final Path folder;
    private final Teacher teacher;
    private final Room room;
    private final SecureRandom random = new SecureRandom();
    private final ReentrantLock lock = new ReentrantLock();

    /** By id. */
    private final Map<String, LessonFolder> known = new TreeMap<>();

    private @Nullable Process working;

    /** Of the lesson that it works on. */
    private String workedOn = "";

    private boolean stopped;
    private boolean closed;

    LessonShelf(Path folder, Teacher teacher) {
        this(folder, teacher, within -> Files.getFileStore(within).getUsableSpace());
    }

    /** @param room bytes that there is room for */
    LessonShelf(Path folder, Teacher teacher, Room room) {
        this.folder = folder;
        this.teacher = teacher;
        this.room = room;
    }

    /** How many bytes there is room for in a folder. */
    interface Room {
        long bytes(Path within) throws IOException;
    }

    /** What is done with the shelf while nobody else does anything. */
    private interface Work<T> {
        T with(LessonFolder lesson) throws IOException;
    }

    /** The same with the whole shelf. */
    private interface Step<T> {
        T done() throws IOException;
    }

    /** Does something while nobody else does anything. */
    private <T> T alone(Step<T> step) {
        lock.lock();
        try {
            return step.done();
        } catch (IOException failure) {
            throw new LessonException(
                    Kind.NO_ROOM, "the lesson cannot be written (" + Reason.of(failure) + "). Is the disk full?");
        } finally {
            lock.unlock();
        }
    }

    /** Does something with a lesson; empty if there is none. */
    private <T> Optional<T> with(String id, Work<T> work) {
        return alone(() -> {
            look();
            LessonFolder found = known.get(id);
            return found == null ? Optional.empty() : Optional.of(work.with(found));
        });
    }

    /** Another program of this user's may have made or deleted some. */
    private void look() throws IOException {
        if (!Files.isDirectory(folder)) {
            known.clear();
            return;
        }
        List<String> there = new ArrayList<>();
        try (Stream<Path> all = Files.list(folder)) {
            for (Path each : all.filter(LessonFolder::isOne).toList()) {
                String id = String.valueOf(each.getFileName());
                there.add(id);
                known.computeIfAbsent(id, fresh -> LessonFolder.read(each));
            }
        }
        known.keySet().retainAll(there);
        known.replaceAll((id, lesson) -> lesson.isElsewhere() ? LessonFolder.read(folder.resolve(id)) : lesson);
    }

    @Override
    public List<Lesson> list() {
        return alone(() -> {
            look();
            return known.values().stream()
                    .map(LessonFolder::lesson)
                    .sorted(Comparator.comparing(Lesson::created)
                            .thenComparing(Lesson::id)
                            .reversed())
                    .toList();
        });
    }

    @Override
    public Optional<Lesson> lesson(String id) {
        return with(id, LessonFolder::lesson);
    }

    @Override
    public Optional<List<Item>> files(String id) {
        return with(id, LessonFolder::items);
    }

    @Override
    public Lesson begin() {
        return alone(() -> {
            Files.createDirectories(folder);
            requireRoom(SPARE_BYTES);
            look();
            if (known.size() >= MAX_LESSONS) {
                throw new LessonException(
                        Kind.CONFLICT,
                        "there are " + MAX_LESSONS + " lessons, which are all that are kept. Delete one.");
            }
            byte[] drawn = new byte[ID_BYTES];
            random.nextBytes(drawn);
            String id = HexFormat.of().formatHex(drawn);
            LessonFolder made = LessonFolder.create(folder.resolve(id), Installation.now());
            known.put(id, made);
            return made.lesson();
        });
    }

    @Override
    public Optional<Lesson> add(String id, String name, long bytes, InputStream content) throws IOException {
        String ending = LessonFolder.ending(name);
        if (ending.isEmpty()) {
            throw new LessonException(Kind.UNFIT, "no music file by its name; allowed: .mid, .midi, .kar, .rmi, .zip.");
        }
        if (bytes < 1 || bytes > LessonFolder.maxBytes(ending)) {
            throw new LessonException(
                    bytes < 1 ? Kind.UNFIT : Kind.TOO_LARGE,
                    bytes < 1
                            ? "it is empty."
                            : "larger than " + (LessonFolder.maxBytes(ending) >> 20) + " MiB, which is the most"
                                    + (ending.equals(".zip") ? ". Send its folder." : " for one piece."));
        }
        Optional<LessonFolder> lesson = with(id, found -> {
            requireTaking(found, bytes);
            return found;
        });
        if (lesson.isEmpty()) {
            return Optional.empty();
        }
        // Without the lock: it can take long.
        Path part = lesson.get().receive(content, bytes);
        try {
            return with(id, found -> {
                requireTaking(found, bytes);
                found.take(part, name, ending, bytes);
                return found.lesson();
            });
        } finally {
            Installation.discard(part);
        }
    }

    private void requireTaking(LessonFolder lesson, long bytes) throws IOException {
        lesson.requireWhole();
        if (isWorkedOn(lesson) || lesson.lesson().state() == State.TAUGHT) {
            throw new LessonException(Kind.CONFLICT, "this lesson takes no more files. Begin another one.");
        }
        if (lesson.files() >= MAX_FILES) {
            throw new LessonException(Kind.TOO_LARGE, "more than " + MAX_FILES + " files. Pack them into a zip.");
        }
        if (lesson.bytes() + bytes > MAX_LESSON_BYTES) {
            throw new LessonException(
                    Kind.TOO_LARGE, "more than " + (MAX_LESSON_BYTES >> 20) + " MiB of files in one lesson.");
        }
        requireRoom(bytes + SPARE_BYTES);
    }

    private void requireRoom(long bytes) throws IOException {
        long there = room.bytes(folder);
        if (there < bytes) {
            throw new LessonException(
                    Kind.NO_ROOM,
                    "the disk is full: " + (bytes >> 20) + " MiB needed, " + (there >> 20)
                            + " MiB free. Free some room; nothing is lost.");
        }
    }

    private boolean isWorkedOn(LessonFolder lesson) {
        return lesson.isElsewhere()
                || (working != null && workedOn.equals(lesson.lesson().id()));
    }

    @Override
    public Optional<Lesson> check(String id, String from) {
        return with(id, lesson -> {
            requireFree(lesson);
            begin(lesson, Course.NONE, State.CHECKING, arguments(lesson, from, "--check"), MAX_CHECK_MINUTES);
            return lesson.lesson();
        });
    }

    @Override
    public Optional<Lesson> learn(String id, String from, int minutes) {
        return with(id, lesson -> {
            requireFree(lesson);
            Path start = Installation.home().resolve(from);
            requireRoom(MODELS_NEEDED * (Files.exists(start) ? Files.size(start) : 0) + SPARE_BYTES);
            Course course = new Course(minutes, from, "", 0, null, List.of(), null);
            List<String> arguments = arguments(lesson, from, "--minutes", Integer.toString(minutes));
            begin(lesson, course, State.LEARNING, arguments, minutes + MAX_EXTRA_MINUTES);
            return lesson.lesson();
        });
    }

    private static List<String> arguments(LessonFolder lesson, String from, String... further) {
        List<String> arguments = new ArrayList<>(List.of("--json", "--until-input-ends", "--workers", "1", "--force"));
        arguments.addAll(List.of("--from", Installation.home().resolve(from).toString()));
        arguments.addAll(List.of("-o", lesson.made().toString()));
        arguments.addAll(List.of(further));
        arguments.add(lesson.music().toString());
        return arguments;
    }

    private void requireFree(LessonFolder lesson) {
        lesson.requireWhole();
        if (closed) {
            throw new LessonException(Kind.CONFLICT, "the program ends.");
        }
        if (working != null || lesson.isElsewhere()) {
            throw new LessonException(
                    Kind.CONFLICT, "another lesson is at work; one at a time. Wait for its end, or stop it.");
        }
        if (lesson.lesson().state() == State.TAUGHT) {
            throw new LessonException(Kind.CONFLICT, "this lesson is done. Begin another one.");
        }
        if (lesson.files() == 0) {
            throw new LessonException(Kind.CONFLICT, "there is nothing to learn from. Add MIDI files.");
        }
    }

    private void begin(LessonFolder lesson, Course course, State state, List<String> arguments, int maxMinutes)
            throws IOException {
        lesson.removeMade();
        Process process = teacher.start(arguments, lesson.errors());
        CompletableFuture.delayedExecutor(maxMinutes, TimeUnit.MINUTES).execute(process::destroyForcibly);
        working = process;
        workedOn = lesson.lesson().id();
        stopped = false;
        lesson.change(state, "", course);
        Thread.ofPlatform()
                .daemon()
                .name("antiphon-lesson")
                .priority(Thread.MIN_PRIORITY)
                .start(() -> follow(process, lesson, new Learning(course, lesson::shown)));
    }

    /** Until the process ends. */
    private void follow(Process process, LessonFolder lesson, Learning learning) {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                learning.take(line);
                lock.lock();
                try {
                    lesson.follow(learning.course());
                } finally {
                    lock.unlock();
                }
            }
        } catch (IOException closedByEnd) {
            // It is told to end.
        }
        int status = process.onExit().join().exitValue();
        lock.lock();
        try {
            working = null;
            workedOn = "";
            if (!closed) {
                conclude(lesson, learning, status);
            }
        } finally {
            lock.unlock();
        }
    }

    private void conclude(LessonFolder lesson, Learning learning, int status) {
        boolean checked = lesson.lesson().state() == State.CHECKING;
        if (!stopped && !learning.items().isEmpty()) {
            lesson.known(learning.items(), learning.music());
        }
        if (stopped) {
            lesson.removeMade();
            lesson.change(State.ENDED, "stopped. The files are still there.", learning.course());
        } else if (checked && status == 0 && learning.isEnough()) {
            lesson.removeMade();
            lesson.change(State.READY, "", learning.course());
        } else if (learning.isJudged() && learning.hasHelped() && status == 0) {
            lesson.removeAllButMade();
            lesson.change(State.TAUGHT, "", learning.course());
        } else {
            String why = learning.whyNone(lesson.lastWords(), status);
            lesson.removeMade();
            lesson.change(State.ENDED, why, learning.course());
        }
    }

    @Override
    public Optional<Lesson> stop(String id) {
        return with(id, lesson -> {
            Process process = working;
            if (process == null || lesson.isElsewhere() || !isWorkedOn(lesson)) {
                throw new LessonException(Kind.CONFLICT, "nothing of this program works on this lesson.");
            }
            stopped = true;
            end(process);
            return lesson.lesson();
        });
    }

    private static void end(Process process) {
        process.destroy();
        CompletableFuture.delayedExecutor(MAX_END_SECONDS, TimeUnit.SECONDS).execute(process::destroyForcibly);
    }

    @Override
    public boolean delete(String id) {
        return with(id, lesson -> {
                    if (isWorkedOn(lesson)) {
                        throw new LessonException(Kind.CONFLICT, "it is at work. Stop it first.");
                    }
                    lesson.remove();
                    known.remove(id);
                    return true;
                })
                .orElse(false);
    }

    /** Ends the process that works, without waiting for it. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            if (working != null) {
                working.destroy();
            }
        } finally {
            lock.unlock();
        }
    }
}
