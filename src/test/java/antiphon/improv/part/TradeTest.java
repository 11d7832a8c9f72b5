package antiphon.improv.part;

import static antiphon.improv.Conversation.MILLI;
import static antiphon.improv.Conversation.SECOND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import antiphon.improv.Control;
import antiphon.improv.Conversation;
import antiphon.improv.Conversation.Sent;
import antiphon.improv.Mode;
import antiphon.improv.Networks;
import antiphon.improv.Settings;
import antiphon.music.Message;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class TradeTest {
    private static final long BEAT_NANOS = 500 * MILLI;
    private static final long BAR_NANOS = 4 * BEAT_NANOS;
    private static final long START_NANOS = 1_000 * MILLI;

    /** Two bars each, at 120. */
    private static final long TURN_NANOS = 2 * BAR_NANOS;

    private Conversation talk = conversation(1);
    private final SplittableRandom random = new SplittableRandom(1);

    private static Conversation conversation(long seed) {
        return conversation(Settings.standard(Mode.TRADE), seed);
    }

    private static Conversation conversation(Settings settings, long seed) {
        Conversation talk = new Conversation(Networks.TUNED, settings, seed);
        talk.set(Control.TRADE_BARS, 2);
        return talk;
    }

    /** Eighths from one beat to another, counted from the start, low ones on the beats; uneven as hands are. */
    private void play(int fromBeat, int toBeat) {
        for (int eighth = 2 * fromBeat; eighth < 2 * toBeat; eighth++) {
            long at = START_NANOS + eighth * BEAT_NANOS / 2 + random.nextLong(-8 * MILLI, 8 * MILLI);
            talk.play(at, eighth % 2 == 0 ? 43 : 64 + random.nextInt(8), 150 * MILLI);
        }
    }

    private List<Long> onsets(long from, long to) {
        return talk.sent().stream()
                .filter(each -> each.isOn() && each.dueNanos() >= from && each.dueNanos() < to)
                .map(Sent::dueNanos)
                .toList();
    }

    /** The partner plays in these bars, from the first bar line to the last, and is silent then. */
    private void assertPlays(long from, long to, long nearNanos) {
        assertThat(onsets(from - nearNanos, to + nearNanos)).isNotEmpty();
        assertThat((double) onsets(from - nearNanos, to + nearNanos).getFirst())
                .isCloseTo((double) from, within((double) nearNanos));
        assertThat(onsets(to - BEAT_NANOS / 2 + nearNanos, to + nearNanos))
                .as("nothing begins any more")
                .isEmpty();
        assertThat(onsets((from + to) / 2, to)).as("until the end").isNotEmpty();
        assertThat(talk.soundingAt(to + nearNanos)).isZero();
    }

    @Test
    void shouldTakeTurnsOfSoManyBarsInTheHumansPulse() {
        play(0, 8);
        talk.until(START_NANOS + TURN_NANOS + 3 * BAR_NANOS / 2);
        assertThat(talk.improviser().isAnswering()).isTrue();
        play(16, 24);
        talk.until(START_NANOS + 5 * TURN_NANOS);
        assertPlays(START_NANOS + TURN_NANOS, START_NANOS + 2 * TURN_NANOS, 25 * MILLI);
        assertPlays(START_NANOS + 3 * TURN_NANOS, START_NANOS + 4 * TURN_NANOS, 25 * MILLI);
        assertThat(talk.improviser().answers()).isEqualTo(2);
    }

    @Test
    void shouldWaitAfterATurnInWhichNothingWasPlayed() {
        play(0, 8);
        talk.until(START_NANOS + 10 * TURN_NANOS);
        assertThat(talk.improviser().answers()).isEqualTo(1);
        assertThat(talk.unended()).isZero();
        play(100, 108);
        talk.until(START_NANOS + 120 * BEAT_NANOS);
        assertPlays(START_NANOS + 108 * BEAT_NANOS, START_NANOS + 116 * BEAT_NANOS, 25 * MILLI);
        assertThat(talk.improviser().answers()).isEqualTo(2);
    }

    @Test
    void shouldEnterOnTheBarLineAlthoughTheHumanHoldsNotesOrPlaysOn() {
        play(0, 7);
        talk.until(START_NANOS + 7 * BEAT_NANOS);
        talk.press(48);
        talk.until(START_NANOS + TURN_NANOS + BEAT_NANOS);
        talk.lift(48);
        play(10, 24);
        talk.until(START_NANOS + 5 * TURN_NANOS);
        assertPlays(START_NANOS + TURN_NANOS, START_NANOS + 2 * TURN_NANOS, 25 * MILLI);
        assertPlays(START_NANOS + 3 * TURN_NANOS, START_NANOS + 4 * TURN_NANOS, 25 * MILLI);
    }

    @Test
    void shouldCountFromTheFirstBeatNotFromAnUpbeat() {
        talk.play(START_NANOS - BEAT_NANOS / 2, 64, 150 * MILLI);
        play(0, 8);
        talk.until(START_NANOS + 3 * TURN_NANOS);
        assertPlays(START_NANOS + TURN_NANOS, START_NANOS + 2 * TURN_NANOS, 25 * MILLI);
    }

    /** Just before the bar line the pulse is looked at once more, and may be found a little earlier. */
    @Test
    void shouldEnterOnTheBarLineWheneverTheHumanPlaysLast() {
        long thruNanos = 40 * MILLI;
        for (long before = 0; before <= 200 * MILLI; before += 5 * MILLI) {
            talk = conversation(Settings.standard(Mode.TRADE).withTiming(0, 0, thruNanos), 1);
            play(0, 7);
            talk.play(START_NANOS + TURN_NANOS - before, 60, MILLI);
            talk.until(START_NANOS + 3 * TURN_NANOS);
            assertPlays(START_NANOS + TURN_NANOS + thruNanos, START_NANOS + 2 * TURN_NANOS + thruNanos, 60 * MILLI);
        }
    }

    /** A synthesiser that sounds late makes the human's own notes late too, if they come to it by thru. */
    @Test
    void shouldEnterWhereTheHumanHearsTheBarLine() {
        long offsetNanos = 90 * MILLI;
        for (int thru = 0; thru <= 1; thru++) {
            talk = conversation(Settings.standard(Mode.TRADE).withOffset(offsetNanos), 1);
            talk.set(Control.THRU, thru);
            play(0, 8);
            talk.until(START_NANOS + 3 * TURN_NANOS);
            long laterNanos = thru * offsetNanos;
            assertPlays(START_NANOS + TURN_NANOS + laterNanos, START_NANOS + 2 * TURN_NANOS + laterNanos, 25 * MILLI);
        }
    }

    /** The notes that were answered tell where the beat is, but begin no turn of the human's. */
    @Test
    void shouldWaitForNotesAfterAnAnswerOnDemandBeforeThereWasAPulse() {
        for (int eighths = 2; eighths < 16; eighths++) {
            talk = conversation(1);
            for (int i = 0; i < eighths; i++) {
                talk.play(START_NANOS + i * BEAT_NANOS / 2, i % 2 == 0 ? 43 : 64 + i % 5, 150 * MILLI);
            }
            talk.until(START_NANOS + eighths * BEAT_NANOS / 2);
            talk.press(67);
            talk.ask(Control.ANSWER);
            talk.lift(67);
            talk.pass(60 * SECOND);
            assertThat(talk.improviser().answers())
                    .as("after %d eighths", eighths)
                    .isEqualTo(1);
        }
    }

    /** A human who stops in the middle of their bars has the rest of them. */
    @Test
    void shouldNotAnswerARestWithinTheHumansBars() {
        play(0, 5);
        talk.until(START_NANOS + 3 * TURN_NANOS);
        assertPlays(START_NANOS + TURN_NANOS, START_NANOS + 2 * TURN_NANOS, 25 * MILLI);
    }

    @Test
    void shouldAnswerAsCallDoesWhereThereIsNoPulse() {
        Conversation call = new Conversation(Networks.TUNED, Settings.standard(Mode.CALL), 1);
        for (Conversation each : List.of(talk, call)) {
            each.play(SECOND, 60, 300 * MILLI);
            each.play(1_390 * MILLI, 64, 100 * MILLI);
            each.play(2_100 * MILLI, 67, 100 * MILLI);
            each.pass(300 * MILLI);
            each.untilSounding(1);
            each.press(60);
            assertThat(each.unended()).as("interrupted").isZero();
            each.lift(60);
            each.pass(30 * SECOND);
        }
        assertThat(talk.sent()).isEqualTo(call.sent());
        assertThat(talk.improviser().answers()).isEqualTo(2);
    }

    @Test
    void shouldBeginItsTurnAtTheNextBeatWhenAsked() {
        play(0, 4);
        talk.until(START_NANOS + 4 * BEAT_NANOS + 100 * MILLI);
        talk.ask(Control.ANSWER);
        talk.until(START_NANOS + 4 * TURN_NANOS);
        assertPlays(START_NANOS + 5 * BEAT_NANOS, START_NANOS + 12 * BEAT_NANOS, 25 * MILLI);
        assertThat(talk.improviser().answers()).isEqualTo(1);
    }

    @Test
    void shouldPlayTheRestOfItsBarsDifferentlyWhenAskedAgain() {
        play(0, 8);
        talk.until(START_NANOS + 10 * BEAT_NANOS - 100 * MILLI);
        int before = talk.sent().size();
        talk.ask(Control.AGAIN);
        assertThat(talk.unended()).isZero();
        talk.until(START_NANOS + 4 * TURN_NANOS);
        assertThat(talk.sent().size()).isGreaterThan(before);
        assertPlays(START_NANOS + 10 * BEAT_NANOS, START_NANOS + 16 * BEAT_NANOS, 25 * MILLI);
        // And in the human's bars: from the next beat on.
        play(40, 48);
        talk.until(START_NANOS + 57 * BEAT_NANOS + 300 * MILLI);
        assertThat(talk.improviser().isAnswering()).isFalse();
        talk.ask(Control.AGAIN);
        talk.until(START_NANOS + 80 * BEAT_NANOS);
        assertPlays(START_NANOS + 58 * BEAT_NANOS, START_NANOS + 64 * BEAT_NANOS, 25 * MILLI);
        assertThat(talk.unended()).isZero();
    }

    @Test
    void shouldEndAtOnceWhenSilencedAndLeaveTheHumanTheirBars() {
        play(0, 8);
        talk.until(START_NANOS + 10 * BEAT_NANOS);
        talk.ask(Control.PANIC);
        assertThat(talk.unended()).isZero();
        int sent = talk.sent().size();
        play(16, 24);
        assertThat(talk.sent()).hasSize(sent);
        talk.until(START_NANOS + 5 * TURN_NANOS);
        assertPlays(START_NANOS + 3 * TURN_NANOS, START_NANOS + 4 * TURN_NANOS, 25 * MILLI);
        talk.set(Mode.CALL);
        assertThat(talk.unended()).isZero();
    }

    /** Sends ticks of a clock from a bar line on, and plays eighths in the first bars of each four. */
    private void follow(int beats, int beatsPerBar, int tradeBars, int upbeats) {
        int turn = beatsPerBar * tradeBars;
        talk.hear(0, Message.START);
        for (int tick = 0; tick < beats * Message.TICKS_PER_QUARTER; tick++) {
            long nanos = START_NANOS + tick * BEAT_NANOS / Message.TICKS_PER_QUARTER;
            talk.until(Math.max(talk.nanos(), nanos + random.nextLong(2 * MILLI)));
            talk.hear(0, Message.CLOCK);
            int beat = tick / Message.TICKS_PER_QUARTER + upbeats;
            if (tick % (Message.TICKS_PER_QUARTER / 2) == 0 && beat >= turn && beat % (2 * turn) >= turn) {
                talk.play(talk.nanos() + random.nextLong(4 * MILLI), 60 + random.nextInt(12), 5 * MILLI);
            }
        }
    }

    @Test
    void shouldTakeTheBarsOfAClock() {
        for (int beatsPerBar = 3; beatsPerBar <= 4; beatsPerBar++) {
            for (int upbeats = 0; upbeats <= 1; upbeats++) {
                TradeTest each = new TradeTest();
                each.talk.set(Control.BEATS_PER_BAR, beatsPerBar);
                each.follow(12 * beatsPerBar, beatsPerBar, 2, upbeats);
                each.talk.pass(5 * SECOND);
                long turn = 2L * beatsPerBar * BEAT_NANOS;
                // The clock's ticks come a millisecond late at the mean.
                each.assertPlays(START_NANOS + 2 * turn, START_NANOS + 3 * turn, 4 * MILLI);
                each.assertPlays(START_NANOS + 4 * turn, START_NANOS + 5 * turn, 4 * MILLI);
            }
        }
    }

    @Property(tries = 100)
    void shouldHoldNoNoteAndPlayOnlyInItsBarsWhateverTheHumanDoes(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 3) int tradeBars, @ForAll boolean clock) {
        Conversation each = new Conversation(Settings.standard(Mode.TRADE), seed);
        each.set(Control.TRADE_BARS, tradeBars);
        SplittableRandom dice = new SplittableRandom(seed);
        each.hear(0, clock ? Message.START : Message.STOP);
        long turns = 0;
        boolean answering = false;
        for (int tick = 0; tick < 40 * Message.TICKS_PER_QUARTER; tick++) {
            each.pass(BEAT_NANOS / Message.TICKS_PER_QUARTER);
            if (clock) {
                each.hear(0, Message.CLOCK);
            }
            if (dice.nextInt(12) == 0) {
                int pitch = 55 + dice.nextInt(12);
                each.hear(
                        dice.nextInt(2), dice.nextBoolean() ? Message.noteOn(0, pitch, 80) : Message.noteOff(0, pitch));
            }
            if (answering && !each.improviser().isAnswering()) {
                assertThat(each.unended()).as("its turn is over").isZero();
                turns++;
            }
            answering = each.improviser().isAnswering();
        }
        assertThat(turns).isGreaterThanOrEqualTo(clock ? 1 : 0);
        each.improviser().set(Control.PANIC, 0, each.nanos(), each.out());
        assertThat(each.unended()).isZero();
    }
}
