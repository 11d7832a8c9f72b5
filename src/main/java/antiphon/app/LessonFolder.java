package antiphon.app;

import antiphon.dashboard.LessonException;
import antiphon.dashboard.LessonException.Kind;
import antiphon.dashboard.Lessons;
import antiphon.dashboard.Lessons.Course;
import antiphon.dashboard.Lessons.Fate;
import antiphon.dashboard.Lessons.Item;
import antiphon.dashboard.Lessons.Lesson;
import antiphon.dashboard.Lessons.Music;
import antiphon.dashboard.Lessons.State;
import antiphon.file.AtomicFile;
import antiphon.file.Reason;
import antiphon.file.Trees;
import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One lesson on disk: {@code music/file-0001.mid} and so on, the network that was made of it, and {@code lesson.json}, which
 * knows what the files are called by people. No name of theirs becomes a path. Guarded by the shelf's lock, but for {@link
 * #receive}.
 */
final class LessonFolder {
    private static final String MADE = "model.safetensors";
    private static final String ABOUT = "lesson.json";
    private static final List<String> MUSIC = List.of(".mid", ".midi", ".kar", ".rmi");
    private static final String ARCHIVE = ".zip";

    /** A file as it is called here, alone or in a message. */
    private static final Pattern STORED = Pattern.compile("file-(\\d{4})(\\.(?:mid|midi|kar|rmi|zip))?");

    private static final Pattern ID = Pattern.compile("[0-9a-f]{24}");

    private static final JSON TEXT =
            JSON.std.with(JSON.Feature.WRITE_NULL_PROPERTIES).with(JSON.Feature.PRETTY_PRINT_OUTPUT);

    /** This process. */
    private static final String OURS = owner(ProcessHandle.current());

    private final Path folder;

    /** As they came, in the order of the numbers of the files here. */
    private final List<String> names = new ArrayList<>();

    private List<Item> items = new ArrayList<>();

    /** What was found out last. */
    private Music known = Music.of(List.of());

    private long bytes;
    private boolean elsewhere;
    private Lesson lesson;

    /**
     * What {@code lesson.json} holds.
     *
     * @param bytes of all its files
     * @param owner the process that wrote it
     */
    record Saved(Lesson lesson, List<String> names, List<Item> items, long bytes, String owner) {
        /** True if it can be used. */
        boolean isWhole() {
            return Stream.of(lesson, names, items, owner).noneMatch(Objects::isNull)
                    && Stream.of(lesson.state(), lesson.music(), lesson.course(), lesson.why(), lesson.file())
                            .noneMatch(Objects::isNull);
        }
    }

    private LessonFolder(Path folder, Lesson lesson) {
        this.folder = folder;
        this.lesson = lesson;
    }

    /** Makes one. */
    static LessonFolder create(Path folder, String created) throws IOException {
        Files.createDirectories(folder.resolve("music"));
        String id = String.valueOf(folder.getFileName());
        Lesson fresh = new Lesson(id, created, State.GATHERING, "", Music.of(List.of()), Course.NONE, "");
        LessonFolder made = new LessonFolder(folder, fresh);
        made.save();
        return made;
    }

    /** True if it has the name of one. */
    static boolean isOne(Path folder) {
        return Files.isDirectory(folder)
                && ID.matcher(String.valueOf(folder.getFileName())).matches();
    }

    /** Reads one; what a process worked on that is no more is ended, and so is what is damaged. */
    static LessonFolder read(Path folder) {
        try {
            Saved saved = TEXT.beanFrom(Saved.class, Files.readString(folder.resolve(ABOUT)));
            if (!saved.isWhole()) {
                throw new IOException("a part is missing");
            }
            LessonFolder found = new LessonFolder(folder, saved.lesson());
            found.names.addAll(saved.names());
            found.items = new ArrayList<>(saved.items());
            found.bytes = saved.bytes();
            found.known = saved.lesson().music();
            State state = found.lesson.state();
            boolean atWork = state == State.LEARNING || state == State.CHECKING;
            found.elsewhere = atWork && !saved.owner().equals(OURS) && isAlive(saved.owner());
            if (atWork && !found.elsewhere) {
                found.removeMade();
                found.change(State.ENDED, "the program ended before this was done. Begin again.");
            }
            return found;
        } catch (IOException damaged) {
            String id = String.valueOf(folder.getFileName());
            String why = "its folder is damaged. Delete it.";
            return new LessonFolder(
                    folder, new Lesson(id, "", State.DAMAGED, why, Music.of(List.of()), Course.NONE, ""));
        }
    }

    /** A process by its number and when it was started, for numbers are used again. */
    private static String owner(ProcessHandle process) {
        return process.pid() + " "
                + process.info().startInstant().map(Object::toString).orElse("");
    }

    private static boolean isAlive(String owner) {
        Matcher number = Pattern.compile("(\\d{1,10}) .*").matcher(owner);
        return number.matches()
                && ProcessHandle.of(Long.parseLong(number.group(1)))
                        .filter(process -> owner(process).equals(owner))
                        .isPresent();
    }

    /** @throws LessonException if it is damaged */
    void requireWhole() {
        if (lesson.state() == State.DAMAGED) {
            throw new LessonException(Kind.CONFLICT, lesson.why());
        }
    }

    /** True if another program that runs works on it: then it is to be read again, and nothing else. */
    boolean isElsewhere() {
        return elsewhere;
    }

    Lesson lesson() {
        return lesson;
    }

    List<Item> items() {
        return List.copyOf(items);
    }

    int files() {
        return names.size();
    }

    /** Of all its files. */
    long bytes() {
        return bytes;
    }

    Path music() {
        return folder.resolve("music");
    }

    /** The network that is being made. */
    Path made() {
        return folder.resolve(MADE);
    }

    /** What its process prints to stderr. */
    Path errors() {
        return folder.resolve("errors.txt");
    }

    /** The ending of a file that can hold music; empty if it is another. */
    static String ending(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return Stream.concat(MUSIC.stream(), Stream.of(ARCHIVE))
                .filter(lower::endsWith)
                .findFirst()
                .orElse("");
    }

    /** How large a file of this ending may be. */
    static long maxBytes(String ending) {
        return ending.equals(ARCHIVE) ? Lessons.MAX_ARCHIVE_BYTES : Lessons.MAX_FILE_BYTES;
    }

    /** Writes what comes into a file beside the others, which counts only when it is taken. Any thread. */
    Path receive(InputStream content, long length) throws IOException {
        Path part = Files.createTempFile(folder, "coming-", ".part");
        try (OutputStream out = Files.newOutputStream(part)) {
            byte[] piece = new byte[1 << 16];
            long left = length;
            while (left > 0) {
                int read = content.read(piece, 0, (int) Math.min(piece.length, left));
                if (read < 0) {
                    throw new IOException("it ends " + left + " bytes early");
                }
                write(out, piece, read);
                left -= read;
            }
            return part;
        } catch (IOException | RuntimeException failure) {
            Installation.discard(part);
            throw failure;
        }
    }

    private static void write(OutputStream out, byte[] piece, int length) {
        try {
            out.write(piece, 0, length);
        } catch (IOException full) {
            throw new LessonException(
                    Kind.NO_ROOM, "the file cannot be stored (" + Reason.of(full) + "). Free some room.");
        }
    }

    /** Takes what was received. */
    void take(Path part, String name, String ending, long length) throws IOException {
        String stored = String.format(Locale.ROOT, "file-%04d%s", names.size() + 1, ending);
        Files.move(part, music().resolve(stored));
        names.add(name);
        items.add(new Item(name, Fate.WAITING, 0, ""));
        known = new Music(
                known.waiting() + 1,
                known.kept(),
                known.dropped(),
                known.notes(),
                Music.of(items).names());
        bytes += length;
        change(State.GATHERING, "");
    }

    /** What was found out about the files and the pieces in archives, in this order. */
    void known(List<Item> found, Music all) {
        items = new ArrayList<>(found);
        known = all;
    }

    /** A message or a name with the names that people know. */
    String shown(String text) {
        Matcher stored =
                STORED.matcher(text.replace(music() + "/", "").replace(folder.toString(), "the lesson's folder"));
        return stored.replaceAll(match -> {
            int number = Integer.parseInt(match.group(1));
            return Matcher.quoteReplacement(number >= 1 && number <= names.size() ? names.get(number - 1) : "a file");
        });
    }

    void change(State state, String why) {
        change(state, why, lesson.course());
    }

    void change(State state, String why, Course course) {
        boolean taught = state == State.TAUGHT;
        lesson = new Lesson(
                lesson.id(),
                lesson.created(),
                state,
                why,
                known,
                course,
                taught ? made().toAbsolutePath().toString() : "");
        save();
    }

    /** How it goes; not worth a write. */
    void follow(Course course) {
        lesson = new Lesson(
                lesson.id(), lesson.created(), lesson.state(), lesson.why(), lesson.music(), course, lesson.file());
    }

    /** What cannot be written is known as long as the program runs. */
    private void save() {
        try {
            AtomicFile.write(
                    folder.resolve(ABOUT),
                    draft -> Files.writeString(draft, TEXT.asString(new Saved(lesson, names, items, bytes, OURS))));
        } catch (IOException full) {
            // The music and the network are there all the same.
        }
    }

    /** Removes what a process made that did not come to a good end, but not its last words. */
    void removeMade() {
        removeAllBut(file -> file.equals(ABOUT) || file.equals("music"));
    }

    /** What is not needed once there is a network. */
    void removeAllButMade() {
        removeAllBut(file -> file.equals(ABOUT) || file.equals(MADE));
    }

    private void removeAllBut(Predicate<String> keep) {
        try (Stream<Path> all = Files.list(folder)) {
            for (Path each : all.filter(file -> !keep.test(String.valueOf(file.getFileName())))
                    .toList()) {
                Trees.remove(each);
            }
        } catch (IOException stays) {
            // It goes with the lesson.
        }
    }

    /** The whole lesson. */
    void remove() throws IOException {
        Trees.remove(folder);
    }

    /** The last line that its process printed to stderr, for people; empty if there is none. */
    String lastWords() {
        @Nullable String last = null;
        try (Stream<String> lines = Files.lines(errors())) {
            last = lines.filter(line -> !line.isBlank())
                    .reduce((one, next) -> next)
                    .orElse(null);
        } catch (IOException | UncheckedIOException unreadable) {
            return "";
        }
        return last == null ? "" : shown(last);
    }
}
