package antiphon.improv;

import static antiphon.improv.Conversation.MILLI;
import static antiphon.improv.Conversation.SECOND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import antiphon.Allocation;
import antiphon.improv.Conversation.Sent;
import antiphon.music.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.LongUnaryOperator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ClockOutTest {
    private static final long START_NANOS = SECOND;
    private static final long BEAT_NANOS = 500 * MILLI;
    private static final long THRU_NANOS = 3 * MILLI;
    private static final int TICKS = Message.TICKS_PER_QUARTER;

    private final SplittableRandom random = new SplittableRandom(1);
    private final Conversation talk = conversation(Mode.CALL, SendClock.OWN);

    private static Conversation conversation(Mode mode, SendClock clock) {
        Conversation talk = new Conversation(
                Networks.TUNED, Settings.standard(mode).withTiming(4 * MILLI, 6 * MILLI, THRU_NANOS), 1);
        talk.set(Control.SEND_CLOCK, clock.number());
        return talk;
    }

    /** Eighths, low ones on the beats, uneven as hands are; each beat is when the operator says. */
    private void play(int fromBeat, int toBeat, LongUnaryOperator beatNanos) {
        for (int beat = fromBeat; beat < toBeat; beat++) {
            long nanos = beatNanos.applyAsLong(beat);
            long half = (nanos + beatNanos.applyAsLong(beat + 1)) / 2;
            talk.play(nanos + uneven(), 43, 100 * MILLI);
            talk.play(half + uneven(), 64 + random.nextInt(8), 100 * MILLI);
        }
    }

    private long uneven() {
        return random.nextLong(-6 * MILLI, 6 * MILLI);
    }

    private static long steady(long beat) {
        return START_NANOS + beat * BEAT_NANOS;
    }

    private List<Sent> clock() {
        return talk.sent().stream()
                .filter(each -> Message.isClock(each.message()))
                .toList();
    }

    private List<Long> times(int status) {
        return clock().stream()
                .filter(each -> each.message() == status)
                .map(Sent::dueNanos)
                .toList();
    }

    /** Ticks come 24 a quarter, one after another, each beat's first one near that beat. */
    private static void assertOnBeats(List<Long> ticks, int firstBeat, LongUnaryOperator beatNanos, long nearNanos) {
        for (int i = 0; i < ticks.size(); i += TICKS) {
            double beat = beatNanos.applyAsLong(firstBeat + i / TICKS) + THRU_NANOS;
            assertThat((double) ticks.get(i)).as("tick %d", i).isCloseTo(beat, within((double) nearNanos));
        }
        for (int i = 1; i < ticks.size(); i++) {
            assertThat((double) (ticks.get(i) - ticks.get(i - 1)))
                    .isBetween(0.74 * BEAT_NANOS / TICKS, 1.21 * BEAT_NANOS / TICKS);
        }
    }

    @Test
    void shouldStartOnABarLineOfTheHumansPulseAndTickInIt() {
        play(0, 24, ClockOutTest::steady);
        List<Long> ticks = times(Message.CLOCK);
        assertThat(clock().getFirst().message()).isEqualTo(Message.START);
        int firstBeat = (int) Math.round((double) (ticks.getFirst() - START_NANOS) / BEAT_NANOS);
        assertThat(firstBeat % 4).isZero();
        assertThat(firstBeat).isLessThanOrEqualTo(8);
        assertThat(ticks).hasSizeGreaterThan((23 - firstBeat) * TICKS);
        assertOnBeats(ticks, firstBeat, ClockOutTest::steady, 12 * MILLI);
        assertThat(ticks.getFirst() - times(Message.START).getFirst())
                .as("time to get ready")
                .isGreaterThan(5 * MILLI);
    }

    /** Six percent faster in twenty bars. */
    private static long faster(long beat) {
        return START_NANOS + beat * BEAT_NANOS - beat * beat * BEAT_NANOS / 2_600;
    }

    @Test
    void shouldFollowATempoThatDrifts() {
        talk.set(Mode.LISTEN);
        play(0, 80, ClockOutTest::faster);
        List<Long> ticks = times(Message.CLOCK);
        int firstBeat = (int) Math.round((double) (ticks.getFirst() - START_NANOS) / BEAT_NANOS);
        assertThat(clock().stream().filter(each -> each.message() != Message.CLOCK))
                .hasSize(1);
        assertOnBeats(ticks, firstBeat, ClockOutTest::faster, 40 * MILLI);
    }

    @Test
    void shouldGoOnWhileTheAnswerIsPlayedAndStopWhenNobodyPlays() {
        play(0, 12, ClockOutTest::steady);
        talk.untilSounding(1);
        talk.pass(60 * SECOND);
        long last = talk.sent().stream()
                .filter(Sent::isOn)
                .mapToLong(Sent::dueNanos)
                .max()
                .orElseThrow();
        long stop = times(Message.STOP).getFirst();
        assertThat(clock().getLast().message()).isEqualTo(Message.STOP);
        assertThat((double) (stop - last)).isBetween(7.5e9, 12e9);
        assertThat(times(Message.CLOCK).getLast()).isLessThanOrEqualTo(stop);
        play(140, 156, ClockOutTest::steady);
        assertThat(times(Message.START)).as("anew").hasSize(2);
    }

    @Test
    void shouldStartAnewWhenTheHumanPlaysInAnotherTempo() {
        talk.set(Mode.LISTEN);
        play(0, 24, ClockOutTest::steady);
        long from = steady(24);
        play(0, 40, beat -> from + beat * 700 * MILLI);
        assertThat(times(Message.START)).hasSize(2);
        List<Long> ticks = times(Message.CLOCK);
        double gap = (ticks.getLast() - ticks.get(ticks.size() - 1 - TICKS)) / 1e6;
        assertThat(gap).isCloseTo(700, within(20.0));
    }

    @Test
    void shouldTickInTheTempoThatIsTapped() {
        for (int beat = 0; beat < 4; beat++) {
            talk.until(steady(beat));
            talk.ask(Control.TAP);
        }
        play(4, 12, ClockOutTest::steady);
        List<Long> ticks = times(Message.CLOCK);
        assertOnBeats(
                ticks,
                (int) Math.round((double) (ticks.getFirst() - START_NANOS) / BEAT_NANOS),
                ClockOutTest::steady,
                12 * MILLI);
    }

    @Test
    void shouldNotFollowAClockWhileItSendsItsOwn() {
        play(0, 16, ClockOutTest::steady);
        int before = clock().size();
        talk.hear(0, Message.START);
        for (int tick = 0; tick < 100; tick++) {
            talk.pass(10 * MILLI);
            talk.hear(0, Message.CLOCK);
        }
        List<Sent> since = clock().subList(before, clock().size());
        assertThat(since).allSatisfy(each -> assertThat(each.message()).isEqualTo(Message.CLOCK));
        assertThat((double) since.size()).isCloseTo(48, within(3.0));
        talk.improviser().listener().pulse().find(talk.nanos());
        assertThat(talk.improviser().listener().pulse().knowsBars()).isFalse();
    }

    @Test
    void shouldStopWhenToldAndWhenTheSessionEnds() {
        play(0, 16, ClockOutTest::steady);
        talk.set(Control.SEND_CLOCK, SendClock.OFF.number());
        talk.pass(SECOND);
        assertThat(clock().getLast().message()).isEqualTo(Message.STOP);
        int sent = clock().size();
        play(20, 40, ClockOutTest::steady);
        assertThat(clock()).hasSize(sent);

        talk.set(Control.SEND_CLOCK, SendClock.OWN.number());
        play(40, 60, ClockOutTest::steady);
        assertThat(clock().getLast().message()).isEqualTo(Message.CLOCK);
        talk.improviser().stopClock(talk.nanos(), talk.out());
        assertThat(clock().getLast().message()).isEqualTo(Message.STOP);
    }

    @Test
    void shouldPassOnTheClockThatIsFollowedOnce() {
        talk.set(Control.SEND_CLOCK, SendClock.PASS.number());
        List<Sent> expected = new ArrayList<>();
        int[] messages = {Message.songPosition(16), Message.CONTINUE, Message.CLOCK, Message.CLOCK, Message.STOP};
        for (int message : messages) {
            talk.pass(20 * MILLI);
            talk.hear(0, message);
            talk.hear(1, Message.CLOCK);
            expected.add(new Sent(message, talk.nanos() + 6 * MILLI));
        }
        for (int tick = 0; tick < 30; tick++) {
            talk.pass(20 * MILLI);
            talk.hear(0, Message.CLOCK);
            expected.add(new Sent(Message.CLOCK, talk.nanos() + 6 * MILLI));
            // That of another machine, and our own that comes back.
            talk.hear(1, Message.CLOCK);
            talk.pass(MILLI);
            talk.hear(0, Message.CLOCK);
        }
        assertThat(clock().subList(clock().size() - 30, clock().size())).isEqualTo(expected.subList(5, 35));
        int sent = clock().size();
        talk.improviser()
                .hearClock(
                        0,
                        Message.CLOCK,
                        talk.nanos() + 30 * MILLI,
                        talk.nanos() + 30 * MILLI,
                        false,
                        true,
                        talk.out());
        assertThat(clock()).as("thru has copied it").hasSize(sent);
    }

    @Test
    void shouldPassOnTheHostsTransportAndThenNoneOfItsOwn() {
        play(0, 16, ClockOutTest::steady);
        int before = clock().size();
        talk.improviser().hearClock(7, Message.START, talk.nanos(), talk.nanos(), true, false, talk.out());
        for (int tick = 0; tick < 50; tick++) {
            talk.pass(20 * MILLI);
            talk.improviser().hearClock(7, Message.CLOCK, talk.nanos(), talk.nanos(), true, false, talk.out());
        }
        List<Sent> since = clock().subList(before, clock().size());
        assertThat(since).hasSizeLessThan(60);
        assertThat(since.stream().map(Sent::message).filter(each -> each != Message.CLOCK))
                .containsExactly(Message.STOP, Message.START);
    }

    /** Whatever is done: a start comes before ticks and a stop after them, and times do not go back. */
    @Property(tries = 60)
    void shouldSendAClockThatCanBeFollowed(@ForAll long seed, @ForAll @IntRange(max = 4) int modeNumber) {
        SplittableRandom dice = new SplittableRandom(seed);
        Conversation each = conversation(Mode.of(modeNumber), SendClock.OWN);
        for (int i = 0; i < 400; i++) {
            switch (dice.nextInt(40)) {
                case 0 -> each.pass(dice.nextLong(12 * SECOND));
                case 1 -> each.ask(Control.PANIC);
                case 2 -> each.ask(Control.TAP);
                case 3 -> each.ask(Control.FORGET);
                case 4 -> each.set(Control.SEND_CLOCK, dice.nextBoolean() ? 1 : 0);
                default -> {
                    long at = each.nanos() + 250 * MILLI - each.nanos() % (250 * MILLI);
                    each.play(at, 40 + dice.nextInt(40), dice.nextLong(200) * MILLI);
                }
            }
        }
        boolean runs = false;
        long last = 0;
        for (Sent sent : each.sent()) {
            if (Message.isClock(sent.message())) {
                assertThat(runs).isEqualTo(sent.message() != Message.START);
                runs = sent.message() != Message.STOP;
                assertThat(sent.dueNanos()).isGreaterThanOrEqualTo(last);
                last = sent.dueNanos();
            }
        }
    }

    @Test
    void shouldAllocateNothing() {
        Improviser improviser = talk.improviser();
        long[] now = {0};
        assertThat(Allocation.bytesOfWarmRun(() -> {
                    for (int i = 0; i < 2_000; i++) {
                        now[0] += 250 * MILLI;
                        improviser.hear(0, Message.noteOn(0, i % 2 == 0 ? 43 : 67, 80), now[0], (message, due) -> {});
                        improviser.hear(0, Message.noteOff(0, i % 2 == 0 ? 43 : 67), now[0], (message, due) -> {});
                        improviser.advance(now[0] + 100 * MILLI, (message, due) -> {});
                    }
                }))
                .isZero();
    }
}
