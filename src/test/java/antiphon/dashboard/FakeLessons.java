package antiphon.dashboard;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Lessons that are in no folder and that no process learns. */
final class FakeLessons implements Lessons {
    /** The one that is there at the beginning: it has made a network. */
    static final String ID = "0123456789abcdef";

    /** Of that network. */
    static final String FILE = "/a b/<b>model</b>.safetensors";

    final List<Lesson> all = new ArrayList<>();
    final List<String> done = new ArrayList<>();

    /** What every request is refused with; null: none is. */
    @Nullable
    LessonException trouble;

    FakeLessons() {
        reset();
    }

    /** Only the one of the beginning is there again. */
    void reset() {
        all.clear();
        all.add(lesson(ID, State.TAUGHT, FILE));
    }

    private static Lesson lesson(String id, State state, String file) {
        List<Item> items = List.of(new Item(Served.HOSTILE + ".mid", Fate.KEPT, 7, ""));
        Course course = new Course(10, "old.safetensors", "by rank", 0, null, List.of(new Point(0, null, 9.5)), null)
                .gaining(new Gain(9.5, 8.25, List.of(Served.HOSTILE)));
        return new Lesson(id, "2026-11-27 20:15:00", state, "", Music.of(items), course, file);
    }

    private Optional<Lesson> doing(String what, String id) {
        if (trouble != null) {
            throw trouble;
        }
        Optional<Lesson> found = lesson(id);
        found.ifPresent(lesson -> done.add(what));
        return found;
    }

    @Override
    public List<Lesson> list() {
        return List.copyOf(all);
    }

    @Override
    public Optional<Lesson> lesson(String id) {
        return all.stream().filter(lesson -> lesson.id().equals(id)).findFirst();
    }

    @Override
    public Optional<List<Item>> files(String id) {
        return lesson(id).map(lesson -> List.of(new Item(Served.HOSTILE, Fate.DROPPED, 0, "no notes.")));
    }

    @Override
    public Lesson begin() {
        if (trouble != null) {
            throw trouble;
        }
        all.add(lesson("begun", State.GATHERING, ""));
        return all.getLast();
    }

    @Override
    public Optional<Lesson> add(String id, String name, long bytes, InputStream content) throws IOException {
        return doing("add " + name + " " + bytes + " " + content.readAllBytes().length, id);
    }

    @Override
    public Optional<Lesson> check(String id, String from) {
        return doing("check from " + from, id);
    }

    @Override
    public Optional<Lesson> learn(String id, String from, int minutes) {
        return doing("learn from " + from + " for " + minutes, id);
    }

    @Override
    public Optional<Lesson> stop(String id) {
        return doing("stop", id);
    }

    @Override
    public boolean delete(String id) {
        return doing("delete", id).isPresent()
                && all.removeIf(lesson -> lesson.id().equals(id));
    }
}
