package antiphon.improv;

import static antiphon.improv.Conversation.MILLI;
import static antiphon.improv.Conversation.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import antiphon.Allocation;
import antiphon.improv.Conversation.Sent;
import antiphon.improv.listen.Tonality;
import antiphon.model.StackedLstm;
import antiphon.music.Message;
import antiphon.music.MessageSink;
import antiphon.music.Scale;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Steering by scale, lock, range, longest note and boldness, heard in what is sent. */
class ImproviserSteerTest {
    private static final int SCALES = Scale.Kind.values().length * 12;
    private static final MessageSink IGNORED = (message, dueNanos) -> {};
    private static final List<Control> OTHERS = List.of(
            Control.TEMPERATURE,
            Control.TOP_P,
            Control.MIN_P,
            Control.MEMORY,
            Control.DENSITY,
            Control.REGISTER,
            Control.GRID,
            Control.KEY_BIAS,
            Control.MAX_NOTE,
            Control.BOLDNESS,
            Control.MAX_POLYPHONY,
            Control.AGAIN,
            Control.ANSWER);

    private static void steer(Conversation talk, Scale scale, int lowest, int highest) {
        talk.set(Control.SCALE, scale.number());
        talk.set(Control.KEY_LOCK, 1);
        talk.set(Control.LOWEST, lowest);
        talk.set(Control.HIGHEST, highest);
    }

    /** Plays some notes of any pitch, sometimes two at once, and lets the partner play. */
    private static void exchange(Conversation talk, SplittableRandom random, long restMillis) {
        int notes = 1 + random.nextInt(6);
        for (int i = 0; i < notes; i++) {
            int pitch = 30 + random.nextInt(60);
            talk.press(pitch);
            talk.press(pitch + 5);
            talk.pass(random.nextLong(20, 300) * MILLI);
            talk.lift(pitch);
            talk.lift(pitch + 5);
        }
        talk.pass(random.nextLong(200, restMillis) * MILLI);
    }

    /** @return how many notes there were */
    private static int assertAllWithin(Conversation talk, Scale scale, int lowest, int highest) {
        int notes = 0;
        for (Sent each : talk.sent()) {
            if (each.isOn()) {
                notes++;
                boolean within =
                        Scale.has(scale.classes(), each.pitch()) && each.pitch() >= lowest && each.pitch() <= highest;
                assertThat(within)
                        .as("%s in %s, %s to %s", each, scale.text(), lowest, highest)
                        .isTrue();
            }
        }
        talk.sent().clear();
        return notes;
    }

    /** 100,000 notes, whatever is played and set besides: not one outside. */
    @Example
    void shouldPlayNotOneNoteOutsideALockedScaleInAnyMode() {
        Map<Mode, Integer> wanted = Map.of(
                Mode.CALL, 3_000,
                Mode.TRADE, 3_000,
                Mode.DUET, 6_000,
                Mode.HARMONY, 20_000,
                Mode.FOLLOW, 2_000,
                Mode.CONTINUE, 66_000);
        // On all cores: it is one of the longest tests.
        wanted.entrySet().parallelStream().forEach(each -> assertWithin(each.getKey(), each.getValue()));
    }

    private static void assertWithin(Mode mode, int wanted) {
        StackedLstm network = mode == Mode.CALL ? Networks.TUNED : Networks.PLAIN;
        Conversation talk = new Conversation(network, Settings.standard(mode), 1);
        talk.set(Control.CALL_LENGTH, Control.pack(4));
        SplittableRandom random = new SplittableRandom(mode.number());
        int notes = 0;
        while (notes < wanted) {
            int kind = 1 + random.nextInt(Scale.Kind.values().length - 1);
            Scale scale = Scale.of(12 * kind + random.nextInt(12));
            int lowest = random.nextInt(70);
            int highest = lowest + random.nextInt(58);
            talk.pass(random.nextInt(1_000) * MILLI);
            // Perhaps in the middle of an answer: what was sent until now does not count any more.
            talk.sent().clear();
            steer(talk, scale, lowest, highest);
            for (int i = 0; i < 3; i++) {
                exchange(talk, random, mode == Mode.HARMONY ? 400 : 25_000);
                Control control = OTHERS.get(random.nextInt(OTHERS.size()));
                talk.set(control, ImproviserControlsTest.valueOf(control, random));
            }
            notes += assertAllWithin(talk, scale, lowest, highest);
        }
    }

    private static Conversation talk(Mode mode) {
        return new Conversation(Networks.TUNED, Settings.standard(mode), 1);
    }

    /** Whatever part plans it: the same property for the voice alone is in AnswerVoiceTest. */
    @Property(tries = 40)
    void shouldKeepPolyphonyAndLengthInEveryMode(
            @ForAll long seed,
            @ForAll Mode mode,
            @ForAll @IntRange(min = 1, max = 3) int polyphony,
            @ForAll @IntRange(min = 60, max = 400) int maxMillis) {
        Conversation talk = talk(mode);
        talk.set(Control.MAX_POLYPHONY, polyphony);
        talk.set(Control.MAX_NOTE, maxMillis * MILLI);
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 4; i++) {
            exchange(talk, random, 6_000);
        }
        talk.set(Mode.LISTEN);
        Map<Integer, Long> onsets = new HashMap<>();
        for (Sent each : talk.sent()) {
            if (each.isOn()) {
                onsets.put(each.pitch(), each.dueNanos());
                assertThat(onsets).hasSizeLessThanOrEqualTo(polyphony);
            } else {
                Long onset = onsets.remove(each.pitch());
                assertThat(onset).isNotNull();
                assertThat(each.dueNanos() - (onset == null ? 0 : onset)).isLessThanOrEqualTo(maxMillis * MILLI);
            }
        }
        assertThat(talk.unended()).isZero();
    }

    /** Where a scale has no pitch in the range, and where there is no range. */
    @Property(tries = 20)
    void shouldBeSilentWhereNothingIsAllowed(@ForAll Mode mode, @ForAll boolean noRange) {
        Conversation talk = talk(mode);
        Scale cMajor = new Scale(Scale.Kind.MAJOR, 0);
        steer(talk, cMajor, noRange ? 72 : 61, noRange ? 60 : 61);
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 3; i++) {
            exchange(talk, random, 8_000);
        }
        talk.ask(Control.ANSWER);
        talk.pass(30 * SECOND);
        assertThat(talk.notesOn()).isZero();
        // It is not stuck: with room again it plays.
        steer(talk, cMajor, 0, 127);
        for (int i = 0; i < 4; i++) {
            exchange(talk, random, 8_000);
        }
        talk.pass(4 * SECOND);
        assertThat(talk.notesOn() > 0).isEqualTo(mode != Mode.LISTEN);
    }

    /** One pitch is room enough for a line. */
    @Example
    void shouldPlayOnTheOnlyPitchThereIs() {
        for (Mode mode : List.of(Mode.CALL, Mode.CONTINUE, Mode.DUET)) {
            Conversation talk = talk(mode);
            steer(talk, new Scale(Scale.Kind.MAJOR, 0), 60, 61);
            SplittableRandom random = new SplittableRandom(1);
            for (int i = 0; i < 4; i++) {
                exchange(talk, random, 8_000);
            }
            assertThat(talk.sent().stream().filter(Sent::isOn).map(Sent::pitch))
                    .as(mode.name())
                    .isNotEmpty()
                    .containsOnly(60);
        }
    }

    @Example
    void shouldLockToTheKeyThatIsHeard() {
        Conversation talk = talk(Mode.CALL);
        talk.set(Control.KEY_LOCK, 1);
        for (int i = 0; i < 5; i++) {
            for (int pitch : new int[] {62, 66, 69, 74, 73, 71, 69, 67, 66, 64, 62}) {
                talk.play(talk.nanos(), pitch, 200 * MILLI);
            }
            talk.pass(8 * SECOND);
        }
        int dMajor = new Scale(Scale.Kind.MAJOR, 2).classes();
        assertThat(talk.sent().stream().filter(Sent::isOn).map(Sent::pitch))
                .hasSizeGreaterThan(20)
                .allMatch(pitch -> Scale.has(dMajor, pitch));
    }

    /** In the middle, and with no lock and no range, the music is that of before there was any of this. */
    @Example
    void shouldChangeNothingInTheMiddle() {
        for (Mode mode : Mode.values()) {
            Conversation plain = talk(mode);
            Conversation set = talk(mode);
            steer(set, Scale.AUTO, 0, 127);
            set.set(Control.KEY_LOCK, 0);
            set.set(Control.KEY_BIAS, Control.pack(Tonality.KEY_PULL));
            set.set(Control.BOLDNESS, 50);
            set.set(Control.MAX_NOTE, 0);
            for (Conversation each : List.of(plain, set)) {
                exchange(each, new SplittableRandom(3), 8_000);
                exchange(each, new SplittableRandom(4), 8_000);
            }
            assertThat(set.sent()).isEqualTo(plain.sent());
        }
    }

    /** A lock holds from the moment on at which it is set, also for an answer that was chosen before. */
    @Example
    void shouldLockAnAnswerThatIsBeingPlayed() {
        Conversation talk = talk(Mode.CALL);
        talk.playPhrase(12);
        talk.untilSounding(1);
        int before = talk.sent().size();
        Scale scale = new Scale(Scale.Kind.MINOR_PENTATONIC, 6);
        steer(talk, scale, 40, 70);
        talk.pass(6 * SECOND);
        assertThat(talk.sent().subList(before, talk.sent().size()).stream()
                        .filter(Sent::isOn)
                        .map(Sent::pitch))
                .isNotEmpty()
                .allMatch(pitch -> pitch >= 40 && pitch <= 70 && Scale.has(scale.classes(), pitch));
    }

    @Example
    void shouldAllocateNothing() {
        for (Mode mode : Mode.values()) {
            Improviser improviser = talk(mode).improviser();
            improviser.begin(0);
            long[] nanos = {0};
            assertThat(Allocation.bytesOfWarmRun(() -> {
                        for (int i = 0; i < 10_000; i++) {
                            nanos[0] += 20 * MILLI;
                            int pitch = 50 + i / 3 % 20;
                            if (i % 400 < 30) {
                                improviser.hear(
                                        0,
                                        i % 3 == 0 ? Message.noteOn(0, pitch, 80) : Message.noteOff(0, pitch),
                                        nanos[0],
                                        IGNORED);
                            }
                            if (i % 50 == 0) {
                                improviser.set(Control.SCALE, i / 50 % SCALES, nanos[0], IGNORED);
                                improviser.set(Control.KEY_LOCK, i / 50 % 2, nanos[0], IGNORED);
                                improviser.set(Control.LOWEST, i / 50 % 50, nanos[0], IGNORED);
                                improviser.set(Control.MAX_NOTE, i / 50 % 2 == 0 ? 0 : 150 * MILLI, nanos[0], IGNORED);
                                improviser.set(Control.BOLDNESS, i / 50 % 101, nanos[0], IGNORED);
                            }
                            improviser.advance(nanos[0], IGNORED);
                        }
                    }))
                    .as(mode.name())
                    .isZero();
        }
    }
}
