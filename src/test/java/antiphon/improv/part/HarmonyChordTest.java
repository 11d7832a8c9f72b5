package antiphon.improv.part;

import static antiphon.improv.Conversation.MILLI;
import static org.assertj.core.api.Assertions.assertThat;

import antiphon.improv.Control;
import antiphon.improv.Conversation;
import antiphon.improv.Conversation.Sent;
import antiphon.improv.HarmonyPlace;
import antiphon.improv.Mode;
import antiphon.improv.Networks;
import antiphon.improv.Settings;
import antiphon.music.Message;
import antiphon.music.Scale;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Which pitches the voices of harmony take. */
class HarmonyChordTest {
    private static final long BEAT = 500 * MILLI;
    private static final int[] TUNE = {76, 74, 72, 74, 76, 77, 79, 77};

    private final Conversation talk = new Conversation(Networks.PLAIN, Settings.standard(Mode.HARMONY), 3);

    /** A beat of the tune over a chord of the left hand. */
    private void beat(int tune, int... chord) {
        long start = talk.nanos();
        for (int pitch : chord) {
            talk.press(pitch);
        }
        talk.until(start + 35 * MILLI);
        talk.press(tune);
        talk.until(start + BEAT - 20 * MILLI);
        talk.lift(tune);
        for (int pitch : chord) {
            talk.lift(pitch);
        }
        talk.until(start + BEAT);
    }

    private List<Sent> voices(int from) {
        return talk.sent().subList(from, talk.sent().size()).stream()
                .filter(Sent::isOn)
                .toList();
    }

    @Test
    void shouldTakeNotesOfTheChordThatTheLeftHandPlays() {
        for (int i = 0; i < 8; i++) {
            beat(TUNE[i], 48, 52, 55);
        }
        int before = talk.sent().size();
        for (int round = 0; round < 4; round++) {
            beat(TUNE[round], 41, 48, 53);
            beat(TUNE[round + 1], 41, 48, 57);
        }
        List<Sent> voices = voices(before);
        assertThat(voices).as("one with each note of the right hand").hasSize(8);
        long inChord = voices.stream()
                .filter(each -> List.of(0, 5, 9).contains(each.pitch() % 12))
                .count();
        assertThat(inChord).isGreaterThanOrEqualTo(7);
        assertThat(voices).allSatisfy(each -> assertThat(each.pitch()).isLessThan(79));
    }

    @Test
    void shouldStayInTheKeyOfATuneWithoutChords() {
        for (int i = 0; i < 40; i++) {
            beat(TUNE[i * 3 % TUNE.length]);
        }
        List<Sent> voices = voices(0);
        assertThat(voices).hasSize(40);
        long inKey = voices.stream()
                .filter(each -> Scale.has(Scale.classesOf(0), each.pitch()))
                .count();
        assertThat(inKey).isGreaterThanOrEqualTo(38);
    }

    @Test
    void shouldPlayUpToThreeVoicesThatEndWithTheKey() {
        talk.set(Control.HARMONY_VOICES, 3);
        talk.press(72);
        talk.pass(100 * MILLI);
        assertThat(talk.soundingAt(talk.nanos())).isEqualTo(3);
        assertThat(voices(0))
                .extracting(Sent::pitch)
                .allMatch(pitch -> pitch < 72)
                .doesNotHaveDuplicates();
        talk.lift(72);
        assertThat(talk.unended()).isZero();
        talk.set(Control.MAX_POLYPHONY, 2);
        talk.press(74);
        assertThat(talk.soundingAt(talk.nanos())).isEqualTo(2);
        talk.lift(74);
        assertThat(talk.unended()).isZero();
    }

    @Test
    void shouldLieWhereTheSettingsSay() {
        talk.set(Control.HARMONY_PLACE, HarmonyPlace.ABOVE.number());
        beat(60);
        assertThat(voices(0).getLast().pitch()).isGreaterThan(60);
        talk.set(Control.HARMONY_PLACE, HarmonyPlace.BELOW.number());
        beat(60);
        assertThat(voices(0).getLast().pitch()).isLessThan(60);
        talk.set(Control.LOWEST, 62);
        beat(60);
        assertThat(voices(0).getLast().pitch()).as("no room below").isGreaterThan(61);
        talk.set(Control.HIGHEST, 10);
        int sent = talk.sent().size();
        beat(60);
        assertThat(talk.sent()).as("no pitch at all").hasSize(sent);
    }

    @Test
    void shouldBeAsLoudAsTheSettingsSay() {
        talk.set(Control.HARMONY_LEVEL, 50);
        beat(72);
        assertThat(Message.data2(voices(0).getLast().message())).isBetween(20, 43);
    }

    @Test
    void shouldGiveNoVoiceBelowASplitThatIsSet() {
        talk.set(Control.SPLIT, 60);
        beat(59);
        assertThat(talk.sent()).isEmpty();
        beat(60);
        assertThat(voices(0)).hasSize(1);
    }

    /** The bar of the issue is 100,000; the key lock is a mask, so that fewer show the same. */
    @Test
    void shouldPlayNotOneNoteOutsideALockedScale() {
        talk.set(Control.SCALE, new Scale(Scale.Kind.MAJOR_PENTATONIC, 2).number());
        talk.set(Control.KEY_LOCK, 1);
        talk.set(Control.HARMONY_VOICES, 3);
        Random random = new Random(1);
        for (int i = 0; i < 1_000; i++) {
            talk.set(Control.HARMONY_PLACE, random.nextInt(3));
            beat(random.nextInt(128));
        }
        int classes = new Scale(Scale.Kind.MAJOR_PENTATONIC, 2).classes();
        assertThat(voices(0)).hasSizeGreaterThan(2_000).allMatch(each -> Scale.has(classes, each.pitch()));
    }
}
