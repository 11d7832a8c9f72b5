package antiphon.improv.part;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import antiphon.improv.Choice;
import antiphon.improv.listen.NoteList;
import antiphon.improv.listen.Pulse;
import antiphon.improv.part.Critic.Feature;
import antiphon.model.CriticWeights;
import org.junit.jupiter.api.Test;

class CriticTest {
    private static final long BEAT = 500_000_000L;
    private static final int C_MAJOR = 0;
    private static final int[] CALL = {60, 62, 64, 67, 64, 62, 60};

    private final Critic critic = new Critic();
    private final Pulse pulse = new Pulse();

    CriticTest() {
        critic.weigh(Critic.usual());
    }

    private static NoteList line(int... pitches) {
        NoteList notes = new NoteList();
        for (int i = 0; i < pitches.length; i++) {
            notes.began(pitches[i], 80, i * BEAT);
            notes.ended(pitches[i], i * BEAT + BEAT * 9 / 10);
        }
        return notes;
    }

    private double judge(NoteList answer) {
        return critic.judge(line(CALL), answer, C_MAJOR, pulse, 6 * answer.size(), true);
    }

    @SuppressWarnings("EnumOrdinal") // The features have that order.
    private double counted(Feature feature) {
        return critic.feature(feature.ordinal());
    }

    @Test
    void shouldHaveAWeightForEachFeature() {
        assertThat(Feature.values()).hasSize(CriticWeights.COUNT);
    }

    @Test
    void shouldFindTheCallsMotifsInAnotherKey() {
        judge(line(65, 67, 69, 72, 60, 71, 65));
        assertThat(counted(Feature.MOTIFS)).as("one of four: 2, 2, 3").isEqualTo(0.25);
        assertThat(counted(Feature.RHYTHMS)).isEqualTo(1);
        judge(line(CALL));
        assertThat(counted(Feature.MOTIFS)).isEqualTo(1);
        assertThat(counted(Feature.COPIED)).isEqualTo(1);
    }

    @Test
    void shouldPreferATuneThatTakesUpTheCallToOneRepeatedNoteAndToNone() {
        double takenUp = judge(line(65, 67, 69, 72, 71, 69, 67, 72));
        assertThat(takenUp).isGreaterThan(judge(line(60, 60, 60, 60, 60, 60, 60, 60)));
        assertThat(takenUp).isGreaterThan(judge(line(61, 68, 54, 70, 59, 73, 56, 66)));
    }

    /** The weights like whatever shares motifs and rhythms. */
    @Test
    void shouldMarkDownAPlainCopyMoreThanWhatTakesUpSomeOfIt() {
        NoteList varied = line(65, 67, 69, 72, 71, 69, 60);
        NoteList copy = line(72, 74, 76, 79, 76, 74, 72);
        double copied = judge(copy);
        double takenUp = judge(varied);
        critic.limitLikeness(true);
        assertThat(copied - judge(copy)).isGreaterThan(takenUp - judge(varied) + 2);
        assertThat(judge(copy)).isLessThan(judge(varied));
        critic.limitLikeness(false);
        assertThat(judge(copy)).isEqualTo(copied);
    }

    @Test
    void shouldPreferOfTwoThatAreAsGoodTheOneForWhichNobodyWaits() {
        NoteList answer = line(65, 67, 69, 72, 71, 69, 60);
        double anyTime = judge(answer);
        critic.awaitFrom(0);
        assertThat(judge(answer)).isEqualTo(anyTime);
        critic.awaitFrom(-BEAT);
        assertThat(judge(answer)).as("half a second later").isCloseTo(anyTime - 0.5, within(1e-9));
    }

    /** A cadence was answered by its first chord, six times. */
    @Test
    void shouldMarkDownAnAnswerThatStandsStillWhereTheCallDoesNot() {
        NoteList still = line(67, 67, 67, 67, 67, 67, 60);
        double after = judge(still);
        double before = critic.judge(line(67, 67, 67, 67, 67, 67, 64), still, C_MAJOR, pulse, 42, true);
        assertThat(before - after).as("beside a call that stands still as well").isGreaterThan(2);
    }

    /** The upper notes of a cadence may lie still while its chords move. */
    @Test
    void shouldHearWhetherChordsMoveUnderATopThatStays() {
        int[] tonic = {48, 64, 67, 72};
        int[] subdominant = {53, 65, 69, 72};
        NoteList cadence = chords(tonic, tonic, subdominant, subdominant, tonic, tonic);
        NoteList still = chords(tonic, tonic, tonic, tonic, tonic, tonic);
        double cost = critic.judge(still, still, C_MAJOR, pulse, 100, true)
                - critic.judge(cadence, still, C_MAJOR, pulse, 100, true);
        assertThat(cost).as("beside a call that stands still as well").isGreaterThan(3);
        assertThat(critic.judge(cadence, cadence, C_MAJOR, pulse, 100, true))
                .isGreaterThan(critic.judge(cadence, still, C_MAJOR, pulse, 100, true) + 3);
    }

    private static NoteList chords(int[]... chords) {
        NoteList notes = new NoteList();
        for (int i = 0; i < chords.length; i++) {
            for (int pitch : chords[i]) {
                notes.began(pitch, 80, i * BEAT);
            }
            for (int pitch : chords[i]) {
                notes.ended(pitch, i * BEAT + BEAT / 2);
            }
        }
        return notes;
    }

    @Test
    void shouldFindWhereAMotifIsTakenUp() {
        Choice choice = new Choice();
        critic.findMotifs(line(CALL), line(70, 71, 65, 67, 69, 72, 60), choice);
        assertThat(choice.motifs()).isEqualTo(1);
        assertThat(choice.answerGroup(0)).isEqualTo(2);
        assertThat(choice.callGroup(0)).isZero();
        assertThat(choice.length(0)).isEqualTo(4);
    }

    @Test
    void shouldPreferAnEndOnTheTonicThatIsHeld() {
        NoteList held = line(64, 65, 67, 65, 64, 62);
        held.began(60, 80, 6 * BEAT);
        held.ended(60, 8 * BEAT);
        NoteList open = line(64, 65, 67, 65, 64, 62);
        open.began(61, 80, 6 * BEAT);
        open.ended(61, 6 * BEAT + BEAT / 4);
        assertThat(judge(held)).isGreaterThan(judge(open));
        judge(held);
        assertThat(counted(Feature.ENDS_ON_TONIC)).isEqualTo(1);
        assertThat(counted(Feature.ENDS_LONG)).isPositive();
        judge(open);
        assertThat(counted(Feature.ENDS_IN_TRIAD)).isZero();
        assertThat(counted(Feature.ENDS_LONG)).isNegative();
    }

    @Test
    void shouldCountTheShareInTheScaleOfTheKey() {
        judge(line(60, 61, 62, 63));
        assertThat(counted(Feature.IN_KEY)).isEqualTo(0.5);
        critic.judge(line(CALL), line(57, 59, 60, 68), 12 + 9, pulse, 0, true);
        assertThat(counted(Feature.IN_KEY))
                .as("A minor with its raised seventh")
                .isEqualTo(1);
    }

    @Test
    void shouldJudgeSilenceAndOneNoteWithoutFailing() {
        assertThat(judge(new NoteList())).isFinite();
        assertThat(judge(line(60))).isFinite();
        assertThat(critic.judge(new NoteList(), line(60, 62), -1, pulse, 3, false))
                .isFinite();
    }
}
