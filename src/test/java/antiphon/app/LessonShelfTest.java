package antiphon.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import antiphon.dashboard.LessonException;
import antiphon.dashboard.LessonException.Kind;
import antiphon.dashboard.Lessons;
import antiphon.dashboard.Lessons.Fate;
import antiphon.dashboard.Lessons.Item;
import antiphon.dashboard.Lessons.Lesson;
import antiphon.dashboard.Lessons.Point;
import antiphon.dashboard.Lessons.State;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lessons whose process is a fake: what is kept of them, and what is refused. */
@Timeout(60)
class LessonShelfTest {
    private static final byte[] MUSIC = "music".getBytes(StandardCharsets.UTF_8);

    @TempDir
    private Path folder = Path.of("");

    private final FakeTeacher teacher = new FakeTeacher();
    private long roomBytes = Long.MAX_VALUE;

    private LessonShelf shelf() {
        return new LessonShelf(folder.resolve("lessons"), teacher, within -> roomBytes);
    }

    private static Lesson add(Lessons shelf, String id, String name) throws IOException {
        return shelf.add(id, name, MUSIC.length, new ByteArrayInputStream(MUSIC))
                .orElseThrow();
    }

    private static Lesson now(Lessons shelf, String id) {
        return shelf.lesson(id).orElseThrow();
    }

    private static Lesson await(Lessons shelf, String id, State state) throws InterruptedException {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (now(shelf, id).state() != state) {
            assertThat(System.nanoTime()).as("in time: " + now(shelf, id)).isLessThan(until);
            Thread.sleep(5);
        }
        return now(shelf, id);
    }

    private List<String> files() throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString().replaceAll("[0-9a-f]{24}", "ID"))
                    .sorted()
                    .toList();
        }
    }

    /** A lesson with two files whose process has begun. */
    private String learning(LessonShelf shelf) throws IOException {
        String id = shelf.begin().id();
        add(shelf, id, "Übung <1>.mid");
        add(shelf, id, "all.zip");
        assertThat(shelf.learn(id, "models/base.safetensors", 7).orElseThrow().state())
                .isEqualTo(State.LEARNING);
        return id;
    }

    private void make(String name) throws IOException {
        Files.writeString(teacher.folder().resolve(name), "made");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../../../evil.mid",
                "/etc/evil.mid",
                "..\\evil.mid",
                "a/b/../../../../evil.MID",
                "con.mid",
                ".mid",
                "lesson.json.mid",
                "<b>x</b>.zip"
            })
    void shouldUseNoNameAsAPath(String name) throws IOException {
        LessonShelf shelf = shelf();
        String id = shelf.begin().id();
        add(shelf, id, name);
        assertThat(files())
                .hasSize(2)
                .contains("lessons/ID/lesson.json")
                .anyMatch(file -> file.matches("lessons/ID/music/file-0001\\.(mid|zip)"));
        assertThat(shelf.files(id).orElseThrow()).containsExactly(new Item(name, Fate.WAITING, 0, ""));
        assertThat(now(shelf, id).music().names()).containsExactly(name);
    }

    @Test
    void shouldRefuseWhatCannotBeTakenAndLeaveNothingOfIt() throws IOException {
        LessonShelf shelf = shelf();
        String id = shelf.begin().id();
        List<String> before = files();
        refused(Kind.UNFIT, "no music file by its name", () -> add(shelf, id, "a.txt"));
        refused(Kind.UNFIT, "empty", () -> shelf.add(id, "a.mid", 0, new ByteArrayInputStream(MUSIC)));
        refused(
                Kind.TOO_LARGE,
                "larger than 8 MiB",
                () -> shelf.add(id, "a.mid", (8 << 20) + 1, new ByteArrayInputStream(MUSIC)));
        refused(
                Kind.TOO_LARGE,
                "larger than 64 MiB",
                () -> shelf.add(id, "a.zip", (64 << 20) + 1, new ByteArrayInputStream(MUSIC)));
        assertThatThrownBy(() -> shelf.add(id, "a.mid", 6, new ByteArrayInputStream(MUSIC)))
                .isInstanceOf(IOException.class);
        roomBytes = 1 << 20;
        refused(Kind.NO_ROOM, "the disk is full: 64 MiB needed, 1 MiB free", () -> add(shelf, id, "a.mid"));
        refused(Kind.NO_ROOM, "the disk is full", shelf::begin);
        assertThat(files()).isEqualTo(before);
        assertThat(shelf.add("other", "a.mid", 5, new ByteArrayInputStream(MUSIC)))
                .isEmpty();
        assertThat(shelf.add("../" + id, "a.mid", 5, new ByteArrayInputStream(MUSIC)))
                .isEmpty();
    }

    private static void refused(Kind kind, String why, ThrowingCallable what) {
        assertThatThrownBy(what)
                .isInstanceOfSatisfying(LessonException.class, refused -> assertThat(refused.kind())
                        .isEqualTo(kind))
                .hasMessageContaining(why);
    }

    @Test
    void shouldTellWhatIsKeptAndDroppedByTheNamesThatPeopleKnow() throws Exception {
        LessonShelf shelf = shelf();
        String id = shelf.begin().id();
        add(shelf, id, "Übung <1>.mid");
        add(shelf, id, "all.zip");
        assertThat(shelf.check(id, "base").orElseThrow().state()).isEqualTo(State.CHECKING);
        assertThat(teacher.started.getFirst()).contains("--check", "--json", "--until-input-ends");
        Path music = teacher.folder().resolve("music");
        teacher.say(
                "no JSON",
                "{\"what\":\"kept\",\"file\":\"" + music + "/file-0001.mid\",\"notes\":120}",
                "{\"what\":\"dropped\",\"file\":\"" + music + "/file-0002.zip/a/b.mid\",\"why\":\"" + music
                        + "/file-0002.zip: it has no note.\"}",
                "{\"what\":\"checked\",\"pieces\":1,\"rule\":\"the last fifth\"}");
        teacher.end(0);
        Lesson checked = await(shelf, id, State.READY);
        assertThat(shelf.files(id).orElseThrow())
                .containsExactly(
                        new Item("Übung <1>.mid", Fate.KEPT, 120, ""),
                        new Item("all.zip/a/b.mid", Fate.DROPPED, 0, "all.zip: it has no note."));
        assertThat(checked.music()).isEqualTo(new Lessons.Music(0, 1, 1, 120, List.of("Übung <1>.mid")));
        assertThat(checked.course().rule()).isEqualTo("the last fifth");
        assertThat(add(shelf, id, "more.mid").state()).isEqualTo(State.GATHERING);
    }

    @Test
    void shouldLearnTellTheCurveAndKeepTheNetworkAlone() throws Exception {
        LessonShelf shelf = shelf();
        String id = learning(shelf);
        assertThat(teacher.started.getFirst())
                .containsSubsequence("--workers", "1")
                .containsSubsequence("--minutes", "7");
        refused(Kind.CONFLICT, "another lesson is at work", () -> shelf.learn(id, "base", 7));
        refused(Kind.CONFLICT, "takes no more files", () -> add(shelf, id, "late.mid"));
        refused(Kind.CONFLICT, "Stop it first", () -> shelf.delete(id));
        teacher.say(
                "{\"what\":\"kept\",\"file\":\"file-0001.mid\",\"notes\":120}",
                "{\"what\":\"started\",\"rule\":\"by rank\"}",
                "{\"what\":\"begun\",\"heldOut\":9.5}",
                "{\"what\":\"progress\",\"share\":0.25,\"secondsLeft\":90.5}");
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (now(shelf, id).course().share() == 0) {
            assertThat(System.nanoTime()).isLessThan(until);
            Thread.sleep(5);
        }
        assertThat(now(shelf, id).course().secondsLeft()).isEqualTo(90.5);
        make("model.safetensors");
        make("model.checkpoint.safetensors");
        teacher.say(
                "{\"what\":\"pass\",\"pass\":1,\"learned\":10.5,\"heldOut\":8.25,\"best\":true}",
                "{\"what\":\"gain\",\"before\":9.5,\"after\":8.25,\"helped\":true,\"pieces\":[\"the end of file-0001\"]}");
        teacher.end(0);
        Lesson taught = await(shelf, id, State.TAUGHT);
        assertThat(taught.course().curve()).containsExactly(new Point(0, null, 9.5), new Point(1, 10.5, 8.25));
        assertThat(taught.course().gain()).isEqualTo(new Lessons.Gain(9.5, 8.25, List.of("the end of Übung <1>.mid")));
        assertThat(taught.file()).endsWith(id + "/model.safetensors");
        assertThat(files()).containsExactly("lessons/ID/lesson.json", "lessons/ID/model.safetensors");
        assertThat(now(shelf(), id)).as("after a new start").isEqualTo(taught);
        assertThat(shelf.delete(id)).isTrue();
        assertThat(files()).isEmpty();
        assertThat(shelf.delete(id)).isFalse();
    }

    @Test
    void shouldSayWhyThereIsNoNetworkAndLoseNoFile() throws Exception {
        LessonShelf shelf = shelf();
        String id = learning(shelf);
        make("model.safetensors");
        teacher.complain("notice\n" + teacher.folder().resolve("music/file-0001.mid") + ": broken.");
        teacher.end(1);
        assertThat(await(shelf, id, State.ENDED).why()).isEqualTo("Übung <1>.mid: broken.");
        assertThat(now(shelf, id).file()).isEmpty();
        assertThat(files())
                .containsExactly(
                        "lessons/ID/lesson.json", "lessons/ID/music/file-0001.mid", "lessons/ID/music/file-0002.zip");

        shelf.learn(id, "base", 1);
        teacher.complain("training stopped at step 3: cannot be written (No space left on device).");
        teacher.end(1);
        assertThat(await(shelf, id, State.ENDED).why()).startsWith("the disk is full.");

        shelf.learn(id, "base", 1);
        make("model.safetensors");
        teacher.say("{\"what\":\"gain\",\"before\":9.5,\"after\":9.6,\"helped\":false,\"pieces\":[]}");
        teacher.end(0);
        assertThat(await(shelf, id, State.ENDED).why()).contains("does not help on files that it did not learn from");

        shelf.learn(id, "base", 1);
        teacher.say("{\"what\":\"dropped\",\"file\":\"file-0001.mid\",\"why\":\"no note.\"}");
        teacher.end(1);
        assertThat(await(shelf, id, State.ENDED).why()).startsWith("none of 1 file can be used");
        assertThat(files()).hasSize(3);
    }

    @Test
    void shouldStopAndEndWithTheProgram() throws Exception {
        LessonShelf shelf = shelf();
        String id = learning(shelf);
        make("model.safetensors");
        shelf.stop(id);
        assertThat(teacher.isTold()).isTrue();
        teacher.end(143);
        assertThat(await(shelf, id, State.ENDED).why()).startsWith("stopped.");
        assertThat(files()).hasSize(3);
        refused(Kind.CONFLICT, "nothing of this program works", () -> shelf.stop(id));

        shelf.learn(id, "base", 1);
        make("model.safetensors");
        shelf.close();
        assertThat(teacher.isTold()).isTrue();
        teacher.end(143);
        refused(Kind.CONFLICT, "the program ends", () -> shelf.check(id, "base"));
        Lesson left = now(shelf(), id);
        assertThat(left.state()).isEqualTo(State.ENDED);
        assertThat(left.why()).startsWith("the program ended before this was done.");
        assertThat(files()).hasSize(3);
    }

    @Test
    void shouldLeaveALessonAloneThatAnotherProgramWorksOn() throws Exception {
        LessonShelf shelf = shelf();
        String id = learning(shelf);
        make("model.safetensors");
        Path about = folder.resolve("lessons").resolve(id).resolve("lesson.json");
        String ours = Files.readString(about);
        Process other = new ProcessBuilder("sleep", "60").start();
        try {
            String owner = other.pid() + " " + other.info().startInstant().orElseThrow();
            Files.writeString(about, ours.replaceFirst("\"owner\" : \"[^\"]*\"", "\"owner\" : \"" + owner + "\""));
            LessonShelf second = shelf();
            assertThat(now(second, id).state()).isEqualTo(State.LEARNING);
            refused(Kind.CONFLICT, "another lesson is at work", () -> second.check(id, "base"));
            refused(Kind.CONFLICT, "nothing of this program works", () -> second.stop(id));
            refused(Kind.CONFLICT, "Stop it first", () -> second.delete(id));
            assertThat(files()).contains("lessons/ID/model.safetensors");
            other.destroyForcibly().waitFor();
            assertThat(now(second, id).why()).startsWith("the program ended before this was done.");
            assertThat(files()).doesNotContain("lessons/ID/model.safetensors");
        } finally {
            other.destroyForcibly();
            teacher.end(1);
        }
        // What it still writes is written.
        await(shelf, id, State.ENDED);
    }

    @Test
    void shouldKeepSoManyLessonsAndShowADamagedOneToBeDeleted() throws IOException {
        LessonShelf shelf = shelf();
        for (int i = 0; i < Lessons.MAX_LESSONS; i++) {
            shelf.begin();
        }
        refused(Kind.CONFLICT, "there are 12 lessons", shelf::begin);
        String id = shelf.list().getFirst().id();
        Files.writeString(folder.resolve("lessons").resolve(id).resolve("lesson.json"), "{\"lesson\":");
        Files.createDirectory(folder.resolve("lessons/not-ours"));
        LessonShelf again = shelf();
        assertThat(again.list()).hasSize(Lessons.MAX_LESSONS);
        assertThat(now(again, id).state()).isEqualTo(State.DAMAGED);
        refused(Kind.CONFLICT, "damaged. Delete it.", () -> add(again, id, "a.mid"));
        refused(Kind.CONFLICT, "damaged. Delete it.", () -> again.learn(id, "base", 1));
        assertThat(again.delete(id)).isTrue();
        assertThat(again.list()).hasSize(Lessons.MAX_LESSONS - 1);
        again.begin();
    }
}
