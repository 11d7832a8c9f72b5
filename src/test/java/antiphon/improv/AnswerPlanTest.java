package antiphon.improv;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AnswerPlanTest {
    private static final long MILLI = 1_000_000L;

    private final Call call = new Call();
    private final AnswerPlan plan = new AnswerPlan();

    /** Twenty notes in four seconds, two keys at a time. */
    private void begin(Settings settings) {
        for (int i = 0; i < 20; i++) {
            call.noteBegan(60 + i, i * (200 * MILLI), settings.restNanos());
            call.keysHeld(2);
        }
        call.noteEnded(70, 4_000 * MILLI);
        plan.begin(call, settings, 0);
    }

    private void send(int notes) {
        for (int i = 0; i < notes; i++) {
            plan.noteSent();
        }
    }

    @Test
    void shouldNotEndBeforeAFairShareOfTheCall() {
        begin(Settings.call());
        send(9);
        assertThat(plan.mayEnd(3_000 * MILLI)).as("too few notes").isFalse();
        send(1);
        assertThat(plan.mayEnd(2_000 * MILLI)).as("too short").isFalse();
        assertThat(plan.mayEnd(3_000 * MILLI)).isTrue();
    }

    @Test
    void shouldBeDrawnToItsEndOnceItIsAsLongAsTheCall() {
        begin(Settings.call());
        assertThat(plan.endBias(3_900 * MILLI)).isZero();
        assertThat(plan.endBias(5_000 * MILLI)).isBetween(1.9, 2.1);
        assertThat(plan.isOver(5_900 * MILLI)).isFalse();
        assertThat(plan.isOver(6_000 * MILLI)).isTrue();
    }

    @Test
    void shouldHoldBackWhenDenserThanTheCallAndHurryWhenThinner() {
        begin(Settings.call());
        send(5);
        assertThat(plan.patience(1_000 * MILLI)).isZero();
        send(10);
        assertThat(plan.patience(1_000 * MILLI)).isPositive();
        assertThat(plan.patience(10_000 * MILLI)).isNegative();
    }

    @Test
    void shouldUseOneVoiceMoreThanTheCall() {
        begin(Settings.call());
        assertThat(plan.mostPolyphony()).isEqualTo(3);
    }

    @Test
    void shouldHoldNotesInProportionToTheCalls() {
        begin(Settings.call());
        assertThat(plan.mostNoteNanos())
                .as("the call's longest lasts two seconds")
                .isEqualTo(3_000 * MILLI);
    }

    @Test
    void shouldAnswerAHeldChordAsALongCallOfFewNotes() {
        for (int i = 0; i < 4; i++) {
            call.noteBegan(60 + 3 * i, i * (5 * MILLI), Settings.call().restNanos());
        }
        for (int i = 0; i < 4; i++) {
            call.stillSounds(60 + 3 * i, 3_000 * MILLI);
        }
        plan.begin(call, Settings.call(), 3_000 * MILLI);
        assertThat(plan.mostNoteNanos()).isEqualTo(4_500 * MILLI);
        assertThat(plan.isOver(7_000 * MILLI)).isFalse();
        send(4);
        assertThat(plan.patience(4_000 * MILLI))
                .as("four notes in a second are many for a pad")
                .isPositive();
    }

    @Test
    void shouldPlayOnWithoutEndInContinueMode() {
        begin(Settings.continuing());
        send(1_000);
        assertThat(plan.mayEnd(3_600_000 * MILLI)).isFalse();
        assertThat(plan.isOver(3_600_000 * MILLI)).isFalse();
    }
}
