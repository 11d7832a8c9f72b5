package antiphon.improv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import antiphon.Allocation;
import antiphon.improv.listen.Pulse;
import antiphon.improv.listen.Tonality;
import antiphon.model.Sampler;
import antiphon.model.StackedLstm;
import antiphon.music.Event;
import antiphon.music.Place;
import antiphon.music.Vocabulary;
import antiphon.music.Voice;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class MindTest {
    private static final long MILLI = 1_000_000L;
    private static final Settings SETTINGS = Settings.standard(Mode.CALL);
    private static final int NOTES = 1 << Event.ANSWER_ON | 1 << Event.ANSWER_OFF;

    private final Tonality tonality = new Tonality();
    private final SoundingKeys sounding = new SoundingKeys();
    private final Grid grid = new Grid();

    private static Mind mind(StackedLstm network) {
        Mind mind = new Mind(network, SETTINGS, 7);
        mind.begin(0);
        return mind;
    }

    private static StackedLstm network(boolean tuned) {
        return tuned ? Networks.TUNED : Networks.PLAIN;
    }

    /** The human plays. */
    private static void play(Mind mind, int notes, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        long nanos = mind.clockNanos();
        for (int i = 0; i < notes; i++) {
            int pitch = 50 + random.nextInt(24);
            nanos += random.nextInt(400) * MILLI;
            mind.noteOn(Voice.HUMAN, pitch, 1 + random.nextInt(127), nanos, true);
            nanos += random.nextInt(200) * MILLI;
            mind.noteOff(Voice.HUMAN, pitch, nanos);
        }
    }

    /** Draws so many events, each of which is sent; ends what sounds. */
    private List<Integer> answer(Mind mind, int events) {
        List<Integer> drawn = new ArrayList<>();
        for (int i = 0; i < events; i++) {
            drawn.add(next(mind));
        }
        while (sounding.count() > 0) {
            end(mind, sounding.oldest(), mind.clockNanos());
        }
        return drawn;
    }

    private int next(Mind mind) {
        int kinds =
                sounding.count() == 0 ? 1 << Event.ANSWER_ON : sounding.count() == 4 ? 1 << Event.ANSWER_OFF : NOTES;
        long clock = mind.clockNanos();
        int event = mind.draw(kinds, sounding, tonality, clock, clock + 900 * MILLI, 0, 0, grid);
        long due = clock + Vocabulary.timeNanos(Event.timeBin(event));
        if (Event.kind(event) == Event.ANSWER_ON) {
            mind.noteOn(Voice.ANSWER, Event.pitch(event), Vocabulary.velocity(Event.velocityBin(event)), due, false);
            sounding.begin(Event.pitch(event), due);
        } else {
            end(mind, Event.pitch(event), due);
        }
        return event;
    }

    private void end(Mind mind, int pitch, long nanos) {
        mind.noteOff(Voice.ANSWER, pitch, nanos);
        sounding.end(pitch);
    }

    @Property(tries = 60)
    void shouldDrawTheSameAgainAfterItsReturn(
            @ForAll boolean tuned, @ForAll @IntRange(max = 60) int notes, @ForAll long seed) {
        Mind mind = mind(network(tuned));
        play(mind, notes, seed);
        mind.keep();
        long clock = mind.clockNanos();
        long events = mind.history().count();
        List<Integer> first = answer(mind, 30);
        for (int again = 0; again < 3; again++) {
            assertThat(mind.bringBack()).isTrue();
            assertThat(mind.clockNanos()).isEqualTo(clock);
            assertThat(mind.history().count()).isEqualTo(events);
            assertThat(answer(mind, 30)).isEqualTo(first);
        }
    }

    @Test
    void shouldDrawTheSameAgainWhenMoreNotesWereHeardThanItRemembers() {
        Mind mind = mind(Networks.TUNED);
        play(mind, 1_300, 1);
        mind.keep();
        List<Integer> first = answer(mind, 200);
        assertThat(mind.bringBack()).isTrue();
        assertThat(answer(mind, 200)).isEqualTo(first);
    }

    @Test
    void shouldDrawOnlyTheSameWithTheSameRandomNumbers() {
        Mind mind = mind(Networks.TUNED);
        play(mind, 20, 1);
        mind.keep();
        long seed = mind.nextSeed();
        List<Integer> first = answer(mind, 30);
        assertThat(mind.bringBack()).isTrue();
        mind.seed(seed);
        assertThat(answer(mind, 30)).isNotEqualTo(first);
    }

    @Property(tries = 30)
    void shouldNotGoBackOnceTheHumanHasPlayed(@ForAll boolean tuned, @ForAll @IntRange(max = 30) int notes) {
        Mind mind = mind(network(tuned));
        Mind twin = mind(network(tuned));
        for (Mind each : List.of(mind, twin)) {
            play(each, notes, 1);
            each.keep();
            answer(each, 10);
            play(each, 1, 2);
        }
        long events = mind.history().count();
        assertThat(mind.bringBack()).isFalse();
        assertThat(mind.history().count()).isEqualTo(events);
        assertThat(answer(mind, 30)).isEqualTo(answer(twin, 30));
    }

    @Property
    void shouldNotGoBackToBeforeAllWasForgottenNorBeforeItWasKept(@ForAll boolean tuned) {
        Mind mind = mind(network(tuned));
        assertThat(mind.bringBack()).isFalse();
        mind.keep();
        mind.begin(0);
        assertThat(mind.bringBack()).isFalse();
    }

    @Test
    void shouldGoBackWithoutUndoingWhatWasSetSince() {
        Mind mind = mind(Networks.TUNED);
        Mind twin = mind(Networks.TUNED);
        Dials dials = new Dials(SETTINGS);
        dials.set(Control.TEMPERATURE, Control.pack(1.9));
        dials.set(Control.TOP_P, Control.pack(1));
        play(mind, 20, 1);
        play(twin, 20, 1);
        mind.keep();
        mind.follow(dials);
        assertThat(mind.bringBack()).isTrue();
        twin.follow(dials);
        assertThat(answer(mind, 40)).isEqualTo(answer(twin, 40));
    }

    @Property(tries = 40)
    void shouldDrawTheSameWhetherOrNotTheNextStepWasPrepared(@ForAll boolean tuned, @ForAll long seed) {
        Mind mind = mind(network(tuned));
        Mind prepared = mind(network(tuned));
        play(mind, 10, seed);
        play(prepared, 10, seed);
        prepared.prepare();
        prepared.keep();
        answer(prepared, 5);
        assertThat(prepared.bringBack()).isTrue();
        for (int i = 0; i < 20; i++) {
            prepared.prepare();
            assertThat(answer(prepared, 1)).isEqualTo(answer(mind, 1));
        }
    }

    /** A plan may be thrown away and drawn again before the next event, with time for preparing between or not. */
    @Test
    void shouldDrawTheSameAgainWhetherOrNotThereWasTimeForPreparing() {
        Mind mind = mind(Networks.TUNED);
        Mind prepared = mind(Networks.TUNED);
        for (int i = 0; i < 40; i++) {
            for (Mind each : List.of(mind, prepared)) {
                each.noteOn(Voice.HUMAN, i % 2 == 0 ? 43 : 64, 80, (i + 1) * 250L * MILLI, true);
            }
            prepared.prepare();
            for (int draw = 0; draw < 5; draw++) {
                assertThat(drawOnset(prepared)).isEqualTo(drawOnset(mind));
            }
        }
    }

    private int drawOnset(Mind mind) {
        long clock = mind.clockNanos();
        return mind.draw(1 << Event.ANSWER_ON, sounding, tonality, clock, clock + 4_000 * MILLI, 0, 0, grid);
    }

    /** The rest that ends a phrase is not told to the network: the answer's clock begins after it. */
    @Test
    void shouldTellTheNetworkTheBeatThatTheFirstNoteOfAnAnswerFallsOn() {
        Mind mind = mind(Networks.TUNED);
        Pulse pulse = new Pulse();
        for (int i = 0; i < 24; i++) {
            long nanos = (i + 4) * 250L * MILLI;
            pulse.hear(i % 2 == 0 ? 43 : 64, 80, nanos);
            mind.noteOn(Voice.HUMAN, i % 2 == 0 ? 43 : 64, 80, nanos, true);
        }
        long answersNanos = 24 * 250L * MILLI + 2_137 * MILLI;
        pulse.find(answersNanos);
        assertThat(pulse.confidence()).isGreaterThan(0.5);
        mind.restartClock(answersNanos);
        mind.keep();
        grid.hold(pulse, new Dials(SETTINGS), true);
        for (int again = 0; again < 2; again++) {
            int event = drawOnset(mind);
            long dueNanos = mind.clockNanos() + Vocabulary.timeNanos(Event.timeBin(event));
            mind.noteOn(Voice.ANSWER, Event.pitch(event), 80, dueNanos, false);
            double beats = (dueNanos - pulse.beatNanos()) / (pulse.stepsPerBeat() * pulse.periodNanos());
            int place = mind.history().place(mind.history().count() - 1);
            assertThat(Math.IEEEremainder(Place.landing(place, 0) - beats, 1)).isCloseTo(0, within(0.02));
            assertThat(mind.bringBack()).isTrue();
            // Asked for another answer, a while later.
            mind.restartClock(answersNanos + 1_730 * MILLI);
        }
    }

    @Property(tries = 30)
    void shouldBeFollowedByAnotherMindThatPlaysTheSame(
            @ForAll boolean tuned, @ForAll @IntRange(max = 40) int notes, @ForAll @IntRange(max = 40) int events) {
        Mind mind = mind(network(tuned));
        Mind successor = mind.successor(network(tuned), SETTINGS, 0);
        play(mind, notes, 3);
        while (successor.catchUp()) {
            assertThat(successor.history()).isSameAs(mind.history());
        }
        answer(mind, events);
        play(mind, notes, 4);
        assertFollows(successor, mind);
    }

    private void assertFollows(Mind successor, Mind mind) {
        assertFollows(successor, mind, new Dials(SETTINGS));
    }

    private void assertFollows(Mind successor, Mind mind, Dials dials) {
        int fed = 0;
        while (successor.catchUp()) {
            fed++;
        }
        assertThat(fed).isLessThanOrEqualTo((int) mind.history().count());
        assertThat(successor.catchUp()).isFalse();
        successor.takeOverFrom(mind, dials);
        assertThat(successor.clockNanos()).isEqualTo(mind.clockNanos());
        assertThat(answer(successor, 30)).isEqualTo(answer(mind, 30));
    }

    @Test
    void shouldBeFollowedByTheSettingsOfNow() {
        Mind mind = mind(Networks.TUNED);
        Dials dials = new Dials(SETTINGS);
        dials.set(Control.TEMPERATURE, Control.pack(2));
        dials.set(Control.MEMORY, 0);
        mind.follow(dials);
        play(mind, 30, 3);
        assertFollows(mind.successor(Networks.TUNED, SETTINGS, 0), mind, dials);
    }

    @Property(tries = 30)
    void shouldBeRelivedFromTheBeginningAfterItWentBack(
            @ForAll boolean tuned, @ForAll @IntRange(max = 70) int relived) {
        Mind mind = mind(network(tuned));
        play(mind, 12, 5);
        mind.keep();
        answer(mind, 20);
        Mind successor = mind.successor(network(tuned), SETTINGS, 0);
        for (int i = 0; i < relived; i++) {
            successor.catchUp();
        }
        assertThat(mind.bringBack()).isTrue();
        mind.seed(99);
        answer(mind, 25);
        assertFollows(successor, mind);
    }

    @Test
    void shouldBeRelivedFromTheEventThatWasAskedFor() {
        Mind mind = mind(Networks.PLAIN);
        play(mind, 50, 1);
        long count = mind.history().count();
        Mind successor = mind.successor(Networks.PLAIN, SETTINGS, count - 10);
        assertThat(successor.firstRelived()).isEqualTo(count - 10);
        int fed = 0;
        while (successor.catchUp()) {
            fed++;
        }
        assertThat(fed).isEqualTo(10);
    }

    @Test
    void shouldDrawOnlyPitchesThatAreNotExcluded() {
        Mind mind = mind(Networks.PLAIN);
        float[] bias = new float[Vocabulary.PITCHES];
        Arrays.fill(bias, Sampler.NEVER);
        assertThat(mind.drawPitch(bias)).isEqualTo(-1);
        bias[61] = -20;
        assertThat(mind.drawPitch(bias)).isEqualTo(61);
        for (int bin = 0; bin < Vocabulary.VELOCITY_BINS; bin++) {
            assertThat(mind.drawVelocityBin(61, bin / 2, bin)).isBetween(bin / 2, bin);
        }
    }

    @Test
    void shouldAllocateNothing() {
        Mind mind = mind(Networks.TUNED);
        play(mind, 100, 1);
        Runnable tenThousandEvents = () -> {
            for (int i = 0; i < 2_500; i++) {
                mind.noteOn(Voice.HUMAN, 40 + i % 31, 70, mind.clockNanos() + 100 * MILLI, true);
                mind.noteOff(Voice.HUMAN, 40 + i % 31, mind.clockNanos() + 50 * MILLI);
                mind.keep();
                next(mind);
                mind.bringBack();
                sounding.clear();
                next(mind);
                sounding.clear();
                mind.prepare();
                mind.silence(mind.clockNanos() + 5_000 * MILLI);
            }
        };
        assertThat(Allocation.bytesOfWarmRun(tenThousandEvents)).isZero();
    }
}
