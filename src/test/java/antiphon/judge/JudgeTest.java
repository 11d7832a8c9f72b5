package antiphon.judge;

import static org.assertj.core.api.Assertions.assertThat;

import antiphon.corpus.Corpus;
import antiphon.corpus.SteadyCall;
import antiphon.corpus.SteadyCalls;
import antiphon.model.RandomModel;
import antiphon.model.StackedLstm;
import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.imageio.ImageIO;
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
        String summary = write(one, progress);
        write(other, new ArrayList<>());
        assertThat(summary)
                .contains(
                        "MISSED   network 10-way retrieval",
                        "parrot: misses",
                        "Held-out calls: 20 steady",
                        "index.html");
        assertThat(progress).contains("answers: 20 of 20, seed 2 of 2");
        for (String name : List.of(ReportFiles.JSON, ReportFiles.PAGE, ReportFiles.PICTURE, "in-time.png")) {
            assertThat(one.resolve(name)).hasSameBinaryContentAs(other.resolve(name));
        }
        assertThat(ImageIO.read(one.resolve(ReportFiles.PICTURE).toFile()).getWidth())
                .isGreaterThan(2_000);
        assertThat(Files.readString(one.resolve(ReportFiles.PAGE)))
                .contains("<svg", "<h2>In time</h2>", "<td>human</td>", "prefers-color-scheme: dark", "report.json")
                .doesNotContain("http://", "https://", "<script", "NaN");
        Map<String, Object> json = JSON.std.mapFrom(Files.readString(one.resolve(ReportFiles.JSON)));
        assertThat(json)
                .containsEntry("calls", 20)
                .containsEntry("seeds", 2)
                .containsEntry("passed", false)
                .containsEntry("command", "antiphon eval made-up")
                .containsKeys(
                        "bars", "responseGain", "keyChange", "inTime", "improviser", "parrot", "stationary player");
        assertThat((List<?>) json.get("perCall")).hasSize(20);
    }

    private String write(Path to, List<String> progress) throws IOException {
        Path model = Files.writeString(folder.resolve("model.safetensors"), "stands for a model");
        Corpus corpus = new Corpus(MadeUpMusic.pieces(14, 6), "made up");
        InTimeJudge inTime = new InTimeJudge(CALLS, MODEL, List.of(), 1, progress::add);
        return new Judge(MODEL, inTime, 20, 2, progress::add)
                .report(corpus, Optional.of(corpus), to, model, "antiphon eval made-up");
    }
}
