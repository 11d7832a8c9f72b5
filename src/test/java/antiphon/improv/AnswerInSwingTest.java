package antiphon.improv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import antiphon.improv.Conversation.Sent;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The {@link Improviser} in answer to eighths that are swung, or not, and uneven as hands are. */
class AnswerInSwingTest {
    private static final long MILLI = Conversation.MILLI;
    private static final double NEAR_NANOS = 35e6;
    private static final int ANSWERS = 10;
    private static final int TAPS = 4;
    private static final int BEATS = TAPS + 14;
    private static final double[] TEMPOS = {110, 140, 180};
    private static final double[] IN_TWO = {0, 0.5};
    private static final double[] SWUNG = {0, 2 / 3.0};
    private static final double[] IN_THREE = {0, 1 / 3.0, 2 / 3.0};

    /** Where in the beat the notes of answers begin, 0 to 1, and the length of a beat. */
    private record Answers(List<Double> places, double beatNanos) {
        /** How far a place is from another one. */
        double offNanos(double place, double other) {
            return Math.abs(Math.IEEEremainder(place - other, 1)) * beatNanos;
        }

        /** How many of the notes that are not on a beat begin near one of these places. */
        double shareNear(double... others) {
            List<Double> offBeat = places.stream()
                    .filter(each -> offNanos(each, 0) > NEAR_NANOS)
                    .toList();
            assertThat(offBeat).hasSizeGreaterThan(2 * ANSWERS);
            return offBeat.stream()
                            .filter(each -> {
                                for (double other : others) {
                                    if (offNanos(each, other) <= NEAR_NANOS) {
                                        return true;
                                    }
                                }
                                return false;
                            })
                            .count()
                    / (double) offBeat.size();
        }
    }

    /** Answers to notes at these places of each beat, but not of every one. */
    private static Answers answers(double qpm, double[] places, int swingPercent, Division division) {
        double beatNanos = 60e9 / qpm;
        List<Double> found = new ArrayList<>();
        for (int seed = 1; seed <= ANSWERS; seed++) {
            Conversation talk = new Conversation(Settings.standard(Mode.CALL), seed);
            talk.set(Control.GRID, 100);
            talk.set(Control.SWING, swingPercent);
            talk.set(Control.DIVISION, division.number());
            SplittableRandom random = new SplittableRandom(seed);
            for (int beat = 0; division != Division.AUTO && beat < TAPS; beat++) {
                // The parts of a beat are no use where another beat is found.
                talk.until(Math.round(beat * beatNanos) + 10 * MILLI);
                talk.ask(Control.TAP);
            }
            for (int beat = TAPS; beat < BEATS; beat++) {
                for (double place : places) {
                    if (place == 0 || beat % 4 != 3) {
                        double at = (beat + place) * beatNanos + random.nextDouble(-8e6, 8e6);
                        // Else nothing tells which eighths are on the beat.
                        boolean low = place == 0 && (places == IN_TWO || places == IN_THREE);
                        talk.play(Math.round(at) + 10 * MILLI, (low ? 36 : 60) + random.nextInt(12), 80 * MILLI);
                    }
                }
            }
            talk.pass(15 * Conversation.SECOND);
            talk.sent().stream()
                    .filter(Sent::isOn)
                    .map(each -> (each.dueNanos() - 10e6) / beatNanos)
                    .forEach(each -> found.add(each - Math.floor(each)));
        }
        return new Answers(found, beatNanos);
    }

    @Test
    void shouldSwingAsTheHumanDoes() {
        for (double qpm : TEMPOS) {
            for (double place : new double[] {0.62, 2 / 3.0, 0.72}) {
                Answers answers = answers(qpm, new double[] {0, place}, 0, Division.AUTO);
                assertThat(answers.shareNear(place)).as("%s at %s", place, qpm).isGreaterThan(0.97);
            }
        }
    }

    @Test
    void shouldStayStraightWhereTheHumanDoes() {
        for (double qpm : TEMPOS) {
            assertThat(answers(qpm, IN_TWO, 0, Division.AUTO).shareNear(0.5))
                    .as("at %s", qpm)
                    .isGreaterThan(0.97);
        }
    }

    @Test
    void shouldNotTakeTripletsForSwing() {
        for (double qpm : new double[] {80, 110, 140}) {
            Answers answers = answers(qpm, IN_THREE, 0, Division.AUTO);
            assertThat(answers.shareNear(1 / 3.0, 2 / 3.0)).as("at %s", qpm).isGreaterThan(0.97);
            assertThat(answers.shareNear(1 / 3.0)).as("at %s", qpm).isGreaterThan(0.2);
        }
    }

    @Test
    void shouldSwingAsMuchAsIsSetWhateverTheHumanDoes() {
        for (double qpm : TEMPOS) {
            assertThat(answers(qpm, IN_TWO, 67, Division.AUTO).shareNear(0.67)).isGreaterThan(0.97);
            assertThat(answers(qpm, SWUNG, 50, Division.AUTO).shareNear(0.5)).isGreaterThan(0.97);
        }
    }

    @Test
    void shouldDivideTheBeatAsSet() {
        assertThat(answers(110, IN_TWO, 0, Division.TRIPLETS).shareNear(1 / 3.0, 2 / 3.0))
                .isGreaterThan(0.97);
        assertThat(answers(110, IN_THREE, 0, Division.EIGHTHS).shareNear(0.5)).isGreaterThan(0.97);
        Answers sixteenths = answers(110, IN_TWO, 0, Division.SIXTEENTHS);
        assertThat(sixteenths.shareNear(0.25, 0.5, 0.75)).isGreaterThan(0.97);
        assertThat(sixteenths.shareNear(0.25, 0.75)).isCloseTo(0.5, within(0.3));
    }
}
