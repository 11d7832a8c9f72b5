package antiphon.app;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import antiphon.corpus.TestPieces;
import antiphon.dashboard.Lessons;
import antiphon.dashboard.Lessons.Fate;
import antiphon.dashboard.Lessons.Item;
import antiphon.dashboard.Lessons.Lesson;
import antiphon.dashboard.Lessons.State;
import antiphon.midi.file.MidiFileWriter;
import antiphon.model.ModelFile;
import antiphon.model.RandomModel;
import antiphon.model.StackedLstm;
import antiphon.music.Vocabulary;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Lessons with the real training process, a tiny network and a tiny corpus. */
@Timeout(150)
class LessonProcessTest {
    @TempDir
    private Path folder = Path.of("");

    /** The classes under test instead of the installed program, and passes instead of minutes. */
    private static Process start(List<String> arguments, Path errors) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(Program.jvmArguments().split(" ")));
        command.addAll(List.of("-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path")));
        command.addAll(List.of("antiphon.app.Main", "train"));
        command.addAll(arguments);
        int minutes = command.indexOf("--minutes");
        if (minutes >= 0) {
            command.subList(minutes, minutes + 2).clear();
            command.addAll(List.of("--learning-rate", "0.02", "--batch", "2"));
            command.addAll(List.of("--epochs", errors.toString().contains("endless") ? "1000000" : "4"));
        }
        return Teacher.quietly(command, errors);
    }

    private Path base() {
        Map<String, String> metadata = new TreeMap<>(Map.of("format", "1", "vocabulary", Vocabulary.NAME));
        metadata.putAll(Map.of("embedding", "8", "hidden", "12", "layers", "1"));
        Path file = folder.resolve("base.safetensors");
        new ModelFile(RandomModel.of(8, 12, 1, 1).tensors(), metadata).write(file);
        return file;
    }

    private byte[] midi(int seed) throws IOException {
        Path file = folder.resolve("piece.mid");
        MidiFileWriter.write(file, TestPieces.repetitive(seed, 120));
        return Files.readAllBytes(file);
    }

    private byte[] zip() throws IOException {
        Path file = folder.resolve("pieces.zip");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            zip.putNextEntry(new ZipEntry("mine/three.mid"));
            zip.write(midi(3));
            zip.putNextEntry(new ZipEntry("mine/readme.txt"));
            zip.write('x');
        }
        return Files.readAllBytes(file);
    }

    private byte[] zipThatSlips() throws IOException {
        Path file = folder.resolve("slips.zip");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            zip.putNextEntry(new ZipEntry("../../slipped.mid"));
            zip.write(midi(4));
        }
        return Files.readAllBytes(file);
    }

    private static void add(Lessons shelf, String id, String name, byte[] bytes) throws IOException {
        assertThat(shelf.add(id, name, bytes.length, new ByteArrayInputStream(bytes)))
                .isPresent();
    }

    private static Lesson await(Lessons shelf, String id, State... states) throws InterruptedException {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(90);
        Lesson now = shelf.lesson(id).orElseThrow();
        while (!List.of(states).contains(now.state())) {
            assertThat(System.nanoTime()).as("in time: " + now).isLessThan(until);
            Thread.sleep(50);
            now = shelf.lesson(id).orElseThrow();
        }
        return now;
    }

    @Test
    void shouldSayWhatIsKeptAndDroppedThenLearnAndMakeANetworkThatIsBetter() throws Exception {
        Path lessons = folder.resolve("lessons");
        try (LessonShelf shelf = new LessonShelf(lessons, LessonProcessTest::start)) {
            String id = shelf.begin().id();
            add(shelf, id, "one.mid", midi(1));
            add(shelf, id, "again.mid", midi(1));
            add(shelf, id, "Prosa & <b>.mid", "no music".getBytes(StandardCharsets.UTF_8));
            add(shelf, id, "mine.zip", zip());
            add(shelf, id, "slips.zip", zipThatSlips());
            shelf.check(id, base().toString());
            Lesson checked = await(shelf, id, State.READY, State.ENDED);
            assertThat(checked.state()).as(checked.why()).isEqualTo(State.READY);
            check(shelf.files(id).orElseThrow());
            assertThat(checked.music().notes()).isEqualTo(240);

            shelf.learn(id, base().toString(), 1);
            Lesson taught = await(shelf, id, State.TAUGHT, State.ENDED);
            assertThat(taught.state()).as(taught.why()).isEqualTo(State.TAUGHT);
            Lessons.Gain gain = requireNonNull(taught.course().gain());
            assertThat(gain.after()).isLessThan(gain.before());
            assertThat(taught.course().curve()).hasSizeBetween(2, 5);
            // It can be played with.
            assertThat(new StackedLstm(ModelFile.read(Path.of(taught.file()))).width())
                    .isEqualTo(12);
            try (Stream<Path> left = Files.list(lessons.resolve(id))) {
                assertThat(left.map(file -> file.getFileName().toString()))
                        .containsExactlyInAnyOrder("lesson.json", "model.safetensors");
            }
        }
        try (Stream<Path> all = Files.walk(folder)) {
            assertThat(all.map(Path::toString)).noneMatch(file -> file.contains("slipped"));
        }
    }

    private void check(List<Item> items) {
        assertThat(items)
                .extracting(Item::name, Item::fate)
                .containsExactly(
                        tuple("one.mid", Fate.KEPT),
                        tuple("again.mid", Fate.DROPPED),
                        tuple("Prosa & <b>.mid", Fate.DROPPED),
                        tuple("mine.zip/mine/three.mid", Fate.KEPT),
                        tuple("slips.zip", Fate.DROPPED));
        assertThat(items.get(1).why()).startsWith("the same piece came before");
        assertThat(items.get(2).why()).contains("does not begin with MThd");
        assertThat(items.get(4).why()).contains("an entry points outside");
        assertThat(items).noneMatch(item -> item.why().contains(folder.toString()));
    }

    @Test
    void shouldSayWhenTheFilesHoldTooLittle() throws Exception {
        try (LessonShelf shelf = new LessonShelf(folder.resolve("lessons"), LessonProcessTest::start)) {
            String id = shelf.begin().id();
            Path few = folder.resolve("few.mid");
            MidiFileWriter.write(few, TestPieces.repetitive(1, 8));
            add(shelf, id, "few.mid", Files.readAllBytes(few));
            shelf.check(id, base().toString());
            assertThat(await(shelf, id, State.READY, State.ENDED).why())
                    .isEqualTo(
                            "corpus: no piece of 20 notes; one at least needed, to hold out a part of it. Add files.");
            assertThat(shelf.files(id).orElseThrow()).containsExactly(new Item("few.mid", Fate.KEPT, 8, ""));
        }
    }

    @Test
    void shouldEndWithTheProgramThatBeganIt() throws Exception {
        Path lessons = folder.resolve("endless");
        Process[] process = new Process[1];
        try (LessonShelf shelf = new LessonShelf(lessons, (arguments, errors) -> {
            process[0] = start(arguments, errors);
            return process[0];
        })) {
            String id = shelf.begin().id();
            add(shelf, id, "one.mid", midi(1));
            add(shelf, id, "two.mid", midi(2));
            add(shelf, id, "three.mid", midi(3));
            shelf.learn(id, base().toString(), 1);
            long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
            while (shelf.lesson(id).orElseThrow().course().curve().isEmpty()) {
                assertThat(System.nanoTime()).isLessThan(until);
                Thread.sleep(20);
            }
            // What the system does when this process is killed: no signal, but the pipe ends.
            process[0].getOutputStream().close();
            assertThat(process[0].waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(await(shelf, id, State.ENDED).file()).isEmpty();
        }
    }

    @Test
    void shouldBeginTheInstalledProgramAtTheLowestPriorityOnOneThread() throws Exception {
        Path launcher = folder.resolve("launcher");
        Files.writeString(
                launcher, "#!/bin/sh\necho \"$(nice) $OMP_NUM_THREADS $ANTIPHON_JAVA_OPTS $*\"\necho failed >&2\n");
        assertThat(launcher.toFile().setExecutable(true)).isTrue();
        Path errors = folder.resolve("errors.txt");
        Process process = Teacher.installed(launcher).start(List.of("--json", "a b"), errors);
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            assertThat(lines.readLine())
                    .matches("19 1 .*-XX:ActiveProcessorCount=1 -Djava.io.tmpdir=" + folder + " train --json a b");
        }
        assertThat(process.waitFor()).isZero();
        assertThat(errors).hasContent("failed");
    }
}
