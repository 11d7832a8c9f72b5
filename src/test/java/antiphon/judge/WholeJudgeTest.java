package antiphon.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import antiphon.corpus.SteadyCall;
import antiphon.corpus.SteadyCalls;
import antiphon.music.Note;
import antiphon.music.Voice;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WholeJudgeTest {
    private static final List<SteadyCall> BEGINNERS = SteadyCalls.read(Path.of("src/corpus/calls/calls.txt"));

    private static WholeCall call(String name, int group, int... pitches) {
        List<Note> notes = MadeUpMusic.melody(Voice.HUMAN, pitches);
        long turnNanos = notes.getLast().offsetNanos();
        return WholeCall.ofAlone(name, group, new Phrase(0, turnNanos, 0, notes));
    }

    private static WholeSet set(List<WholeCall> calls, Contender... contenders) {
        return WholeSet.of("all", "all", WholeMeasure.ALL, calls, List.of(contenders));
    }

    private static Contender contender(String name, List<List<Note>> answers) {
        return new Contender(name, List.of(answers));
    }

    private static double value(WholeRow row, WholeMeasure measure) {
        return row.means().figure(measure).value();
    }

    @Test
    void shouldTakeWhatAllCallsHaveFromTheMotifsThatAnAnswerHas() {
        List<WholeCall> calls = List.of(
                call("up", 0, 60, 62, 64, 65, 67, 69),
                call("the same up", 1, 60, 62, 64, 65, 67, 69),
                call("down", 2, 72, 71, 69, 67, 65, 64));
        // Motifs +2 +2 +1 and +2 +1 +2 of the first and the second; the third takes up nothing.
        List<Note> up = MadeUpMusic.melody(Voice.ANSWER, 60, 62, 64, 65, 67);
        WholeRow row = set(calls, contender("x", List.of(up, up, up))).rows().getFirst();
        assertThat(row.means().ofCall(0, WholeMeasure.MOTIFS)).isEqualTo(1);
        // Half of the other calls have them too.
        assertThat(row.means().ofCall(0, WholeMeasure.MOTIF_LIFT)).isEqualTo(0.5);
        assertThat(row.means().ofCall(2, WholeMeasure.MOTIFS)).isZero();
        assertThat(row.means().ofCall(2, WholeMeasure.MOTIF_LIFT)).isEqualTo(-1);
        assertThat(value(row, WholeMeasure.MOTIFS)).isCloseTo(2.0 / 3, within(1e-9));
        assertThat(value(row, WholeMeasure.MOTIF_LIFT)).isCloseTo(0, within(1e-9));
        assertThat(row.means().figure(WholeMeasure.MOTIFS).low()).isLessThan(0.5);
    }

    @Test
    void shouldNotCompareWithCallsOfTheSamePiece() {
        List<WholeCall> calls = List.of(call("one", 0, 60, 62, 64, 65, 67), call("one, later", 0, 60, 62, 64, 65, 67));
        List<Note> up = MadeUpMusic.melody(Voice.ANSWER, 60, 62, 64, 65, 67);
        WholeRow row = set(calls, contender("x", List.of(up, up))).rows().getFirst();
        assertThat(value(row, WholeMeasure.MOTIFS)).isEqualTo(1);
        assertThat(row.means().figure(WholeMeasure.MOTIF_LIFT).isKnown()).isFalse();
    }

    @Test
    void shouldMeasureTheWaitFromTheLastOnsetAndFromTheRelease() {
        List<WholeCall> calls = List.of(call("one", 0, 60, 62, 64));
        List<Note> late = List.of(MadeUpMusic.note(Voice.ANSWER, 0.7, 0.5, 60, 64));
        WholeRow row = set(calls, contender("x", List.of(late))).rows().getFirst();
        assertThat(value(row, WholeMeasure.AFTER_RELEASE)).isCloseTo(0.7, within(1e-9));
        assertThat(value(row, WholeMeasure.AFTER_ONSET)).isCloseTo(0.9, within(1e-9));
        // Three notes in 0.7 s; one in 0.5 s.
        assertThat(value(row, WholeMeasure.CALL_DENSITY)).isCloseTo(3 / 0.7, within(1e-9));
        assertThat(value(row, WholeMeasure.DENSER)).isCloseTo(2 * 0.7 / 3, within(1e-9));
    }

    @Test
    void shouldMarkWhatDiffersCallByCall() {
        List<WholeCall> calls = new ArrayList<>();
        List<List<Note>> some = new ArrayList<>();
        List<List<Note>> more = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            calls.add(call("c" + i, i, 60, 62, 64, 65));
            // The number of notes differs much from call to call, but always by one from contender to contender.
            some.add(MadeUpMusic.melody(Voice.ANSWER, new int[2 + 3 * i]));
            more.add(MadeUpMusic.melody(Voice.ANSWER, new int[3 + 3 * i]));
        }
        WholeSet set = set(calls, contender("network", some), contender("more", more), contender("same", some));
        assertThat(WholeTable.isOther(set, WholeMeasure.NOTES, set.rows().get(1)))
                .isTrue();
        assertThat(WholeTable.isOther(set, WholeMeasure.NOTES, set.rows().get(2)))
                .isFalse();
        assertThat(set.rows().getFirst().means().less(set.rows().get(1).means(), WholeMeasure.NOTES))
                .isEqualTo(new Interval(-1, -1, -1));
        assertThat(WholeTable.cell(WholeMeasure.NOTES, set.rows().getFirst())).startsWith("18.50 [");
    }

    @Test
    void shouldShowThatAParrotCopiesAllAndAMarkovChainTakesMotifsUp() {
        List<InTimeCall> steady = new ArrayList<>();
        BEGINNERS.forEach(call -> steady.add(InTimeCall.of(call, steady.size())));
        List<WholeCall> calls = steady.stream().map(WholeCall::of).toList();
        WholeSet set = set(
                calls,
                contender(
                        "parrot",
                        calls.stream()
                                .map(call -> call.phrase().asAnswer(700_000_000L))
                                .toList()),
                Contender.of(
                        "chain",
                        calls.size(),
                        2,
                        (seed, call) -> InTimePlayers.continued(calls.get(call).phrase(), 700_000_000L, seed)));
        WholeRow parrot = set.rows().getFirst();
        WholeRow chain = set.rows().get(1);
        // Not all, because some calls repeat a pitch four times, which is no motif.
        assertThat(value(parrot, WholeMeasure.MOTIFS)).isBetween(0.95, 0.999);
        assertThat(value(parrot, WholeMeasure.AT_PITCH)).isEqualTo(value(parrot, WholeMeasure.MOTIFS));
        assertThat(value(parrot, WholeMeasure.VARIATION)).isZero();
        assertThat(value(parrot, WholeMeasure.COPIED)).isGreaterThan(0.85);
        assertThat(value(parrot, WholeMeasure.DENSER)).isEqualTo(1);
        assertThat(value(chain, WholeMeasure.MOTIF_LIFT)).isBetween(0.2, 1.0);
        assertThat(value(chain, WholeMeasure.COPIED)).isLessThan(value(parrot, WholeMeasure.COPIED));
    }

    @Test
    void shouldKeepTheTrueEndsOfWhatPeopleAnswered() {
        Exchanges exchanges = MadeUpMusic.exchanges(20);
        for (Exchange exchange : exchanges.all()) {
            assertThat(exchange.ringing()).hasSameSizeAs(exchange.answer());
            for (int i = 0; i < exchange.answer().size(); i++) {
                Note cut = exchange.answer().get(i);
                Note whole = exchange.ringing().get(i);
                assertThat(whole.onsetNanos()).isEqualTo(cut.onsetNanos());
                assertThat(whole.pitch()).isEqualTo(cut.pitch());
                assertThat(whole.durationNanos()).isGreaterThanOrEqualTo(cut.durationNanos());
            }
        }
    }

    @Test
    void shouldFindTheTonicOfTunes() {
        Map<String, String> keys = new HashMap<>();
        BEGINNERS.forEach(call -> keys.put(call.name(), Key.ofTune(call.notes()).text()));
        assertThat(keys)
                .containsEntry("Twinkle, twinkle", "C major")
                .containsEntry("Ode to Joy, both hands", "C major")
                .containsEntry("Haenschen klein", "C major")
                .containsEntry("Mary had a little lamb", "C major")
                .containsEntry("Greensleeves", "A minor")
                .containsEntry("Amazing grace", "G major")
                .containsEntry("Waltz with bass and chords", "C major")
                .containsEntry("Chorale in quarters", "G major")
                .containsEntry("Habanera bass and a tune", "D minor")
                .containsEntry("One note, in eighths", "A major");
    }

    @Test
    void shouldJudgeEndingsByTheKeyOfTheCall() {
        assertThat(new Key(9, true).isInTonicTriad(60)).isTrue();
        assertThat(new Key(9, true).isInTonicTriad(61)).isFalse();
        assertThat(new Key(9, false).isInTonicTriad(61)).isTrue();
        assertThat(new Key(9, false).isInTonicTriad(64)).isTrue();
        assertThat(new Key(9, false).isInTonicTriad(69)).isTrue();
        assertThat(new Key(9, false).isInTonicTriad(62)).isFalse();
    }
}
