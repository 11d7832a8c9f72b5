package antiphon.dashboard;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Lessons for the network, as the page gives them: music files come in, what of them can be used is told, a process of its
 * own learns from them, and what it made can be played with. Lessons are named by ids that say nothing, which only {@link #list}
 * and {@link #begin} give out; names of files are words for people and nothing else. Cold threads, any number.
 */
public interface Lessons {
    /** Bytes of one music file; an archive may have {@link #MAX_ARCHIVE_BYTES}. */
    long MAX_FILE_BYTES = 8L << 20;

    /** Bytes of one archive. */
    long MAX_ARCHIVE_BYTES = 64L << 20;

    /** Bytes of all files of a lesson. */
    long MAX_LESSON_BYTES = 128L << 20;

    /** Files of a lesson, an archive being one. */
    int MAX_FILES = 2_000;

    /** Lessons that are kept. */
    int MAX_LESSONS = 12;

    /** The longest time to learn. */
    int MAX_MINUTES = 240;

    /** Where a lesson is. */
    enum State {
        /** Files come in, and what of them can be used is not known. */
        GATHERING,
        /** A process reads them. */
        CHECKING,
        /** It is known, and it is enough. */
        READY,
        /** A process learns. */
        LEARNING,
        /** There is a network that is better on files that it did not learn from. */
        TAUGHT,
        /** There is none, and the lesson says why; it can be tried again. */
        ENDED,
        /** Its folder cannot be read; it can only be deleted. */
        DAMAGED
    }

    /** What became of a file. */
    enum Fate {
        /** Nobody has looked yet. */
        WAITING,
        KEPT,
        DROPPED
    }

    /**
     * A file, or a piece in an archive.
     *
     * @param name as it came
     * @param notes in it, if it was kept
     * @param why it was dropped; empty if it was not
     */
    record Item(String name, Fate fate, long notes, String why) {}

    /**
     * What a lesson has.
     *
     * @param names of the first that were kept, or that wait
     */
    record Music(int waiting, int kept, int dropped, long notes, List<String> names) {
        private static final int MAX_NAMES = 12;

        /** Of some files. */
        public static Music of(List<Item> items) {
            return new Music(
                    count(items, Fate.WAITING),
                    count(items, Fate.KEPT),
                    count(items, Fate.DROPPED),
                    items.stream().mapToLong(Item::notes).sum(),
                    items.stream()
                            .filter(item -> item.fate() != Fate.DROPPED)
                            .map(Item::name)
                            .limit(MAX_NAMES)
                            .toList());
        }

        private static int count(List<Item> items, Fate fate) {
            return (int) items.stream().filter(item -> item.fate() == fate).count();
        }
    }

    /**
     * A point of the learning curve.
     *
     * @param pass over the files, from 1; 0 is before the first
     * @param learned bits per note on what is learned from; null before the first
     * @param heldOut bits per note on what is held out; null if nothing is
     */
    record Point(double pass, @Nullable Double learned, @Nullable Double heldOut) {}

    /**
     * What came of it: bits per note on files that were not learned from.
     *
     * @param judgedBy those files, or parts of files
     */
    record Gain(double before, double after, List<String> judgedBy) {}

    /**
     * How the learning goes.
     *
     * @param minutes that it may take
     * @param from the file of the network that it began with; empty before
     * @param rule how the files were divided, for people
     * @param share that is done, 0 to 1
     * @param secondsLeft until the end; null if that is not known
     * @param gain null before the end
     */
    record Course(
            int minutes,
            String from,
            String rule,
            double share,
            @Nullable Double secondsLeft,
            List<Point> curve,
            @Nullable Gain gain) {
        /** Of a lesson that has not begun to learn. */
        public static final Course NONE = new Course(0, "", "", 0, null, List.of(), null);

        public Course {
            curve = List.copyOf(curve);
        }

        /** The same, divided so. */
        public Course dividedBy(String way) {
            return new Course(minutes, from, way, share, secondsLeft, curve, gain);
        }

        /** The same, so far. */
        public Course at(double done, @Nullable Double left) {
            return new Course(minutes, from, rule, done, left, curve, gain);
        }

        /** The same with one point more. */
        public Course plus(Point point) {
            List<Point> longer = new ArrayList<>(curve);
            longer.add(point);
            return new Course(minutes, from, rule, share, secondsLeft, longer, gain);
        }

        /** The same, done. */
        public Course gaining(Gain found) {
            return new Course(minutes, from, rule, 1, 0.0, curve, found);
        }
    }

    /**
     * One lesson.
     *
     * @param created when it was begun, for people
     * @param why there is no network; empty unless it has {@link State#ENDED} or is {@link State#DAMAGED}
     * @param file of the network that it made, as {@code model.file} takes it; empty if there is none
     */
    record Lesson(String id, String created, State state, String why, Music music, Course course, String file) {}

    /** All, the newest first. */
    List<Lesson> list();

    /** One; empty if there is no such lesson. */
    Optional<Lesson> lesson(String id);

    /** Its files, in the order in which they came, and the pieces in its archives once they are known; empty if there is no such lesson. */
    Optional<List<Item>> files(String id);

    /**
     * Begins a lesson without files.
     *
     * @throws LessonException if there are as many as are kept, or it cannot be written
     */
    Lesson begin();

    /**
     * Takes in a file, piece by piece.
     *
     * @param name as it came, which may be a path; never used as one
     * @param bytes that it has
     * @throws LessonException if it is not wanted, too large, or there is no room; then nothing of it is left
     * @throws IOException if it cannot be read to its end; likewise
     */
    Optional<Lesson> add(String id, String name, long bytes, InputStream content) throws IOException;

    /**
     * Begins to find out what can be used.
     *
     * @param from the file of the network that would be begun with, as {@code model.file} has it
     * @throws LessonException if another process works, or there is nothing to look at
     */
    Optional<Lesson> check(String id, String from);

    /**
     * Begins to learn.
     *
     * @param from the file of the network to begin with, likewise
     * @throws LessonException if another process works, there is nothing to learn from, or no room
     */
    Optional<Lesson> learn(String id, String from, int minutes);

    /**
     * Ends what its process does; the files stay.
     *
     * @throws LessonException if none works on it
     */
    Optional<Lesson> stop(String id);

    /**
     * Deletes it with its files and its network.
     *
     * @return false if there is no such lesson
     * @throws LessonException if a process works on it, or it cannot be deleted
     */
    boolean delete(String id);
}
