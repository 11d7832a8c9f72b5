package antiphon.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class BenchMatchTest {
    private static final int RATE = 48_000;
    private static final int PERIOD = 64;
    private static final int ANSWER_DELAY = 112;

    private final BenchSchedule schedule = BenchSchedule.of(2500, 500, RATE, 7);

    /** What a witness writes; what comes back is written as it is added. */
    private static final class Witness {
        private final List<String> lines = new ArrayList<>(List.of("rate 48000", "period 64", "xruns 3"));

        Witness(BenchSchedule schedule) {
            for (int i = 0; i < schedule.messages().length; i++) {
                lines.add("s " + schedule.frames()[i] + " " + schedule.frames()[i] + " "
                        + Integer.toHexString(schedule.messages()[i]));
            }
        }

        void hears(long frame, int message) {
            lines.add("a " + frame + " " + Integer.toHexString(message));
        }

        BenchMatch match() {
            BenchRecord record = BenchRecord.parse(lines);
            return new BenchMatch(record, record.program(), BenchMatch.Answers.EACH);
        }
    }

    /** Thru and answers to all messages but those left out. */
    private BenchMatch heardWithout(int thruLost, int answerLost) {
        Witness witness = new Witness(schedule);
        for (int i = 0; i < schedule.messages().length; i++) {
            if (i != thruLost) {
                witness.hears(schedule.frames()[i] + PERIOD, schedule.messages()[i]);
            }
            if (i != answerLost) {
                // Another pitch, as a harmony's.
                witness.hears(schedule.frames()[i] + ANSWER_DELAY, schedule.messages()[i] + 0x01_03_00);
            }
        }
        return witness.match();
    }

    @Test
    void shouldCallItAFailureOfTheMeasurementWhenTheBaselineLostEverything() {
        List<String> lines = new ArrayList<>(List.of("s 0 0 903c40", "s 10 10 803c40"));
        assertThatThrownBy(() -> BenchRun.requireBaseline("idle-alone", BenchRecord.parse(lines)))
                .isInstanceOf(BenchException.class)
                .hasMessage("bench: idle-alone: the baseline in C lost all 2 messages; some must come back. The"
                        + " measurement failed, not antiphon: is JACK or the machine overloaded? Try again.");
        lines.add("e 64 903c40");
        assertThatCode(() -> BenchRun.requireBaseline("idle-alone", BenchRecord.parse(lines)))
                .doesNotThrowAnyException();
    }

    @Test
    void shouldNotLookAtWhatAPartnerPlaysWhoDoesNotAnswerEachNote() {
        Witness witness = new Witness(schedule);
        for (int i = 0; i < schedule.messages().length; i++) {
            witness.hears(schedule.frames()[i] + PERIOD, schedule.messages()[i]);
        }
        witness.hears(schedule.frames()[0] + ANSWER_DELAY, schedule.messages()[0] + 0x01_03_00);
        BenchRecord record = BenchRecord.parse(witness.lines);
        BenchMatch match = new BenchMatch(record, record.program(), BenchMatch.Answers.NOT_EACH);
        assertThat(match.thru().lost()).isZero();
        assertThat(match.answers().size()).isZero();
        assertThat(match.surplus()).isZero();
        assertThat(match.hanging()).isZero();
        assertThat(witness.match().hanging()).as("where each note is answered").isEqualTo(1);
    }

    @Test
    void shouldMatchAnswersBesideWhatOtherPartsPlay() {
        Witness witness = new Witness(schedule);
        for (int i = 0; i < schedule.messages().length; i++) {
            witness.hears(schedule.frames()[i] + PERIOD, schedule.messages()[i]);
            witness.hears(schedule.frames()[i] + ANSWER_DELAY, schedule.messages()[i] + 0x01_00_00);
        }
        witness.hears(schedule.frames()[0] + ANSWER_DELAY, schedule.messages()[0] + 0x03_03_00);
        BenchRecord record = BenchRecord.parse(witness.lines);
        BenchMatch match = new BenchMatch(record, record.program(), BenchMatch.Answers.EACH_BESIDE_PARTS);
        assertThat(match.answers().otherThan(ANSWER_DELAY)).isZero();
        assertThat(match.surplus()).isZero();
        assertThat(match.hanging()).isZero();
        assertThat(witness.match().surplus())
                .as("where there are no other parts")
                .isEqualTo(1);
    }

    @Test
    void shouldFindEveryThruAndEveryAnswer() {
        BenchMatch match = heardWithout(-1, -1);
        assertThat(match.thru().size()).isEqualTo(5000);
        assertThat(match.thru().otherThan(PERIOD)).isZero();
        assertThat(match.thru().jitter()).isZero();
        assertThat(match.answers().size()).isEqualTo(2500);
        assertThat(match.answers().otherThan(ANSWER_DELAY)).isZero();
        assertThat(match.releases().otherThan(ANSWER_DELAY)).isZero();
        assertThat(match.answers().percentile(99.9)).isEqualTo(ANSWER_DELAY);
        assertThat(match.surplus()).isZero();
        assertThat(match.hanging()).isZero();
    }

    @Test
    void shouldCountALostThruOnceAndKeepTheOthers() {
        BenchMatch match = heardWithout(101, -1);
        assertThat(match.thru().lost()).isEqualTo(1);
        assertThat(match.thru().otherThan(PERIOD)).isEqualTo(1);
        assertThat(match.thru().max()).isEqualTo(PERIOD);
        assertThat(match.surplus()).isZero();
        assertThat(match.hanging()).isEqualTo(1);
    }

    @Test
    void shouldLoseOneAnswerOnlyAndBeRightAgainInTheNextBlock() {
        BenchMatch match = heardWithout(-1, 200);
        assertThat(match.answers().lost()).isEqualTo(1);
        // From note 100 to the end of the first block the order is off by one: late, never early.
        assertThat(match.answers().min()).isEqualTo(ANSWER_DELAY);
        assertThat(match.answers().longerThan(ANSWER_DELAY)).isBetween(800L, 900L);
    }

    @Test
    void shouldCountWhatNothingAccountsFor() {
        Witness witness = new Witness(schedule);
        witness.hears(0, 0x95_40_40);
        witness.hears(1, 0x90_01_01);
        witness.hears(schedule.frames()[0] - 1, 0x91_40_40);
        BenchMatch match = witness.match();
        assertThat(match.surplus()).isEqualTo(3);
        assertThat(match.hanging()).isEqualTo(3);
        assertThat(match.thru().lost()).isEqualTo(5000);
        assertThat(match.answers().max()).isZero();
    }

    @Test
    void shouldTellOurOwnLapsesFromTheMachines() {
        Latencies ours = new Latencies(new long[] {64, 128, 64, -1, 64});
        Latencies baseline = new Latencies(new long[] {64, 128, 64, 64, 70});
        assertThat(ours.otherThan(PERIOD)).isEqualTo(2);
        assertThat(ours.otherThanWhere(PERIOD, baseline)).isEqualTo(1);
        assertThat(ours.lost()).isEqualTo(1);
        assertThat(ours.longerThan(PERIOD)).isEqualTo(1);
        assertThat(ours.maxOfFirst(1)).isEqualTo(PERIOD);
    }

    @Property(tries = 50)
    void shouldPlayOneNoteAtATimeAtTheRateAskedFor(
            @ForAll @IntRange(min = 1, max = 3000) int notes,
            @ForAll @DoubleRange(min = 1, max = 1000) double notesPerSecond,
            @ForAll @LongRange(min = 0, max = 1000) long seed) {
        BenchSchedule made = BenchSchedule.of(notes, notesPerSecond, RATE, seed);
        assertThat(made.messages()).hasSize(2 * notes);
        int rests = (notes - 1) / BenchSchedule.NOTES_PER_BLOCK;
        double seconds = (double) made.frames()[2 * notes - 1] / RATE - 0.25 * rests;
        assertThat(seconds).isBetween(0.5 * notes / notesPerSecond - 0.01, 1.5 * notes / notesPerSecond + 0.1);
        for (int i = 0; i < made.messages().length; i++) {
            assertThat(i == 0 || made.frames()[i] > made.frames()[i - 1]).isTrue();
            assertThat(BenchSchedule.isNoteOn(made.messages()[i])).isEqualTo(i % 2 == 0);
            assertThat(made.messages()[i] & 0xFFFF).isEqualTo(made.messages()[i - i % 2] & 0xFFFF);
        }
        assertThat(Arrays.stream(made.messages()).limit(200).distinct()).hasSize(Math.min(200, 2 * notes));
    }

    @Test
    void shouldRefuseAConditionThatThereIsNot() {
        assertThat(BenchCondition.of("GC-Storm")).isEqualTo(BenchCondition.GC_STORM);
        assertThatThrownBy(() -> BenchCondition.of("storm"))
                .isInstanceOf(BenchException.class)
                .hasMessage(
                        "--conditions: storm; allowed: idle, flood, gc-storm, busy, planning, parts, browsers. Name some of them, with"
                                + " commas.");
    }
}
