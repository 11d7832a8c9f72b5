package antiphon.judge;

import static org.assertj.core.api.Assertions.assertThat;

import antiphon.corpus.Corpus;
import antiphon.corpus.SteadyCall;
import antiphon.corpus.SteadyCalls;
import antiphon.improv.Mode;
import antiphon.improv.Settings;
import antiphon.model.RandomModel;
import antiphon.model.StackedLstm;
import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import javax.imageio.ImageIO;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JudgeTest {
    private static final StackedLstm MODEL = new StackedLstm(RandomModel.of(8, 12, 1, 5));

    private static final List<SteadyCall> CALLS =
            SteadyCalls.read(Path.of("src/corpus/calls/calls.txt")).subList(0, 3);

    @TempDir
    Path folder;

    @Test
    void shouldWriteTheSameReportTwice() throws IOException {
        Path one = folder.resolve("new/one");
        Path other = folder.resolve("other");
        List<String> progress = new ArrayList<>();
        // At the same time: it takes half a minute.
        CompletableFuture<Void> second = CompletableFuture.runAsync(() -> writeUnchecked(other));
        String summary = write(one, progress);
        second.join();
        assertThat(summary)
                .contains(
                        "MISSED   network 10-way retrieval",
                        "parrot: misses",
                        "Held-out calls: 20 steady",
                        "Whole answers, Held-out calls (20)",
                        "Whole answers, Calls of one to three notes (4)",
                        "index.html")
                .doesNotContain("NaN");
        assertThat(progress).contains("answers, improviser: 40 of 40");
        for (String name : List.of(ReportFiles.JSON, ReportFiles.PAGE, ReportFiles.PICTURE, "in-time.png")) {
            assertThat(one.resolve(name)).hasSameBinaryContentAs(other.resolve(name));
        }
        assertThat(ImageIO.read(one.resolve(ReportFiles.PICTURE).toFile()).getWidth())
                .isGreaterThan(2_000);
        assertThat(Files.readString(one.resolve(ReportFiles.PAGE)))
                .contains(
                        "<svg",
                        "<h2>In time</h2>",
                        "<h2>Whole answers</h2>",
                        "<td>human</td>",
                        "prefers-color-scheme: dark",
                        "report.json")
                .doesNotContain("http://", "https://", "<script", "NaN");
        assertJson(JSON.std.mapFrom(Files.readString(one.resolve(ReportFiles.JSON))));
    }

    private static void assertJson(Map<String, Object> json) {
        assertThat(json)
                .containsEntry("calls", 20)
                .containsEntry("seeds", 2)
                .containsEntry("passed", false)
                .containsEntry("command", "antiphon eval made-up")
                .containsKeys("bars", "responseGain", "keyChange", "inTime", "wholeAnswers", "improviser", "parrot");
        assertThat((List<?>) json.get("perCall")).hasSize(20);
    }

    /** The same settings give the same answers, so nothing differs; a mute variant is silent. */
    @Test
    void shouldJudgeOtherSettingsBeside() throws IOException {
        Settings standard = Settings.standard(Mode.CALL);
        List<Variant> variants = List.of(new Variant("same", standard), new Variant("mute", muted(standard)));
        String summary = write(folder, variants, 1, new ArrayList<>());
        assertThat(summary).contains("same: misses", "mute: misses").doesNotContain("NaN");
        assertThat(Files.readString(folder.resolve(ReportFiles.PAGE))).contains("Other settings, ");
        Map<String, Object> json = JSON.std.mapFrom(Files.readString(folder.resolve(ReportFiles.JSON)));
        assertThat(json.get("variants"))
                .asInstanceOf(InstanceOfAssertFactories.MAP)
                .containsOnlyKeys("same", "mute");
        for (String set : List.of("corpus", "beginners", "short")) {
            assertThat(value(json, "wholeAnswers", set, "means", "network"))
                    .as(set)
                    .isEqualTo(value(json, "wholeAnswers", set, "means", "same"));
            assertThat(value(json, "wholeAnswers", set, "networkLess", "same", "notes", "high"))
                    .isEqualTo(0.0);
            assertThat(value(json, "wholeAnswers", set, "means", "mute", "silent", "value"))
                    .isEqualTo(1.0);
            assertThat(value(json, "wholeAnswers", set, "means", "Markov chain", "notes", "value"))
                    .isNotNull();
        }
        assertThat(value(json, "wholeAnswers", "corpus", "means", "human", "motifs", "value"))
                .isNotNull();
    }

    private static @Nullable Object value(Map<String, Object> json, String... path) {
        Object value = json;
        for (String name : path) {
            value = value instanceof Map<?, ?> map ? map.get(name) : null;
        }
        return value;
    }

    private static Settings muted(Settings settings) {
        return new Settings(
                settings.mode(),
                settings.temperature(),
                settings.topP(),
                settings.minP(),
                settings.call(),
                settings.continuing(),
                settings.density(),
                settings.registerSemitones(),
                settings.beat(),
                settings.maxPolyphony(),
                settings.commitNanos(),
                settings.leadNanos(),
                settings.immediateNanos(),
                settings.thruNanos(),
                settings.offsetNanos(),
                settings.channel(),
                settings.memory(),
                true,
                settings.ignoresDrums(),
                settings.inChannel(),
                settings.candidates(),
                settings.steer(),
                settings.together(),
                settings.band());
    }

    private void writeUnchecked(Path to) {
        try {
            write(to, new ArrayList<>());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private String write(Path to, List<String> progress) throws IOException {
        return write(to, List.of(), 2, progress);
    }

    private String write(Path to, List<Variant> variants, int seeds, List<String> progress) throws IOException {
        Path model = Files.writeString(folder.resolve("model.safetensors"), "stands for a model");
        Corpus corpus = new Corpus(MadeUpMusic.pieces(14, 6), "made up");
        InTimeJudge inTime = new InTimeJudge(CALLS, MODEL, List.of(), seeds, progress::add);
        return new Judge(MODEL, inTime, variants, 20, seeds, progress::add)
                .report(corpus, Optional.of(corpus), to, model, "antiphon eval made-up");
    }
}
