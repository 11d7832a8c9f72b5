package antiphon.improv.part;

import static org.assertj.core.api.Assertions.assertThat;

import antiphon.improv.Dials;
import antiphon.improv.Mode;
import antiphon.improv.Settings;
import antiphon.improv.listen.Phrase;
import org.junit.jupiter.api.Test;

class AnswerShapeTest {
    private static final long MILLI = 1_000_000L;
    private static final long SECOND = 1_000 * MILLI;
    private static final Settings CALL = Settings.standard(Mode.CALL);
    private static final Settings CONTINUE = Settings.standard(Mode.CONTINUE);

    private final Phrase call = new Phrase();
    private final AnswerShape shape = new AnswerShape();

    /** Twenty notes in four seconds, two keys at a time. */
    private void begin(Settings settings) {
        for (int i = 0; i < 20; i++) {
            call.noteBegan(60 + i, 80, i * (200 * MILLI), settings.restNanos());
            call.keysHeld(2);
        }
        call.noteEnded(70, 4_000 * MILLI);
        measure(settings, 0);
    }

    private void measure(Settings settings, long nanos) {
        Settings.Turn turn = settings.mode() == Mode.CALL ? settings.call() : settings.continuing();
        shape.measure(call, new Dials(settings), settings.mode() == Mode.CONTINUE, turn.length(), turn.maxNanos());
        shape.restart(nanos);
    }

    private void send(int notes) {
        for (int i = 0; i < notes; i++) {
            shape.noteSent(0);
        }
    }

    @Test
    void shouldNotEndBeforeAFairShareOfTheCall() {
        begin(CALL);
        send(9);
        assertThat(shape.mayEnd(3_000 * MILLI)).as("too few notes").isFalse();
        send(1);
        assertThat(shape.mayEnd(2_000 * MILLI)).as("too short").isFalse();
        assertThat(shape.mayEnd(3_000 * MILLI)).isTrue();
    }

    @Test
    void shouldBeDrawnToItsEndOnceItIsAsLongAsTheCall() {
        begin(CALL);
        assertThat(shape.endBias(3_900 * MILLI)).isZero();
        assertThat(shape.endBias(5_000 * MILLI)).isBetween(1.9, 2.1);
        assertThat(shape.isOver(5_500 * MILLI)).isFalse();
        assertThat(shape.isOver(5_600 * MILLI))
                .as("six seconds at most, of which two paces of the call's are for the ending")
                .isTrue();
    }

    @Test
    void shouldHoldBackWhenDenserThanTheCallAndHurryWhenThinner() {
        begin(CALL);
        send(5);
        assertThat(shape.patience(1_000 * MILLI)).isZero();
        send(10);
        assertThat(shape.patience(1_000 * MILLI)).isPositive();
        assertThat(shape.patience(10_000 * MILLI)).isNegative();
    }

    /** From nothing it goes on for minutes; what it played at first says nothing of what it plays now. */
    @Test
    void shouldBeNeitherSparserNorDenserThanMusicIsWhereNothingWasHeard() {
        measure(CONTINUE, 0);
        assertThat(shape.patience(0)).isZero();
        assertThat(shape.patience(4_000 * MILLI)).as("nothing yet").isNegative();
        for (int rate : new int[] {2, 8, 18}) {
            measure(CONTINUE, 0);
            for (int i = 0; i < 60 * 8; i++) {
                shape.noteSent(i * SECOND / 8);
            }
            for (int i = 0; i < 20 * rate; i++) {
                shape.noteSent(60 * SECOND + i * SECOND / rate);
            }
            double patience = shape.patience(80 * SECOND);
            assertThat(Math.signum(patience)).as("%d notes a second", rate).isEqualTo(Math.signum(rate - 8));
        }
    }

    /** Who plays a note or two is not answered with many, nor with chords. */
    @Test
    void shouldNotHurryWhereTooLittleWasHeardToSayHowDense() {
        call.noteBegan(60, 80, 0, CONTINUE.restNanos());
        call.keysHeld(1);
        call.noteEnded(60, 200 * MILLI);
        for (Settings settings : new Settings[] {CALL, CONTINUE}) {
            measure(settings, SECOND);
            send(8);
            assertThat(shape.patience(2 * SECOND)).as("8 notes a second").isGreaterThan(1);
            assertThat(shape.patience(5 * SECOND)).as("2 notes a second").isNegative();
            assertThat(shape.maxPolyphony()).isEqualTo(2);
        }
    }

    @Test
    void shouldUseOneVoiceMoreThanTheCall() {
        begin(CALL);
        assertThat(shape.maxPolyphony()).isEqualTo(3);
    }

    @Test
    void shouldHoldNotesInProportionToTheCalls() {
        begin(CALL);
        assertThat(shape.maxNoteNanos())
                .as("the call's longest lasts two seconds")
                .isEqualTo(3_000 * MILLI);
    }

    @Test
    void shouldAnswerAHeldChordAsALongCallOfFewNotes() {
        for (int i = 0; i < 4; i++) {
            call.noteBegan(60 + 3 * i, 80, i * (5 * MILLI), CALL.restNanos());
        }
        for (int i = 0; i < 4; i++) {
            call.stillSounds(60 + 3 * i, 3_000 * MILLI);
        }
        measure(CALL, 3_000 * MILLI);
        assertThat(shape.maxNoteNanos()).isEqualTo(4_500 * MILLI);
        assertThat(shape.isOver(6_600 * MILLI)).isFalse();
        send(4);
        assertThat(shape.patience(4_000 * MILLI))
                .as("four notes in a second are many for a pad")
                .isPositive();
    }

    @Test
    void shouldPlayOnWithoutEndInContinueMode() {
        begin(CONTINUE);
        send(1_000);
        assertThat(shape.mayEnd(3_600_000 * MILLI)).isFalse();
        assertThat(shape.isOver(3_600_000 * MILLI)).isFalse();
    }
}
