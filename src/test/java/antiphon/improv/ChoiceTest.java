package antiphon.improv;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ChoiceTest {
    private final Choice choice = new Choice();

    @Test
    void shouldTellOfThoseThatWereKeptAndOfWhatTheChosenOneTakesUp() {
        choice.begin(31, 1);
        choice.add(Origin.SEQUENCE, 0.42, 6.5);
        choice.add(Origin.DRAWN, 1, 6.25);
        choice.addMotif(2, 5, 4);
        assertThat(choice.number()).isEqualTo(1);
        assertThat(choice.tried()).isEqualTo(31);
        assertThat(choice.kept()).isEqualTo(2);
        assertThat(Choice.originOf(choice.about(0))).isEqualTo(Origin.SEQUENCE);
        assertThat(Choice.motifPercentOf(choice.about(0))).isEqualTo(42);
        assertThat(Choice.originOf(choice.about(choice.rank()))).isEqualTo(Origin.DRAWN);
        assertThat(Choice.motifPercentOf(choice.about(1))).isEqualTo(100);
        assertThat(choice.score(1)).isEqualTo(6.25);
        assertThat(choice.answerGroup(0)).isEqualTo(2);
        assertThat(choice.callGroup(0)).isEqualTo(5);
        assertThat(choice.length(0)).isEqualTo(4);
    }

    @Test
    void shouldBeginAnewAndLeaveOutMotifsForWhichThereIsNoRoom() {
        for (int i = 0; i < 2 * Choice.MAX_MOTIFS; i++) {
            choice.addMotif(i, i, 4);
        }
        assertThat(choice.motifs()).isEqualTo(Choice.MAX_MOTIFS);
        choice.begin(1, 0);
        assertThat(choice.motifs()).isZero();
        assertThat(choice.kept()).isZero();
    }
}
