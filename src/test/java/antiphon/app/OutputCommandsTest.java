package antiphon.app;

import static org.assertj.core.api.Assertions.assertThat;

import antiphon.app.Program.Ended;
import antiphon.midi.file.MidiFile;
import antiphon.midi.file.MidiFileReader;
import antiphon.midi.file.MidiFileWriter;
import antiphon.midi.file.Timeline;
import antiphon.music.Message;
import antiphon.music.TimedMessages;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the commands that write files write, refuse to write, and leave behind. */
@Timeout(120)
class OutputCommandsTest {
    @TempDir
    private Path folder = Path.of("");

    private Program.Place place = Program.in(folder);

    @BeforeEach
    void makePlace() {
        place = Program.in(folder);
    }

    @Test
    void shouldWriteTheTempoAskedForOrThatOfTheInput() throws Exception {
        place.runToEnd("generate", "--bars", "2", "--qpm", "90", "--seed", "7", "-o", "a.mid");
        assertThat(timeline("a.mid")).isEqualTo(Timeline.ofQpm(90));
        Timeline waltz = new Timeline(
                List.of(new Timeline.Tempo(0, 400_000), new Timeline.Tempo(1_200_000_000L, 800_000)),
                List.of(new Timeline.Metre(0, 3, 2, 24, 8)));
        TimedMessages.Recorder played = new TimedMessages.Recorder();
        for (int i = 0; i < 8; i++) {
            played.send(Message.noteOn(0, 60 + i, 80), i * 300_000_000L);
            played.send(Message.noteOff(0, 60 + i), i * 300_000_000L + 250_000_000L);
            played.send(Message.noteOn(9, 36, 80), i * 300_000_000L);
        }
        MidiFileWriter.write(
                folder.resolve("in.mid"), List.of(new MidiFileWriter.Track("x", played.messages())), waltz);

        Ended rehearse = place.runToEnd("rehearse", "in.mid", "-o", "b.mid", "--seed", "1");
        assertThat(rehearse.output()).contains("8 notes heard");
        assertThat(timeline("b.mid")).isEqualTo(waltz);
        place.runToEnd("generate", "--prompt", "in.mid", "--seconds", "2", "--qpm", "100", "-o", "c.mid");
        assertThat(timeline("c.mid").tempos()).isEqualTo(Timeline.ofQpm(100).tempos());
        assertThat(timeline("c.mid").metres()).isEqualTo(waltz.metres());
    }

    private Timeline timeline(String file) {
        MidiFile read = MidiFileReader.read(folder.resolve(file));
        assertThat(read.messages().ended()).isEqualTo(read.messages());
        return read.timeline();
    }

    @Test
    void shouldWriteSoundAndPicturesByTheEndingOfTheName() throws Exception {
        for (String name : List.of("a.wav", "b.PNG")) {
            Ended made = place.runToEnd("generate", "--seconds", "3", "--seed", "3", "-o", name);
            assertThat(made.errors()).isEmpty();
        }
        try (AudioInputStream wav =
                AudioSystem.getAudioInputStream(folder.resolve("a.wav").toFile())) {
            assertThat(wav.getFrameLength() / wav.getFormat().getFrameRate()).isGreaterThan(2);
        }
        assertThat(ImageIO.read(folder.resolve("b.PNG").toFile()).getWidth()).isGreaterThan(1_000);
        for (String name : List.of("a.mp3", "a", "a.mid.txt")) {
            Ended refused = place.runToEnd("generate", "--seconds", "3000", "--seed", "3", "-o", name);
            assertThat(refused.status()).isEqualTo(1);
            assertThat(refused.errors().lines()).singleElement().asString().contains("; allowed: .mid, .wav");
        }
        Ended lost = place.runToEnd("generate", "--seconds", "3000", "-o", "none/a.mid");
        assertThat(lost.errors().lines()).singleElement().asString().contains("no such folder");
    }

    @Test
    void shouldWriteOverNothingUnlessForced() throws Exception {
        Path midi = Phrases.full(folder);
        Files.writeString(folder.resolve("notes.csv"), "mine");
        Ended refused = place.runToEnd("import", midi.toString(), "-o", "notes.csv");
        assertThat(refused.status()).isEqualTo(1);
        assertThat(refused.errors())
                .isEqualTo("notes.csv: exists already; allowed: a new name. Choose another -o, or write over it with"
                        + " --force.\n");
        assertThat(folder.resolve("notes.csv")).hasContent("mine");
        assertThat(place.runToEnd("import", midi.toString(), "-o", "notes.csv", "--force")
                        .status())
                .isZero();

        for (String made : List.of("m.safetensors", "m.checkpoint.safetensors", "m.png")) {
            Files.writeString(folder.resolve(made), "mine");
            Ended train = place.runToEnd("train", "gone.mid", "-o", "m.safetensors");
            assertThat(train.errors()).startsWith(made + ": exists already;");
            assertThat(folder.resolve(made)).hasContent("mine");
            Files.delete(folder.resolve(made));
        }
    }

    @Test
    void shouldKeepTwoTrainingsToOneOutputApart() throws Exception {
        Process other = new ProcessBuilder("sleep", "60").start();
        try {
            Files.createFile(folder.resolve("m.checkpoint.safetensors." + other.pid() + ".claim"));
            for (String how : List.of("--force", "--resume", "--epochs=1")) {
                Ended train = place.runToEnd("train", "gone.mid", "-o", "m.safetensors", how);
                assertThat(train.errors().lines())
                        .singleElement()
                        .asString()
                        .startsWith(
                                "m.checkpoint.safetensors: is being written by process " + other.pid() + "; one at");
                assertThat(train.status()).isEqualTo(1);
            }
        } finally {
            other.destroyForcibly().waitFor();
        }
    }

    @Test
    void shouldSayInOneLineThatThereIsTooLittleMemory() throws Exception {
        try (RandomAccessFile large =
                new RandomAccessFile(folder.resolve("a.journal").toFile(), "rw")) {
            large.setLength(200_000_000);
        }
        Ended ended = place.with("JDK_JAVA_OPTIONS", "-Xmx64m").runToEnd("replay", "a.journal", "-o", "a.mid");
        assertThat(ended.errors().lines().filter(line -> !line.startsWith("NOTE: Picked up")))
                .singleElement()
                .asString()
                .startsWith("antiphon: not enough memory for this (");
        assertThat(ended.status()).isEqualTo(1);
    }

    @Test
    void shouldRefuseATrainingOfNoLengthBeforeAnythingIsRead() throws Exception {
        for (String length : List.of("--minutes=0", "--minutes=-1", "--minutes=NaN", "--epochs=0", "--epochs=-3")) {
            Ended train = place.runToEnd("train", "gone.mid", "-o", "m.safetensors", length);
            assertThat(train.status()).as(length).isEqualTo(2);
            assertThat(train.errors()).startsWith(length.substring(0, length.indexOf('=')) + ": found ");
        }
    }

    @Test
    void shouldShowControlCharactersOfNamesAsEscapes() throws Exception {
        Path evil = Files.createDirectory(folder.resolve("evil"));
        Files.write(evil.resolve("a\u001B[31m\nb.mid"), new byte[9]);
        Files.copy(Phrases.full(folder), evil.resolve("good.mid"));
        Ended ended = place.runToEnd("import", "evil", "-o", "notes.csv");
        assertThat(ended.status()).isZero();
        assertThat(ended.errors().lines()).first().asString().contains("evil/a\\u001B[31m\\nb.mid: does not");
    }

    @Test
    void shouldLeaveNothingBehindWhenAnImportIsStopped() throws Exception {
        byte[] song = Files.readAllBytes(Phrases.full(folder));
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(folder.resolve("many.zip")))) {
            for (int i = 0; i < 30_000; i++) {
                zip.putNextEntry(new ZipEntry(i + ".mid"));
                zip.write(song);
            }
        }
        Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
        try (Program program = place.start("import", "many.zip", "-o", "notes.csv")) {
            String ours = "antiphon-import-" + program.pid() + "-";
            while (count(temporary, ours) == 0 || count(folder, "notes.csv.") == 0) {
                Thread.onSpinWait();
            }
            program.stop();
            assertThat(count(temporary, ours)).isZero();
        }
        assertThat(count(folder, "notes.csv")).isZero();

        try (Program program = place.start("import", "many.zip", "-o", "notes.csv")) {
            String ours = "antiphon-import-" + program.pid() + "-";
            while (count(temporary, ours) == 0 || count(folder, "notes.csv.") == 0) {
                Thread.onSpinWait();
            }
            Ended second = place.runToEnd("import", Phrases.full(folder).toString(), "-o", "notes.csv");
            assertThat(second.errors().lines())
                    .singleElement()
                    .asString()
                    .startsWith("notes.csv: is being written by process " + program.pid());
            program.kill();
            assertThat(count(temporary, ours)).isEqualTo(1);
            place.runToEnd("import", Phrases.full(folder).toString(), "-o", "notes.csv");
            assertThat(count(temporary, ours)).isZero();
        }
        assertThat(count(folder, "notes.csv")).isEqualTo(1);
    }

    @Test
    void shouldRefuseInOneLineWhatWouldTakeForEverToPlay() throws Exception {
        TimedMessages.Recorder gap = new TimedMessages.Recorder();
        gap.send(Message.noteOn(0, 60, 80), 0);
        gap.send(Message.noteOff(0, 60), 100L * 3_600_000_000_000L);
        TimedMessages.Recorder many = new TimedMessages.Recorder();
        for (int i = 0; i < 100_000; i++) {
            many.send(Message.noteOn(0, 60, 80), i * 1_000_000L);
            many.send(Message.noteOff(0, 60), i * 1_000_000L + 500_000L);
        }
        write("gap.mid", gap);
        write("many.mid", many);
        for (String input : List.of("gap.mid", "many.mid")) {
            for (Ended ended : List.of(
                    place.runToEnd("rehearse", input, "-o", "o.mid"),
                    place.runToEnd("generate", "--prompt", input, "-o", "o.mid"))) {
                assertThat(ended.status()).isEqualTo(1);
                assertThat(ended.errors().lines())
                        .singleElement()
                        .asString()
                        .startsWith(input + ": ")
                        .contains("hours; allowed: at most 40,000 notes");
            }
        }
    }

    private void write(String name, TimedMessages.Recorder recorder) {
        MidiFileWriter.write(folder.resolve(name), List.of(new MidiFileWriter.Track("x", recorder.messages())));
    }

    private static long count(Path parent, String prefix) throws IOException {
        try (Stream<Path> all = Files.list(parent)) {
            return all.filter(each -> each.getFileName().toString().startsWith(prefix))
                    .count();
        }
    }
}
