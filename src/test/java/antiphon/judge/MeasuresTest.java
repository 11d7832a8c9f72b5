package antiphon.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import antiphon.corpus.Piece;
import antiphon.music.Note;
import antiphon.music.Voice;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MeasuresTest {
    private static final Exchanges EXCHANGES = MadeUpMusic.exchanges(40);
    private static final TrainingRuns NOTHING = new TrainingRuns(List.of());

    private static Contender human() {
        return new Contender(
                "human",
                List.of(EXCHANGES.chosen().stream().map(Exchange::answer).toList()));
    }

    private static Copying copying(Contender contender) {
        return Copying.of(EXCHANGES, contender.answers(), NOTHING);
    }

    private static Judgement judged(Contender contender) {
        return Judge.judged(EXCHANGES, contender, copying(human()), NOTHING);
    }

    @Test
    void shouldGiveAHumanOneInAllThatCanBeFollowed() {
        Judgement judgement = judged(human());
        for (Trait trait : Trait.values()) {
            assertThat(judgement.follow(trait).r().value()).as(trait.text()).isCloseTo(1, within(1e-9));
        }
        assertThat(judgement.distribution().mean().value()).isCloseTo(1, within(0.05));
        assertThat(judgement.isPassed()).isTrue();
    }

    @Test
    void shouldFailTheParrotForCopyingAlone() {
        Judgement judgement = judged(Strawmen.parrot(EXCHANGES.chosen()));
        assertThat(Summary.missed(judgement.bars())).containsExactly("copied from the call");
        assertThat(judgement.copying().ofCall().value()).isEqualTo(1);
    }

    @Test
    void shouldFailTheStationaryPlayerForNotFollowing() {
        Judgement judgement = judged(Strawmen.stationary(EXCHANGES.chosen(), 3));
        assertThat(Summary.missed(judgement.bars()))
                .containsExactly(
                        "follow: key", "follow: tempo", "follow: density", "follow: register", "follow: velocity");
        assertThat(judgement.follow(Trait.REGISTER).r().value()).isBetween(-0.5, 0.4);
    }

    @Test
    void shouldFailWhoeverSaysNothing() {
        List<List<Note>> silence = Collections.nCopies(EXCHANGES.chosen().size(), List.of());
        Judgement judgement = judged(new Contender("silent", List.of(silence)));
        assertThat(judgement.follow(Trait.VELOCITY).r().value()).isCloseTo(0, within(1e-9));
        assertThat(judgement.copying().silent().value()).isEqualTo(1);
        assertThat(Summary.missed(judgement.bars())).contains("silent or one note", "distribution distance / d0");
    }

    @Test
    void shouldNotMeasureFollowingWhereHumansDoNotFollow() {
        int[] clusters = IntStream.range(0, 50).toArray();
        double[] up = IntStream.range(0, 50).mapToDouble(i -> i % 5).toArray();
        double[] down = IntStream.range(0, 50).mapToDouble(i -> 4 - i % 5).toArray();
        assertThat(Follow.of(Trait.KEY, clusters, up, down, up).r().isKnown()).isFalse();
    }

    @Test
    void shouldMoveTheDistanceWithTheSound() {
        List<List<Note>> louder = EXCHANGES.chosen().stream()
                .map(each -> each.answer().stream()
                        .map(note -> new Note(Voice.ANSWER, note.onsetNanos(), note.durationNanos(), note.pitch(), 127))
                        .toList())
                .toList();
        Distribution distribution = Distribution.of(EXCHANGES, new Contender("loud", List.of(louder)));
        assertThat(distribution.ratios().get(Feature.VELOCITY)).isGreaterThan(3);
        assertThat(distribution.ratios().get(Feature.INTERVAL)).isCloseTo(1, within(0.2));
    }

    @Test
    void shouldFindCopiesInOtherKeysAndRepetition() {
        int[] call = {2, 2, 1, 2, 2, -3};
        assertThat(Copying.ofCall(call, new int[] {2, 2, 1, 2, 2, -3})).isEqualTo(1);
        assertThat(Copying.ofCall(call, new int[] {7, 2, 2, 1, 2, 9, 9, 9, 9})).isEqualTo(0.5);
        assertThat(Copying.ofCall(call, new int[] {2, 2, 1})).isZero();
        assertThat(Copying.repeated(new int[] {1, 1, 1, 1, 1, 1, 1, 1})).isEqualTo(0.8);
        assertThat(Copying.repeated(new int[] {1, 2, 3, 4, 5, 6, 7, 8})).isZero();
    }

    @Test
    void shouldFindTheLongestRunOfTheTrainingData() {
        List<Piece> pieces = MadeUpMusic.pieces(5, 4);
        TrainingRuns training = new TrainingRuns(pieces);
        int[] steps = Copying.steps(pieces.get(3).performance().notes());
        int[] copy = java.util.Arrays.copyOfRange(steps, 20, 41);
        assertThat(training.longest(copy)).isEqualTo(22);
        copy[15] = 99;
        assertThat(training.longest(copy)).isEqualTo(16);
        assertThat(training.longest(new int[] {90, 80, -70, 60, 50})).isZero();
        assertThat(NOTHING.isEmpty()).isTrue();
    }

    @Test
    void shouldCountNotesUntilTheKeyIsBack() {
        List<KeyChange.Session> sessions = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            List<Boolean> after =
                    IntStream.range(0, 40).mapToObj(note -> note >= 12).toList();
            sessions.add(new KeyChange.Session("p" + i, Collections.nCopies(30, true), after));
        }
        KeyChange change = KeyChange.of(sessions);
        assertThat(change.before().value()).isEqualTo(1);
        assertThat(change.notes().value()).isEqualTo(12);
        assertThat(change.after().getFirst()).isZero();
        assertThat(KeyChange.of(List.of()).notes().isKnown()).isFalse();
    }

    @Test
    void shouldNeverComeBackIfTheKeyIsNotFollowed() {
        List<KeyChange.Session> deaf =
                List.of(new KeyChange.Session("p", Collections.nCopies(30, true), Collections.nCopies(40, false)));
        assertThat(KeyChange.of(deaf).notes().isKnown()).isFalse();
    }
}
