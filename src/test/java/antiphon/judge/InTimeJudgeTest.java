package antiphon.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import antiphon.corpus.SteadyCall;
import antiphon.corpus.SteadyCalls;
import antiphon.improv.Mode;
import antiphon.improv.Settings;
import antiphon.model.RandomModel;
import antiphon.model.StackedLstm;
import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InTimeJudgeTest {
    private static final StackedLstm MODEL = new StackedLstm(RandomModel.of(8, 12, 1, 5));
    private static final List<SteadyCall> CALLS = SteadyCalls.read(Path.of("src/corpus/calls/calls.txt"));
    private static final long REST_NANOS = Settings.standard(Mode.CALL).restNanos();

    @TempDir
    Path folder;

    private static InTimeSet players(int seeds) {
        List<InTimeCall> calls = new ArrayList<>();
        CALLS.forEach(call -> calls.add(InTimeCall.of(call, calls.size())));
        return InTimeSet.of("all", "all", calls, InTimePlayers.of(calls, seeds, REST_NANOS));
    }

    private static InTimeRow row(InTimeSet set, String name) {
        return set.rows().stream()
                .filter(row -> row.contender().name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static double value(InTimeRow row, InTimeMeasure measure) {
        return row.means().figure(measure).value();
    }

    @Test
    void shouldRateTheCallItselfHighAndRandomOnsetsAsChance() {
        InTimeSet set = players(4);
        InTimeRow again = row(set, InTimePlayers.AGAIN);
        assertThat(value(again, InTimeMeasure.RESONANCE)).isGreaterThan(0.95);
        assertThat(value(again, InTimeMeasure.IN_PHASE)).isGreaterThan(0.95);
        assertThat(value(again, InTimeMeasure.ON_GRID)).isGreaterThan(0.98);
        assertThat(value(again, InTimeMeasure.SAME_TEMPO)).isEqualTo(1);
        assertThat(value(again, InTimeMeasure.ON_BEAT)).isGreaterThan(0.9);
        assertThat(again.swingFollowed()).isCloseTo(1, within(0.15));
        assertThat(again.rhythm().ofCall()).isEqualTo(1);
        assertThat(again.rhythm().ofOthers()).isLessThan(0.5);

        InTimeRow random = row(set, InTimePlayers.RANDOM);
        assertThat(value(random, InTimeMeasure.ON_GRID))
                .isCloseTo(value(random, InTimeMeasure.GRID_CHANCE), within(0.04));
        assertThat(value(random, InTimeMeasure.IN_PHASE)).isCloseTo(0, within(0.06));
        assertThat(value(random, InTimeMeasure.RESONANCE)).isLessThan(0.3);
        assertThat(value(random, InTimeMeasure.SAME_TEMPO)).isLessThan(0.35);
        assertThat(random.rhythm().ofCall()).isLessThan(0.1);
        assertThat(random.rhythm().otherCall()).isCloseTo(0, within(0.1));
    }

    /** It strings the call's intervals together: it has its tempo, but loses its beat. */
    @Test
    void shouldRateAMarkovChainBetweenThem() {
        InTimeRow chain = row(players(4), InTimePlayers.CONTINUATOR);
        assertThat(value(chain, InTimeMeasure.RESONANCE)).isBetween(0.7, 0.95);
        assertThat(value(chain, InTimeMeasure.ON_GRID)).isBetween(0.5, 0.95);
        assertThat(value(chain, InTimeMeasure.FIRST_HALF)).isGreaterThan(value(chain, InTimeMeasure.SECOND_HALF));
        assertThat(chain.rhythm().ofCall()).isGreaterThan(0.8);
    }

    /** Without that an answer would come in the middle of a call. */
    @Test
    void shouldShipOnlyCallsThatAreHeardAsOnePhrase() {
        for (SteadyCall call : CALLS) {
            long[] onsets =
                    call.notes().stream().mapToLong(note -> note.onsetNanos()).toArray();
            long soundsUntil = 0;
            for (int i = 0; i < onsets.length; i++) {
                if (i > 0) {
                    assertThat(onsets[i] - soundsUntil).as(call.name()).isLessThan(REST_NANOS);
                    assertThat(onsets[i] - onsets[i - 1]).as(call.name()).isLessThan(2_900_000_000L);
                }
                soundsUntil = Math.max(soundsUntil, call.notes().get(i).offsetNanos());
            }
        }
    }

    /** A network of random weights keeps time only because the grid makes it. */
    private static void assertGridHelps(InTimeSet set) {
        double chance = value(row(set, "improviser"), InTimeMeasure.GRID_CHANCE);
        assertThat(value(row(set, "improviser"), InTimeMeasure.ON_GRID)).isGreaterThan(0.8);
        assertThat(value(row(set, "improviser, grid 0"), InTimeMeasure.ON_GRID)).isCloseTo(chance, within(0.15));
    }

    @Test
    void shouldJudgeTheImproviserAndARivalAndWriteTheSameTwice() throws IOException {
        Path model = Files.writeString(folder.resolve("model.safetensors"), "stands for a model");
        List<InTimeReport> reports = new ArrayList<>();
        for (String name : List.of("one", "other")) {
            InTimeJudge.Rival rival = new InTimeJudge.Rival("rival", new StackedLstm(RandomModel.of(8, 12, 1, 6)));
            InTimeReport report = new InTimeJudge(CALLS.subList(0, 12), MODEL, List.of(rival), 2, line -> {}).judge();
            assertGridHelps(report.sets().getFirst());
            new InTimeFiles(report, model, "antiphon eval --in-time", "calls").write(folder.resolve(name));
            reports.add(report);
        }
        for (String name : List.of("in-time.json", "in-time.html", "in-time.png")) {
            assertThat(folder.resolve("one").resolve(name))
                    .hasSameBinaryContentAs(folder.resolve("other").resolve(name));
        }
        assertThat(String.join("\n", reports.getFirst().table()))
                .contains("12 steady calls", "rival, grid 0", "random onsets", "Ode to Joy")
                .doesNotContain("NaN");
        assertThat(Files.readString(folder.resolve("one/in-time.html")))
                .contains("<svg", "class=\"axis\"", "rival, grid 0")
                .doesNotContain("NaN", "<script");
        assertThat(ImageIO.read(folder.resolve("one/in-time.png").toFile()).getWidth())
                .isGreaterThan(2_000);
        Map<String, Object> json = JSON.std.mapFrom(Files.readString(folder.resolve("one/in-time.json")));
        assertThat(json).containsKeys("command", "model", "beginners");
        assertThat(json.get("beginners")).asString().contains("swingFollowed", "rhythmsOfItsCall", "gridChance");
    }
}
