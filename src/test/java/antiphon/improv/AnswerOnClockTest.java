package antiphon.improv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import antiphon.improv.Conversation.Sent;
import antiphon.music.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The {@link Improviser} in answer to playing along with a MIDI clock whose ticks are up to 2 ms early or late. */
class AnswerOnClockTest {
    private static final long MILLI = Conversation.MILLI;
    private static final double JITTER_NANOS = 2e6;
    private static final int TICKS = Message.TICKS_PER_QUARTER;
    private static final long START_NANOS = 300 * MILLI;
    private static final int BEATS_OF_A_CALL = 8;

    /** A human who plays eighths to a clock, and the partner. */
    private static final class Session {
        final SplittableRandom random;
        final Conversation talk;

        /** When each tick of the song really is. */
        final List<Double> ticks = new ArrayList<>();

        double nanos = START_NANOS;

        Session(long seed) {
            random = new SplittableRandom(seed);
            talk = new Conversation(Settings.standard(Mode.CALL), seed);
            talk.set(Control.GRID, 100);
        }

        void say(int status) {
            talk.until((long) nanos);
            talk.hear(0, Message.of(status, 0, 0));
        }

        /** So many beats of clock; a call on eighths if the human plays, each on its beat but for some milliseconds. */
        void beats(int beats, double qpm, boolean plays) {
            for (int i = 0; i < beats * TICKS; i++) {
                nanos += 60e9 / qpm / TICKS;
                ticks.add(nanos);
                double heard = nanos + random.nextDouble(-JITTER_NANOS, JITTER_NANOS);
                talk.until(Math.max(talk.nanos(), (long) heard));
                talk.hear(0, Message.CLOCK);
                if (plays && i % (TICKS / 2) == 0) {
                    talk.play(
                            Math.max(talk.nanos(), (long) (nanos + random.nextDouble(3e6, 9e6))),
                            60 + random.nextInt(12),
                            5 * MILLI);
                }
            }
        }

        void stand(double byNanos) {
            nanos += byNanos;
            talk.until((long) nanos);
            talk.set(Control.SLIP, Math.round(byNanos));
        }

        List<Long> onsets() {
            return talk.sent().stream().filter(Sent::isOn).map(Sent::dueNanos).toList();
        }

        /** How far a time is from the nearest of the song's ticks that a step of so many ticks falls on. */
        double off(long at, int step) {
            double nearest = Double.MAX_VALUE;
            for (int i = 0; i < ticks.size(); i += step) {
                nearest = Math.min(nearest, Math.abs(at - ticks.get(i)));
            }
            return nearest;
        }
    }

    private static double quantile(List<Double> values, double share) {
        List<Double> sorted = values.stream().sorted().toList();
        return sorted.get((int) Math.min(sorted.size() - 1, Math.floor(share * sorted.size())));
    }

    @Test
    void shouldPlayOnTheTickAndEnterOnABeat() {
        for (double qpm : new double[] {93, 171}) {
            List<Double> offs = new ArrayList<>();
            for (int seed = 1; seed <= 20; seed++) {
                Session session = new Session(seed);
                session.say(Message.START);
                session.beats(BEATS_OF_A_CALL, qpm, true);
                session.beats(14, qpm, false);
                List<Long> onsets = session.onsets();
                assertThat(onsets).isNotEmpty();
                onsets.forEach(each -> offs.add(session.off(each, TICKS / 2)));
                assertThat(session.off(onsets.getFirst(), TICKS)).isLessThan(3e6);
            }
            assertThat(quantile(offs, 0.5)).as("median at %s", qpm).isLessThan(1e6);
            assertThat(quantile(offs, 0.99)).as("p99 at %s", qpm).isLessThan(3e6);
        }
    }

    @Test
    void shouldEnterOnABarIfAsked() {
        for (int beatsPerBar : new int[] {3, 4}) {
            for (int seed = 1; seed <= 10; seed++) {
                Session session = new Session(seed);
                session.talk.set(Control.ENTER, Enter.BAR.number());
                session.talk.set(Control.BEATS_PER_BAR, beatsPerBar);
                session.say(Message.START);
                session.beats(BEATS_OF_A_CALL + 1, 120, true);
                session.beats(14, 120, false);
                List<Long> onsets = session.onsets();
                assertThat(session.off(onsets.getFirst(), beatsPerBar * TICKS)).isLessThan(3e6);
                assertThat(onsets.getLast() - onsets.getFirst())
                        .as("waiting takes nothing from the answer")
                        .isGreaterThan(800 * MILLI);
            }
        }
    }

    /** The tempo changes while the answer sounds: what is planned moves with it. */
    @Test
    void shouldFollowANewTempoWithinTheAnswer() {
        List<Double> offs = new ArrayList<>();
        for (int seed = 1; seed <= 20; seed++) {
            Session session = new Session(seed);
            session.say(Message.START);
            session.beats(BEATS_OF_A_CALL, 110, true);
            session.beats(4, 110, false);
            session.beats(8, 132, false);
            int settled = session.ticks.size() - 7 * TICKS;
            session.onsets().stream()
                    .filter(each -> each > session.ticks.get(settled))
                    .forEach(each -> offs.add(session.off(each, TICKS / 2)));
        }
        assertThat(offs).hasSizeGreaterThan(20);
        assertThat(quantile(offs, 0.5)).isLessThan(1e6);
        assertThat(quantile(offs, 0.95)).isLessThan(4e6);
    }

    /** JACK stands for as long as two ticks take, and the sender with it: before the answers and while they sound. */
    @Test
    void shouldKeepTheBeatOfASenderThatStood() {
        double twoTicksNanos = 2 * 60e9 / 120 / TICKS;
        List<Double> offs = new ArrayList<>();
        for (int seed = 1; seed <= 10; seed++) {
            Session session = new Session(seed);
            session.talk.set(Control.PART2_MODE, Mode.CALL.number());
            session.talk.set(Control.PART2_CHANNEL, 3);
            session.say(Message.START);
            session.beats(4, 120, true);
            session.stand(twoTicksNanos);
            session.beats(BEATS_OF_A_CALL - 4, 120, true);
            session.beats(3, 120, false);
            session.stand(twoTicksNanos);
            session.beats(3, 120, false);
            session.stand(twoTicksNanos);
            session.beats(6, 120, false);
            assertThat(session.talk.sent().stream().map(sent -> Message.channel(sent.message())))
                    .contains(1, 3);
            session.onsets().forEach(each -> offs.add(session.off(each, TICKS / 2)));
        }
        assertThat(quantile(offs, 0.5)).isLessThan(1e6);
    }

    /** Who hears a clock that began before has its tempo, and finds the beats in the playing. */
    @Test
    void shouldFindTheBeatsOfAClockThatDoesNotSayWhereItIs() {
        Session session = new Session(4);
        session.beats(BEATS_OF_A_CALL, 100, true);
        session.beats(1, 100, false);
        session.talk.improviser().listener().pulse().find(session.talk.nanos());
        assertThat(session.talk.improviser().listener().pulse().knowsBars()).isFalse();
        assertThat(session.talk.improviser().listener().pulse().confidence()).isGreaterThan(0.8);
        assertThat(session.talk.improviser().listener().pulse().tempoQpm()).isCloseTo(100, within(0.5));
        session.beats(12, 100, false);
        assertThat(session.onsets()).isNotEmpty().allSatisfy(each -> assertThat(session.off(each, TICKS / 2))
                .isLessThan(25e6));
    }

    @Test
    void shouldNotTakeTheSecondClockForTheFirst() {
        Session session = new Session(1);
        session.say(Message.START);
        session.beats(4, 100, false);
        session.talk.hear(1, Message.of(Message.START, 0, 0));
        session.talk.hear(1, Message.CLOCK);
        session.beats(4, 100, true);
        session.talk.improviser().listener().pulse().find(session.talk.nanos());
        assertThat(session.talk.improviser().listener().pulse().tempoQpm()).isCloseTo(100, within(1.0));
        assertThat(session.talk.improviser().listener().pulse().knowsBars()).isTrue();
    }
}
