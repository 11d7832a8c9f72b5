package antiphon.app;

import static org.assertj.core.api.Assertions.assertThat;

import antiphon.app.Program.Ended;
import antiphon.midi.file.MidiFile;
import antiphon.midi.file.MidiFileReader;
import antiphon.model.ModelFile;
import antiphon.model.RandomModel;
import antiphon.music.Vocabulary;
import com.fasterxml.jackson.jr.ob.JSON;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The commands that need no port, each as a process of its own. */
@Timeout(120)
class FileCommandsTest {
    private static final Path CORPUS = Path.of("src/corpus/rags").toAbsolutePath();

    @TempDir
    private Path folder = Path.of("");

    private Program.Place place = Program.in(folder);

    @BeforeEach
    void makePlace() {
        place = Program.in(folder);
    }

    @Test
    void shouldRehearseTheSameAnswerForTheSameSeedAndAnotherForAnother() throws Exception {
        String phrase = Phrases.full(folder).toString();
        Ended first = place.runToEnd("rehearse", phrase, "-o", "a.mid", "--seed", "7");
        Ended again = place.runToEnd("rehearse", phrase, "-o", "b.mid", "--seed", "7");
        Ended other = place.runToEnd("rehearse", phrase, "-o", "c.mid", "--seed", "8");
        assertThat(List.of(first, again, other))
                .allMatch(each -> each.status() == 0 && each.errors().isEmpty());
        assertThat(first.output()).matches("a\\.mid: 28 notes heard, \\d+ answered \\(seed 7\\)\\.");
        assertThat(folder.resolve("b.mid")).hasSameBinaryContentAs(folder.resolve("a.mid"));
        assertThat(Files.readAllBytes(folder.resolve("c.mid")))
                .isNotEqualTo(Files.readAllBytes(folder.resolve("a.mid")));
        assertThat(notes("a.mid", "human")).isEqualTo(28);
        assertThat(notes("a.mid", "answer")).isGreaterThanOrEqualTo(8);
    }

    @Test
    void shouldShowWithoutAnyGearWhatItCanDo() throws Exception {
        Ended demo = place.runToEnd("demo", "--out", "made", "--seed", "3");
        assertThat(demo.errors()).isEmpty();
        assertThat(demo.status()).isZero();
        assertThat(demo.output())
                .contains("Answered:", "Latency:", "           made/answer.wav (you left, the answer right)");
        assertThat(demo.output().lines()).allMatch(line -> line.length() <= 80);
        assertThat(demo.output()).endsWith("and play: antiphon run");
        assertThat(notes("made/answer.mid", "answer")).isGreaterThanOrEqualTo(8);
        try (AudioInputStream wav = AudioSystem.getAudioInputStream(
                folder.resolve("made/answer.wav").toFile())) {
            assertThat(wav.getFormat().getSampleSizeInBits()).isEqualTo(16);
            assertThat(wav.getFrameLength() / wav.getFormat().getFrameRate()).isGreaterThan(4);
            assertThat(loudest(wav.readAllBytes())).isGreaterThan(1_000);
        }
    }

    /** Of 16-bit little-endian samples. */
    private static int loudest(byte[] samples) {
        int loudest = 0;
        for (int i = 0; i + 1 < samples.length; i += 2) {
            loudest = Math.max(loudest, Math.abs(samples[i + 1] << 8 | (samples[i] & 0xFF)));
        }
        return loudest;
    }

    @Test
    void shouldSayBeforeItPlaysThatTheDemoCannotBeWritten() throws Exception {
        Files.writeString(folder.resolve("file"), "");
        Ended demo = place.runToEnd("demo", "--out", "file");
        assertThat(demo.output()).isEmpty();
        assertThat(demo.errors())
                .isEqualTo("file: not a folder; allowed: a folder, new or not. Choose another --out.\n");
        assertThat(demo.status()).isEqualTo(1);
        Ended below = place.runToEnd("demo", "--out", "file/below");
        assertThat(below.output()).isEmpty();
        assertThat(below.errors().lines()).singleElement().asString().startsWith("file/below: cannot be made (");
    }

    @Test
    void shouldGenerateMusicOfTheLengthAskedFor() throws Exception {
        Ended generate = place.runToEnd("generate", "--seconds", "10", "--seed", "3", "-o", "made.mid");
        assertThat(generate.errors()).isEmpty();
        assertThat(generate.output()).matches("made\\.mid: \\d+ notes in 10 s \\(seed 3\\)\\.");
        MidiFile made = MidiFileReader.read(folder.resolve("made.mid"));
        assertThat(made.noteCount()).isGreaterThanOrEqualTo(10);
        assertThat(made.messages().endNanos()).isBetween(7_000_000_000L, 10_010_000_000L);
    }

    @Test
    void shouldGoFromMidiFilesToANetworkAndJudgeIt() throws Exception {
        importTwoRags();
        Ended train = place.with("OMP_NUM_THREADS", "1")
                .runToEnd(
                        "train",
                        "notes.csv",
                        "-o",
                        "tiny.safetensors",
                        "--epochs",
                        "1",
                        "--layers",
                        "1",
                        "--hidden",
                        "16",
                        "--embedding",
                        "8");
        assertThat(train.output()).contains("bits per note in training", "tiny.safetensors: written.");
        // Of what people need not know nothing, of what they do the progress.
        assertThat(train.errors()).doesNotContain("INFO").contains("events/s");
        assertThat(train.status()).isZero();
        assertThat(folder.resolve("tiny.png")).isNotEmptyFile();

        Ended eval = place.runToEnd("eval", "notes.csv", "--model", "tiny.safetensors", "--json");
        Map<String, Object> score = JSON.std.mapFrom(eval.output());
        assertThat(score).containsKeys("notes", "bitsPerNote", "fields");
        assertThat(score)
                .extractingByKey("bitsPerNote", InstanceOfAssertFactories.DOUBLE)
                .isBetween(5.0, 40.0);

        judgeAgainstCounts(eval);

        Ended inspect = place.runToEnd("model", "inspect", "tiny.safetensors");
        assertThat(inspect.output())
                .startsWith("tiny.safetensors: 1 LSTM layers of 16, ")
                .contains("lstm.0.w");
        assertThat(inspect.status()).isZero();
    }

    /** Counts of music that includes what is judged foresee it better than a network that has seen it once. */
    private void judgeAgainstCounts(Ended before) throws Exception {
        Ended counted = place.runToEnd("reference", CORPUS.toString(), "-o", "own.counts");
        assertThat(counted.output()).contains("values after contexts", "own.counts: written.");
        assertThat(counted.status()).isZero();
        Ended eval = place.runToEnd(
                "eval", "notes.csv", "--model", "tiny.safetensors", "--reference", "own.counts", "--json");
        Map<String, Object> score = JSON.std.mapFrom(eval.output());
        assertThat(score.get("bitsPerNote"))
                .isEqualTo(JSON.std.mapFrom(before.output()).get("bitsPerNote"));
        assertThat(bitsPerNote(score.get("ngram")))
                .isBetween(1.0, Math.min(bitsPerNote(score), bitsPerNote(score.get("unigram"))));

        Ended empty = place.runToEnd("eval", "notes.csv", "--model", "tiny.safetensors", "--split", "valid");
        assertThat(empty.errors()).startsWith("--split valid: none of 2 pieces is on that side; at least one needed.");
        assertThat(empty.status()).isEqualTo(2);
    }

    private static double bitsPerNote(@Nullable Object score) {
        assertThat(score).isInstanceOf(Map.class);
        return score instanceof Map<?, ?> map && map.get("bitsPerNote") instanceof Double bits ? bits : Double.NaN;
    }

    @Test
    void shouldSayWhichDataWithKnownBeatsIsMissing() throws Exception {
        Ended missing = place.runToEnd("eval", "--beats", ".");
        assertThat(missing.errors())
                .startsWith(".: no pop909, pop909_annotations, jazz_csv, openewld; ")
                .hasLineCount(1);
        assertThat(missing.status()).isEqualTo(1);
        Ended both = place.runToEnd("eval", "music", "--beats", ".");
        assertThat(both.errors()).startsWith("--beats and music: one of them allowed.");
        assertThat(both.status()).isEqualTo(2);
        Ended neither = place.runToEnd("eval");
        assertThat(neither.errors()).startsWith("Missing required parameter: 'CORPUS...'");
        assertThat(neither.status()).isEqualTo(2);
    }

    @Test
    void shouldJudgeTheTimeOfAnswersWithoutAnyCorpus() throws Exception {
        ModelFile model = RandomModel.of(8, 16, 1, 1);
        model.metadata().putAll(Map.of("vocabulary", Vocabulary.NAME, "embedding", "8", "hidden", "16", "layers", "1"));
        model.write(folder.resolve("tiny.safetensors"));
        Ended judged = place.runToEnd(
                "eval", "--in-time", "--seeds", "1", "--model", "tiny.safetensors", "--report", "time", "--json");
        assertThat(judged.status()).isZero();
        assertThat(JSON.std.mapFrom(judged.output())).containsKeys("command", "model", "beginners");
        assertThat(folder.resolve("time/in-time.json")).hasContent(judged.output());
        assertThat(folder.resolve("time/in-time.html")).isNotEmptyFile();
        assertThat(folder.resolve("time/in-time.png")).isNotEmptyFile();

        Ended both = place.runToEnd("eval", "music", "--in-time");
        assertThat(both.errors()).startsWith("--in-time and music: one of them allowed.");
        assertThat(both.status()).isEqualTo(2);
        Ended songs = place.runToEnd("eval", "music", "--songs", "3");
        assertThat(songs.status()).isEqualTo(2);
        assertThat(songs.errors()).startsWith("--songs: only with --harmony.");
        Ended beats = place.runToEnd("eval", "--in-time", "--beats", ".");
        assertThat(beats.errors()).startsWith("--beats and --in-time: one of them allowed.");
        Ended variant =
                place.runToEnd("eval", "--in-time", "--variant", "a:play.grid=0", "--model", "tiny.safetensors");
        assertThat(variant.errors()).startsWith("--variant a:play.grid=0: only with a corpus and --report.");
        Ended unknown = place.runToEnd("eval", "nowhere", "--report", "r", "--variant", "a:play.gird=0");
        assertThat(unknown.errors()).startsWith("--variant a:play.gird=0: play.gird: no such setting; did you mean");
        assertThat(unknown.status()).isEqualTo(2);
        Ended many = place.runToEnd("eval", "--in-time", "--seeds", "101", "--model", "tiny.safetensors");
        assertThat(many.errors()).startsWith("--seeds 101: allowed: 1 to 100.");
    }

    @Test
    void shouldAdaptAModelToAPlayersFilesAndSayWhatThatGained() throws Exception {
        importTwoRags();
        ModelFile model = RandomModel.of(8, 16, 1, 1);
        model.metadata().putAll(Map.of("vocabulary", Vocabulary.NAME, "embedding", "8", "hidden", "16", "layers", "1"));
        model.write(folder.resolve("base.safetensors"));

        Ended tuned = place.with("OMP_NUM_THREADS", "1")
                .runToEnd(
                        "train", "--from", "base.safetensors", "notes.csv", "-o", "mine.safetensors", "--epochs", "1");
        assertThat(tuned.output())
                .contains("Bits per note on held-out music (", "): before ", "mine.safetensors: written.");
        assertThat(tuned.status()).isZero();

        Ended wider = place.runToEnd(
                "train", "--from", "base.safetensors", "notes.csv", "-o", "wider.safetensors", "--hidden", "32");
        assertThat(wider.errors())
                .endsWith("base.safetensors: 1 x 16, embedding 8; 1 x 32, embedding 8 asked for; they must be equal."
                        + " Leave out --hidden, --layers and --embedding.\n");
        assertThat(wider.status()).isEqualTo(1);
    }

    @Test
    void shouldPrepareACorpusForOtherTrainers() throws Exception {
        Ended prepared = place.runToEnd("prepare", CORPUS.toString(), "-o", "events", "--passes", "2", "--seed", "3");
        assertThat(prepared.output()).contains("train-001.events: ", "valid.events: ", "prepared.json: written.");
        assertThat(prepared.status()).isZero();
        assertThat(JSON.std.mapFrom(Files.readString(folder.resolve("events/prepared.json"))))
                .containsEntry("passes", 2)
                .containsEntry("seed", 3);
        Ended none = place.runToEnd("prepare", CORPUS.toString(), "-o", "events", "--passes", "0");
        assertThat(none.errors()).isEqualTo("--passes: found 0; allowed: 1 to 1000.\n");
        assertThat(none.status()).isEqualTo(2);
    }

    private void importTwoRags() throws Exception {
        Path rags = Files.createDirectory(folder.resolve("rags"));
        for (String name : List.of("HunterC__PossumAndTaters__PossumAndTaters", "JoplinS__entertainer__entertainer")) {
            Files.copy(CORPUS.resolve(name + ".mid"), rags.resolve(name + ".mid"));
        }
        assertThat(place.runToEnd("import", "rags", "-o", "notes.csv").output())
                .contains("rags         kept     2 pieces, ")
                .containsPattern("notes\\.csv: \\d,\\d{3} notes of 2 pieces\\.");
        assertThat(folder.resolve("notes.csv"))
                .content()
                .startsWith("piece,voice,onset_seconds,duration_seconds,pitch,velocity,phrase,group\n");
    }

    @Test
    void shouldSayInALineWhatIsWrongWithAFileOrAFlag() throws Exception {
        Ended missing = place.runToEnd("rehearse", "missing.mid", "-o", "x.mid");
        assertThat(missing.errors()).isEqualTo("missing.mid: no such file. Check the name.\n");
        assertThat(missing.status()).isEqualTo(1);
        Ended flag = place.runToEnd("run", "--no-such-flag");
        assertThat(flag.errors()).isEqualTo("--no-such-flag: no such option.\nTry: antiphon run --help\n");
        assertThat(flag.status()).isEqualTo(2);
    }

    private int notes(String file, String track) {
        return MidiFileReader.read(folder.resolve(file)).tracks().stream()
                .filter(each -> each.name().equals(track))
                .mapToInt(each -> each.notes().size())
                .sum();
    }
}
