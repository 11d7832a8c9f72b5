package antiphon.live;

import static org.assertj.core.api.Assertions.assertThat;

import antiphon.improv.Band;
import antiphon.improv.Division;
import antiphon.improv.Enter;
import antiphon.improv.Mode;
import antiphon.improv.SendClock;
import antiphon.improv.Settings;
import antiphon.model.RandomModel;
import antiphon.model.StackedLstm;
import antiphon.music.Message;
import antiphon.music.Note;
import antiphon.music.TimedMessages;
import antiphon.music.Voice;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RehearsalTest {
    private static final long MILLI = 1_000_000L;
    private static final long MINUTE_NANOS = 60_000 * MILLI;
    private static final StackedLstm MODEL = new StackedLstm(RandomModel.of(16, 24, 2, 11));

    @Test
    void shouldGiveTheSameAnswerForTheSameSeedAndAnotherForAnother() {
        TimedMessages phrase = phrase(0, 16);
        TimedMessages first = Rehearsal.play(MODEL, Settings.standard(Mode.CALL), 4, phrase, MINUTE_NANOS);
        assertThat(first.size()).isPositive();
        assertThat(Rehearsal.play(MODEL, Settings.standard(Mode.CALL), 4, phrase, MINUTE_NANOS))
                .isEqualTo(first);
        assertThat(Rehearsal.play(MODEL, Settings.standard(Mode.CALL), 5, phrase, MINUTE_NANOS))
                .isNotEqualTo(first);
    }

    @Test
    void shouldAnswerTheLastPhraseToTheEndAndLeaveNothingSounding() {
        TimedMessages phrase = phrase(0, 16);
        TimedMessages answer = Rehearsal.play(MODEL, Settings.standard(Mode.CALL), 4, phrase, MINUTE_NANOS);
        assertThat(answer.nanos(0)).isBetween(phrase.endNanos() + 200 * MILLI, phrase.endNanos() + 1_400 * MILLI);
        assertThat(sounding(answer)).isZero();
    }

    /** Whoever draws or explains what is to come needs to know whose it is. */
    @Test
    void shouldTellWhatEachPartPlans() {
        Band band = new Band(100, List.of(new Band.Beside(Mode.DUET.number(), 2, 0, 100)));
        Map<Integer, List<Integer>> sizes = new TreeMap<>();
        Rehearsal.play(MODEL, Settings.standard(Mode.CALL).withBand(band), 4, phrase(0, 16), MINUTE_NANOS, entry -> {
            if (entry.what() == Tap.PLAN) {
                sizes.computeIfAbsent(entry.input(), part -> new ArrayList<>()).add(entry.message());
            }
        });
        assertThat(sizes).containsOnlyKeys(0, 1);
        assertThat(sizes.values()).allSatisfy(told -> {
            assertThat(told).anyMatch(size -> size > 0);
            assertThat(told.getLast()).as("nothing is planned at the end").isZero();
        });
    }

    /** A golden test: this model, this phrase, this seed. If it changes, answers change for everybody: say so. */
    @Test
    void shouldPlayExactlyThis() {
        assertThat(firstSix(Settings.standard(Mode.CALL)))
                .containsExactly(
                        "on 56 at 2000",
                        "off 56 at 2200",
                        "on 61 at 2250",
                        "off 61 at 2450",
                        "on 67 at 2500",
                        "off 67 at 2700");
    }

    /** The same where the answer does not keep the human's pulse. */
    @Test
    void shouldPlayExactlyThisWithoutTheGrid() {
        Settings standard = Settings.standard(Mode.CALL);
        Settings free = new Settings(
                standard.mode(),
                standard.temperature(),
                standard.topP(),
                standard.minP(),
                standard.call(),
                standard.continuing(),
                standard.density(),
                standard.registerSemitones(),
                new Settings.Beat(0, Enter.BEAT, 4, 4, 0, Division.AUTO, Settings.Tap.NONE, SendClock.OFF, 0),
                standard.maxPolyphony(),
                standard.commitNanos(),
                standard.leadNanos(),
                standard.immediateNanos(),
                standard.thruNanos(),
                standard.offsetNanos(),
                standard.channel(),
                standard.memory(),
                standard.mute(),
                standard.ignoresDrums(),
                standard.inChannel(),
                0,
                standard.steer(),
                standard.together(),
                standard.band());
        assertThat(firstSix(free))
                .containsExactly(
                        "on 74 at 2212",
                        "on 77 at 2590",
                        "off 77 at 2852",
                        "off 74 at 3042",
                        "on 67 at 3409",
                        "off 67 at 3469");
    }

    private static List<String> firstSix(Settings settings) {
        TimedMessages answer = Rehearsal.play(MODEL, settings, 4, phrase(0, 6), MINUTE_NANOS);
        List<String> first = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            int message = answer.message(i);
            first.add((Message.isNoteOn(message) ? "on " : "off ") + Message.data1(message) + " at "
                    + answer.nanos(i) / MILLI);
        }
        return first;
    }

    @Test
    void shouldGenerateForAsLongAsAskedWithoutAnybodyPlaying() {
        TimedMessages made = Rehearsal.generate(
                MODEL, Settings.standard(Mode.CONTINUE), 3, TimedMessages.ofNotes(List.of(), 0), 0, 20_000 * MILLI);
        // What is decided by the end may still begin within the commit window.
        assertThat(made.endNanos()).isBetween(15_000 * MILLI, 20_010 * MILLI);
        assertThat(sounding(made)).isZero();
    }

    @Test
    void shouldGenerateInTheTempoThatIsAsked() {
        TimedMessages made = Rehearsal.generate(
                MODEL, Settings.standard(Mode.CONTINUE), 3, TimedMessages.ofNotes(List.of(), 0), 90, 20_000 * MILLI);
        double stepNanos = 60e9 / 90 / 4;
        int near = 0;
        for (int i = 0; i < made.size(); i++) {
            double steps = made.nanos(i) / stepNanos;
            near += Message.isNoteOn(made.message(i)) && Math.abs(steps - Math.rint(steps)) * stepNanos < 35e6 ? 1 : 0;
        }
        assertThat(made.nanos(0)).isBetween(0L, 2_000 * MILLI);
        assertThat(near).isGreaterThan(made.noteOns() * 9 / 10);
        assertThat(sounding(made)).isZero();
    }

    private static int sounding(TimedMessages messages) {
        int[] keys = new int[128];
        int sounding = 0;
        for (int i = 0; i < messages.size(); i++) {
            int pitch = Message.data1(messages.message(i));
            int change = Message.isNoteOn(messages.message(i)) ? 1 : -1;
            keys[pitch] += change;
            sounding += change;
            assertThat(keys[pitch]).isBetween(0, 1);
        }
        return sounding;
    }

    private static TimedMessages phrase(long startNanos, int count) {
        List<Note> notes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            notes.add(new Note(Voice.HUMAN, startNanos + i * (250 * MILLI), 200 * MILLI, 60 + i * 5 % 12, 70));
        }
        return TimedMessages.ofNotes(notes, 0);
    }
}
