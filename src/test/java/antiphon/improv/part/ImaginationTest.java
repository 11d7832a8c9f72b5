package antiphon.improv.part;

import static antiphon.improv.Conversation.MILLI;
import static antiphon.improv.Conversation.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import antiphon.improv.Choice;
import antiphon.improv.Control;
import antiphon.improv.Conversation;
import antiphon.improv.Conversation.Sent;
import antiphon.improv.Improviser;
import antiphon.improv.Mode;
import antiphon.improv.Networks;
import antiphon.improv.Origin;
import antiphon.improv.Part;
import antiphon.improv.Settings;
import antiphon.music.Message;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ImaginationTest {
    private static final int CANDIDATES = 6;

    private final List<Sent> sent = new ArrayList<>();
    private long nanos;

    /** By hand, so that the test decides when there is time to think. */
    private Improviser improviser(int candidates) {
        Improviser improviser = Parts.improviser(Networks.TUNED, Settings.standard(Mode.CALL), 5);
        sent.clear();
        nanos = 0;
        improviser.begin(0);
        set(improviser, Control.CANDIDATES, candidates);
        return improviser;
    }

    private void set(Improviser improviser, Control control, long value) {
        improviser.set(control, value, nanos, this::send);
    }

    private void send(int message, long dueNanos) {
        sent.add(new Sent(message, dueNanos));
    }

    private void hear(Improviser improviser, int message, long atNanos) {
        until(improviser, atNanos);
        improviser.hear(0, message, nanos, this::send);
    }

    private void call(Improviser improviser) {
        long start = nanos;
        for (int i = 0; i < 10; i++) {
            hear(improviser, Message.noteOn(0, 60 + 2 * i % 9, 80), start + i * (250 * MILLI));
            hear(improviser, Message.noteOff(0, 60 + 2 * i % 9), start + i * (250 * MILLI) + 200 * MILLI);
        }
    }

    private void until(Improviser improviser, long endNanos) {
        long next = nanos;
        while (next <= endNanos) {
            nanos = Math.max(nanos, next);
            next = improviser.advance(nanos, this::send);
        }
        nanos = endNanos;
    }

    private static void think(Improviser improviser, long nowNanos) {
        Part part = improviser.part();
        while (part.thinkNanos(nowNanos) <= nowNanos) {
            part.beginThinking(nowNanos, Part.DEVELOPED);
            part.think();
        }
    }

    private List<Sent> answerAfterThinking(Improviser improviser) {
        call(improviser);
        until(improviser, nanos + 300 * MILLI);
        think(improviser, nanos);
        until(improviser, nanos + 30 * SECOND);
        return List.copyOf(sent);
    }

    @Test
    void shouldPlayAnotherAnswerThanTheFirstThatComesToMind() {
        List<Sent> unplanned = answerAfterThinking(improviser(0));
        List<Sent> planned = answerAfterThinking(improviser(CANDIDATES));
        assertThat(planned).isNotEmpty().isNotEqualTo(unplanned);
        assertThat(answerAfterThinking(improviser(CANDIDATES)))
                .as("the same again")
                .isEqualTo(planned);
    }

    @Test
    void shouldChooseFromDrawnAnswersAndFromThoseDevelopedFromTheCall() {
        Set<Origin> origins = EnumSet.noneOf(Origin.class);
        for (int candidates = 16; candidates <= 48; candidates += 16) {
            Improviser improviser = improviser(candidates);
            answerAfterThinking(improviser);
            Choice choice = improviser.choice();
            assertThat(choice.number()).isEqualTo(1);
            assertThat(choice.tried()).isEqualTo(candidates);
            assertThat(choice.rank()).isZero();
            for (int place = 0; place < choice.kept(); place++) {
                origins.add(Choice.originOf(choice.about(place)));
                assertThat(choice.score(place)).isLessThanOrEqualTo(choice.score(0));
            }
        }
        assertThat(origins).hasSizeGreaterThan(2);
    }

    /** Of so many answers each to ten seeds: how many of those kept are developed, and the motifs of the chosen, in percent. */
    private double[] keptWith(int boldness) {
        double developed = 0;
        double kept = 0;
        double motifs = 0;
        for (int seed = 1; seed <= 10; seed++) {
            Improviser improviser = improviser(24);
            set(improviser, Control.SEED, seed);
            set(improviser, Control.BOLDNESS, boldness);
            answerAfterThinking(improviser);
            Choice choice = improviser.choice();
            for (int place = 0; place < choice.kept(); place++) {
                developed += Choice.originOf(choice.about(place)) == Origin.DRAWN ? 0 : 1;
                kept++;
            }
            motifs += Choice.motifPercentOf(choice.about(0)) / 10.0;
        }
        return new double[] {100 * developed / kept, motifs};
    }

    @Test
    void shouldKeepToTheCallsMaterialTheMoreTheLessBoldItIs() {
        double[] timid = keptWith(0);
        double[] usual = keptWith(50);
        double[] bold = keptWith(100);
        assertThat(timid[0]).as("all are developed").isEqualTo(100);
        assertThat(usual[0]).isStrictlyBetween(0.0, 100.0);
        assertThat(bold[0]).as("none is").isZero();
        assertThat(timid[1]).as("motifs").isGreaterThan(usual[1]);
        assertThat(bold[1]).as("motifs").isLessThan(usual[1]);
    }

    /** A journal of before says so, and must give what it gave. */
    @Test
    void shouldDrawAllAnswersWhereThatIsTheWay() {
        Improviser improviser = improviser(24);
        call(improviser);
        until(improviser, nanos + 300 * MILLI);
        improviser.part().beginThinking(nanos, Part.DRAWN);
        think(improviser, nanos);
        until(improviser, nanos + 30 * SECOND);
        Choice choice = improviser.choice();
        assertThat(choice.tried()).isEqualTo(24);
        for (int place = 0; place < choice.kept(); place++) {
            assertThat(Choice.originOf(choice.about(place))).isEqualTo(Origin.DRAWN);
        }
    }

    /** Of single notes and chords, with and without a pulse. */
    @Property(tries = 15)
    void shouldKeepToTheLimitsWhateverAnAnswerBeginsWith(@ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Improviser improviser = improviser(16);
        int keys = 1 + random.nextInt(3);
        boolean steady = random.nextBoolean();
        for (int i = 0; i < 12; i++) {
            long onset = nanos + (steady ? 20 : random.nextInt(300)) * MILLI;
            int pitch = 40 + random.nextInt(40);
            for (int key = 0; key < keys; key++) {
                hear(improviser, Message.noteOn(0, pitch + 4 * key, 80), onset);
            }
            for (int key = 0; key < keys; key++) {
                hear(improviser, Message.noteOff(0, pitch + 4 * key), onset + 230 * MILLI);
            }
        }
        think(improviser, nanos + 600 * MILLI);
        until(improviser, nanos + 60 * SECOND);
        for (int rank = 0; rank < 6; rank++) {
            assertPlayable(keys + 1);
            sent.clear();
            set(improviser, Control.AGAIN, 0);
            until(improviser, nanos + 60 * SECOND);
        }
    }

    private void assertPlayable(int polyphony) {
        Map<Integer, Long> sounding = new HashMap<>();
        for (Sent each : sent) {
            if (each.isOn()) {
                assertThat(sounding.put(each.pitch(), each.dueNanos()))
                        .as("no pitch sounds twice")
                        .isNull();
                assertThat(sounding).hasSizeLessThanOrEqualTo(polyphony);
            } else {
                Long onset = sounding.remove(each.pitch());
                assertThat(onset).isNotNull();
                assertThat(each.dueNanos() - onset).isGreaterThanOrEqualTo(50 * MILLI);
            }
        }
        assertThat(sounding).isEmpty();
    }

    /** What is heard, and time that passes, take the mind back from what it imagines; nothing of that is lost. */
    @Property(tries = 40)
    void shouldComeToTheSameAnswerHoweverOftenItIsWoken(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 8) int every) {
        List<Sent> undisturbed = answerAfterThinking(improviser(CANDIDATES));
        Improviser improviser = improviser(CANDIDATES);
        SplittableRandom random = new SplittableRandom(seed);
        call(improviser);
        until(improviser, nanos + 300 * MILLI);
        Part part = improviser.part();
        int steps = 0;
        while (part.thinkNanos(nanos) <= nanos) {
            part.beginThinking(nanos, Part.DEVELOPED);
            part.think();
            steps++;
            if (random.nextInt(40 * every) == 0) {
                until(improviser, nanos + 1_000);
            }
            assertThat(steps).as("it comes to an end").isLessThan(1_000_000);
        }
        until(improviser, nanos + 30 * SECOND);
        assertThat(sent).isEqualTo(undisturbed);
    }

    /** What was imagined has never been: who plays on is answered as if nobody had thought. */
    @Property(tries = 30)
    void shouldLeaveNoTraceIfTheHumanPlaysOn(@ForAll @IntRange(min = 1, max = 400) int steps) {
        List<Sent> never = playOn(improviser(0), 0);
        assertThat(never).isNotEmpty();
        assertThat(playOn(improviser(CANDIDATES), steps)).isEqualTo(never);
    }

    private List<Sent> playOn(Improviser improviser, int steps) {
        call(improviser);
        until(improviser, nanos + 300 * MILLI);
        Part part = improviser.part();
        for (int i = 0; i < steps && part.thinkNanos(nanos) <= nanos; i++) {
            part.beginThinking(nanos, Part.DEVELOPED);
            part.think();
        }
        call(improviser);
        long events = improviser.mind().history().count();
        set(improviser, Control.CANDIDATES, 0);
        assertThat(improviser.mind().history().count()).isEqualTo(events);
        until(improviser, nanos + 30 * SECOND);
        return List.copyOf(sent);
    }

    @Test
    void shouldGiveTheNextBestIfAskedForAnother() {
        Improviser improviser = improviser(CANDIDATES);
        List<List<Integer>> answers = new ArrayList<>();
        answers.add(pitches(answerAfterThinking(improviser)));
        for (int i = 1; i < CANDIDATES; i++) {
            sent.clear();
            set(improviser, Control.AGAIN, 0);
            until(improviser, nanos + 30 * SECOND);
            answers.add(pitches(sent));
        }
        assertThat(answers).doesNotHaveDuplicates().allSatisfy(each -> assertThat(each)
                .isNotEmpty());
    }

    private static List<Integer> pitches(List<Sent> of) {
        return of.stream().filter(Sent::isOn).map(Sent::pitch).toList();
    }

    /** Quarters of half a second: the answer that is not wanted ends on one of them, and everything with it. */
    @Test
    void shouldEndAtTheNextBeatAfterAVeto() {
        Improviser improviser = improviser(CANDIDATES);
        call(improviser);
        until(improviser, nanos + 300 * MILLI);
        think(improviser, nanos);
        while (sent.stream().filter(Sent::isOn).count() < 2) {
            until(improviser, nanos + 10 * MILLI);
        }
        long vetoNanos = nanos;
        set(improviser, Control.VETO, 0);
        until(improviser, nanos + 30 * SECOND);
        long lastNanos = sent.stream().mapToLong(Sent::dueNanos).max().orElseThrow();
        assertThat(lastNanos).isLessThan(vetoNanos + SECOND);
        assertThat(sent.stream().mapToInt(each -> each.isOn() ? 1 : -1).sum()).isZero();
        assertThat(improviser.isAnswering()).isFalse();
    }

    /** A step of the network between two looks at the ring, and it never thinks while it answers. */
    @Test
    void shouldHaveNothingToThinkOfWhileItAnswersOrWithoutACall() {
        Improviser improviser = improviser(CANDIDATES);
        assertThat(improviser.part().thinkNanos(nanos)).isEqualTo(Long.MAX_VALUE);
        call(improviser);
        assertThat(improviser.part().thinkNanos(nanos))
                .as("part of the rest must be over")
                .isGreaterThan(nanos)
                .isLessThan(nanos + 700 * MILLI);
        until(improviser, nanos + SECOND);
        assertThat(improviser.isAnswering()).isTrue();
        assertThat(improviser.part().thinkNanos(nanos)).isEqualTo(Long.MAX_VALUE);
        assertThat(improviser.part().thought(nanos)).isZero();
    }

    /** Who lifts a key that was held from the call on does not take the answer away. */
    @Test
    void shouldKeepToItsPlanWhenAKeyIsLifted() {
        Improviser held = improviser(CANDIDATES);
        call(held);
        hear(held, Message.noteOn(0, 48, 70), nanos + 50 * MILLI);
        think(held, held.listener().phraseEndNanos(held.part().restNanos(), true) - 100 * MILLI);
        until(held, nanos + 4 * SECOND);
        assertThat(held.isAnswering()).isTrue();
        int planned = held.plan().size();
        assertThat(planned).isGreaterThan(1);
        held.hear(0, Message.noteOff(0, 48), nanos, this::send);
        assertThat(held.plan().size()).isEqualTo(planned);
    }

    /** A port that is handed messages ahead would send late what is due sooner than it can be told. */
    @Test
    void shouldPlanNothingSoonerThanTheWayOutCanBeToldOfIt() {
        long leadNanos = 20 * MILLI;
        Settings early = Settings.standard(Mode.CALL).withTiming(leadNanos, 40 * MILLI, 20 * MILLI);
        for (int seed = 1; seed <= 20; seed++) {
            Improviser improviser = Parts.improviser(Networks.PLAIN, early, seed);
            nanos = 0;
            improviser.begin(0);
            call(improviser);
            long endNanos =
                    improviser.listener().phraseEndNanos(improviser.part().restNanos(), true);
            think(improviser, endNanos - 100 * MILLI);
            // It ought to begin then, and is woken later than that.
            nanos = endNanos + 3 * MILLI;
            improviser.advance(nanos, this::send);
            assertThat(improviser.isAnswering()).isTrue();
            assertThat(improviser.plan().size()).isGreaterThan(1);
            assertThat(improviser.plan().dueNanos(0)).isGreaterThanOrEqualTo(nanos + leadNanos);
        }
    }

    @Test
    void shouldNotThinkInModesThatTakeNoTurns() {
        for (Mode mode : new Mode[] {Mode.HARMONY, Mode.LISTEN, Mode.CONTINUE}) {
            Conversation talk = new Conversation(Settings.standard(mode), 1);
            talk.press(60);
            talk.lift(60);
            assertThat(talk.improviser().part().thinkNanos(talk.nanos())).isEqualTo(Long.MAX_VALUE);
        }
    }
}
