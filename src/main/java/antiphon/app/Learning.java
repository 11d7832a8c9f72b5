package antiphon.app;

import antiphon.Amount;
import antiphon.dashboard.Lessons.Course;
import antiphon.dashboard.Lessons.Fate;
import antiphon.dashboard.Lessons.Gain;
import antiphon.dashboard.Lessons.Item;
import antiphon.dashboard.Lessons.Music;
import antiphon.dashboard.Lessons.Point;
import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What a training process has said so far, line by line: see {@link TrainLines}. One thread at a time. */
final class Learning {
    private final UnaryOperator<String> shown;

    /** An archive can hold any number of files: these are told one by one, and all are counted. */
    private static final int MAX_ITEMS = 2_000;

    private final List<Item> items = new ArrayList<>();
    private int kept;
    private int dropped;
    private long notes;
    private Course course;
    private boolean enough;
    private boolean judged;
    private boolean helped;

    /**
     * Begins to listen.
     *
     * @param course as it is at the beginning
     * @param shown a text with the names of files that people know
     */
    Learning(Course course, UnaryOperator<String> shown) {
        this.course = course;
        this.shown = shown;
    }

    /** What has come of the files, or of the first of very many. */
    List<Item> items() {
        return List.copyOf(items);
    }

    /** What has come of all of them. */
    Music music() {
        return new Music(0, kept, dropped, notes, Music.of(items).names());
    }

    Course course() {
        return course;
    }

    /** True if there is enough to learn from. */
    boolean isEnough() {
        return enough;
    }

    /** True if it has come to its end. */
    boolean isJudged() {
        return judged;
    }

    /** True if what it made is better than what it began with. */
    boolean hasHelped() {
        return helped;
    }

    /** Takes a line; what is none of ours is passed over. */
    void take(String line) {
        Map<String, Object> said;
        try {
            said = JSON.std.mapFrom(line);
        } catch (IOException other) {
            return;
        }
        switch (text(said, "what")) {
            case "kept" -> add(new Item(shown(said, "file"), Fate.KEPT, (long) number(said, "notes"), ""));
            case "dropped" -> add(new Item(shown(said, "file"), Fate.DROPPED, 0, shown(said, "why")));
            case "checked", "started" -> {
                enough = true;
                course = course.dividedBy(text(said, "rule"));
            }
            case "begun" -> course = course.plus(new Point(0, null, score(said, "heldOut")));
            case "progress" -> course = course.at(number(said, "share"), score(said, "secondsLeft"));
            case "pass" ->
                course = course.plus(new Point(number(said, "pass"), score(said, "learned"), score(said, "heldOut")));
            case "gain" -> gain(said);
            default -> {
                // Of a later version.
            }
        }
    }

    private void add(Item item) {
        kept += item.fate() == Fate.KEPT ? 1 : 0;
        dropped += item.fate() == Fate.DROPPED ? 1 : 0;
        notes += item.notes();
        if (items.size() < MAX_ITEMS) {
            items.add(item);
        }
    }

    private void gain(Map<String, Object> said) {
        judged = true;
        helped = Boolean.TRUE.equals(said.get("helped"));
        List<String> pieces = new ArrayList<>();
        if (said.get("pieces") instanceof List<?> all) {
            all.forEach(piece -> pieces.add(shown.apply(String.valueOf(piece))));
        }
        course = course.gaining(new Gain(number(said, "before"), number(said, "after"), pieces));
    }

    /**
     * Why there is no network, for people.
     *
     * @param lastWords what the process printed last to stderr, or empty
     * @param status that it ended with
     */
    String whyNone(String lastWords, int status) {
        if (judged && status == 0) {
            return "what it learned does not help on files that it did not learn from, so nothing was made. Add files, or"
                    + " give it more time.";
        }
        if (lastWords.contains("No space left on device")) {
            return "the disk is full. Free some room and begin again; the files are still there.";
        }
        if (kept == 0 && dropped > 0) {
            return "none of " + Amount.of(dropped, "file") + " can be used; each says why. Add other files.";
        }
        return lastWords.isEmpty()
                ? "the process ended with status " + status + ". Begin again, with fewer files if it was too much."
                : lastWords;
    }

    private String shown(Map<String, Object> said, String name) {
        return shown.apply(text(said, name));
    }

    private static String text(Map<String, Object> said, String name) {
        return said.get(name) instanceof String text ? text : "";
    }

    private static double number(Map<String, Object> said, String name) {
        return said.get(name) instanceof Number number ? number.doubleValue() : 0;
    }

    private static @Nullable Double score(Map<String, Object> said, String name) {
        return said.get(name) instanceof Number number ? (Double) number.doubleValue() : null;
    }
}
