package antiphon.improv;

import static antiphon.improv.Conversation.MILLI;
import static antiphon.improv.Conversation.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import antiphon.improv.Conversation.Sent;
import antiphon.music.Message;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class EnsembleTest {
    private static final int FIRST = 1;
    private static final int SECOND_PART = 2;
    private static final int THIRD = 3;

    private static Settings with(Mode first, Mode... beside) {
        List<Band.Beside> parts = new ArrayList<>();
        for (int i = 0; i < beside.length; i++) {
            parts.add(new Band.Beside(beside[i].number(), SECOND_PART + i, 0, 100));
        }
        return Settings.standard(first).withBand(new Band(100, parts));
    }

    private static List<Sent> notesOn(Conversation talk, int channel) {
        return talk.sent().stream()
                .filter(each -> each.isOn() && Message.channel(each.message()) == channel)
                .toList();
    }

    @Test
    void shouldPlayEachPartOnItsChannelAtTheSameTime() {
        Conversation talk = new Conversation(with(Mode.HARMONY, Mode.HARMONY, Mode.HARMONY), 1);
        talk.press(72);
        talk.pass(SECOND);
        assertThat(notesOn(talk, FIRST)).hasSize(1);
        assertThat(notesOn(talk, SECOND_PART)).isNotEmpty();
        assertThat(notesOn(talk, THIRD)).isNotEmpty();
        talk.lift(72);
        talk.pass(SECOND);
        assertThat(talk.unended()).isZero();
    }

    /** Nobody plays while the answer sounds, but the first part does. */
    @Test
    void shouldLeadThePartsBehindIt() {
        Conversation talk = new Conversation(with(Mode.CALL, Mode.HARMONY), 1);
        talk.playPhrase(8);
        long callEndNanos = talk.nanos();
        int voicesOfCall = notesOn(talk, SECOND_PART).size();
        assertThat(voicesOfCall).isPositive();
        talk.pass(20 * SECOND);
        List<Sent> answer = notesOn(talk, FIRST);
        List<Sent> voices = notesOn(talk, SECOND_PART)
                .subList(voicesOfCall, notesOn(talk, SECOND_PART).size());
        assertThat(answer).isNotEmpty();
        assertThat(voices).isNotEmpty().allMatch(each -> each.dueNanos() > callEndNanos);
        Set<Long> onsets = new HashSet<>(answer.stream().map(Sent::dueNanos).toList());
        long together =
                voices.stream().filter(each -> onsets.contains(each.dueNanos())).count();
        assertThat(together)
                .as("voices of %s that begin with their note", voices.size())
                .isGreaterThan(voices.size() / 2);
        assertThat(talk.unended()).isZero();
    }

    /** What the first part thinks of while the human rests would be of no use after each note that it hears. */
    @Test
    void shouldLetThePartsBeforeThinkWhileTheOthersPlay() {
        Conversation talk = new Conversation(with(Mode.CALL, Mode.DUET), 1);
        talk.set(Control.CALL_REST, 3 * SECOND);
        talk.playPhrase(20);
        long changes = talk.improviser().mind().changes();
        int bass = notesOn(talk, SECOND_PART).size();
        while (!talk.improviser().isAnswering() && talk.nanos() < 60 * SECOND) {
            talk.pass(5 * MILLI);
            if (!talk.improviser().isAnswering()) {
                assertThat(talk.improviser().mind().changes()).isEqualTo(changes);
            }
        }
        assertThat(notesOn(talk, SECOND_PART)).as("while the first part waits").hasSizeGreaterThan(bass);
        assertThat(talk.improviser().isAnswering()).isTrue();
    }

    /** Parts behind are heard by the network alone: two that wait for each other do not answer for ever. */
    @Test
    void shouldComeToAnEndAlthoughPartsHearEachOther() {
        Conversation talk = new Conversation(with(Mode.CALL, Mode.CALL, Mode.DUET, Mode.CALL), 1);
        talk.playPhrase(6);
        talk.pass(120 * SECOND);
        int sent = talk.sent().size();
        talk.pass(60 * SECOND);
        assertThat(talk.sent()).hasSize(sent);
        assertThat(talk.unended()).isZero();
        assertThat(talk.ensemble().isIdle()).isTrue();
    }

    @Test
    void shouldTurnPartsOnAndOffWhilePlaying() {
        Conversation talk = new Conversation(Settings.standard(Mode.LISTEN), 1);
        talk.press(60);
        assertThat(talk.sent()).isEmpty();
        talk.lift(60);
        talk.set(Control.PART3_MODE, Mode.HARMONY.number());
        talk.set(Control.PART3_CHANNEL, 9);
        talk.press(60);
        talk.pass(100 * MILLI);
        assertThat(notesOn(talk, 9)).hasSize(1);
        talk.set(Control.PART3_MODE, Band.Beside.OFF);
        talk.pass(100 * MILLI);
        assertThat(talk.unended()).isZero();
        talk.lift(60);
        talk.press(64);
        talk.pass(100 * MILLI);
        assertThat(notesOn(talk, 9)).hasSize(1);
    }

    /** Everything but mode, channel, register and level is one for all, also what was set before a part joined in. */
    @Test
    void shouldSetAPartThatJoinsInLikeTheFirst() {
        Conversation talk = new Conversation(Settings.standard(Mode.LISTEN), 1);
        talk.set(Control.LOWEST, 100);
        talk.set(Control.HIGHEST, 103);
        talk.set(Control.PART2_MODE, Mode.HARMONY.number());
        for (int pitch = 90; pitch < 110; pitch++) {
            talk.press(pitch);
            talk.pass(200 * MILLI);
            talk.lift(pitch);
        }
        assertThat(notesOn(talk, SECOND_PART))
                .isNotEmpty()
                .allMatch(each -> each.pitch() >= 100 && each.pitch() <= 103);
    }

    @Test
    void shouldPlayEachPartAtItsLevel() {
        Band.Beside soft = new Band.Beside(Mode.HARMONY.number(), SECOND_PART, 0, 25);
        Conversation talk = new Conversation(Settings.standard(Mode.HARMONY).withBand(new Band(100, List.of(soft))), 1);
        for (int pitch = 60; pitch < 72; pitch++) {
            talk.hear(0, Message.noteOn(0, pitch, 100));
            talk.pass(200 * MILLI);
            talk.lift(pitch);
        }
        assertThat(notesOn(talk, FIRST)).allMatch(each -> Message.data2(each.message()) >= 45);
        assertThat(notesOn(talk, SECOND_PART)).allMatch(each -> Message.data2(each.message()) <= 26);
    }

    /** So what comes meanwhile never waits for the networks of all parts. */
    @Test
    void shouldLetOnePartHearAtATimeAfterTheFirst() {
        Conversation talk = new Conversation(with(Mode.HARMONY, Mode.DUET, Mode.HARMONY, Mode.DUET), 1);
        talk.playPhrase(12);
        List<Long> before = changes(talk);
        talk.press(72);
        assertThat(notesOn(talk, FIRST)).hasSize(13);
        assertThat(changes(talk)).as("the parts that do not answer each note").satisfies(now -> {
            assertThat(now.get(1)).isEqualTo(before.get(1));
            assertThat(now.get(3)).isEqualTo(before.get(3));
        });
        int calls = 0;
        List<Long> last = changes(talk);
        while (talk.ensemble().advance(talk.nanos(), talk.out()) <= talk.nanos()) {
            List<Long> now = changes(talk);
            long changed = IntStream.range(1, now.size())
                    .filter(number -> !now.get(number).equals(last.get(number)))
                    .count();
            assertThat(changed).isLessThanOrEqualTo(1);
            last.clear();
            last.addAll(now);
            assertThat(++calls).isLessThan(100);
        }
        assertThat(last.get(1)).isGreaterThan(before.get(1));
        assertThat(last.get(3)).isGreaterThan(before.get(3));
    }

    private static List<Long> changes(Conversation talk) {
        List<Long> changes = new ArrayList<>();
        for (int number = 0; number < Ensemble.PARTS; number++) {
            Improviser part = talk.ensemble().playing(number);
            changes.add(part == null ? 0 : part.mind().changes());
        }
        return changes;
    }

    /** The others send their notes ahead of time; and time has passed before a note that was played is taken in. */
    @Test
    void shouldAnswerEachNoteAtItsTimeWhateverTheOthersDo() {
        Settings settings = with(Mode.HARMONY, Mode.DUET, Mode.DUET, Mode.DUET);
        Conversation talk = new Conversation(settings, 1);
        long late = 4 * MILLI;
        for (int i = 0; i < 60; i++) {
            talk.pass(50 * MILLI);
            int sent = notesOn(talk, FIRST).size();
            long playedNanos = talk.nanos() - late;
            int message = Message.noteOn(0, 60 + i % 12, 80);
            talk.ensemble().hear(0, message, playedNanos, playedNanos, talk.out());
            assertThat(notesOn(talk, FIRST)).hasSize(sent + 1);
            assertThat(notesOn(talk, FIRST).getLast().dueNanos()).isEqualTo(playedNanos + settings.immediateNanos());
            talk.pass(40 * MILLI);
            talk.lift(60 + i % 12);
        }
        assertThat(notesOn(talk, SECOND_PART).size() + notesOn(talk, THIRD).size())
                .isPositive();
    }

    /** Whatever is set when: a key of a channel is one part's at a time, and everything that begins ends. */
    @Property(tries = 12)
    void shouldShareNoKeyAndEndEverything(@ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Conversation talk = new Conversation(Networks.PLAIN, with(Mode.CALL, Mode.DUET, Mode.HARMONY), seed);
        for (int i = 0; i < 400; i++) {
            int pitch = 55 + random.nextInt(20);
            switch (random.nextInt(8)) {
                case 0 -> {
                    Control control = Control.of(random.nextInt(Control.values().length));
                    talk.set(control, ImproviserControlsTest.valueOf(control, random));
                }
                case 1, 2, 3 -> talk.hear(0, Message.noteOn(0, pitch, 1 + random.nextInt(127)));
                case 4, 5 -> talk.lift(pitch);
                default -> talk.pass(random.nextLong(400) * MILLI);
            }
        }
        for (Control mode : List.of(Control.PART2_MODE, Control.PART3_MODE, Control.PART4_MODE)) {
            talk.set(mode, Band.Beside.OFF);
        }
        talk.set(Mode.LISTEN);
        assertPaired(talk.sent());
    }

    private static void assertPaired(List<Sent> sent) {
        boolean[] sounding = new boolean[Message.CHANNELS * Message.PITCHES];
        List<Sent> notes = sent.stream()
                .filter(each -> each.isOn() || Message.isNoteOff(each.message()))
                .sorted(Comparator.comparingLong(Sent::dueNanos))
                .toList();
        for (Sent each : notes) {
            int key = Message.key(each.message());
            assertThat(sounding[key]).as("%s", each).isEqualTo(!each.isOn());
            sounding[key] = each.isOn();
        }
        assertThat(sounding).containsOnly(false);
    }
}
