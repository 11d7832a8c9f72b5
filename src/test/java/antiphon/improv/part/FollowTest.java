package antiphon.improv.part;

import static antiphon.improv.Conversation.MILLI;
import static antiphon.improv.Conversation.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import antiphon.improv.Control;
import antiphon.improv.Conversation;
import antiphon.improv.Conversation.Sent;
import antiphon.improv.Mode;
import antiphon.improv.Networks;
import antiphon.improv.Settings;
import antiphon.music.Scale;
import java.util.List;
import org.junit.jupiter.api.Test;

class FollowTest {
    private static final long BEAT = 500 * MILLI;
    private static final int[][] CHORDS = {{48, 52, 55}, {45, 48, 52}, {41, 45, 48}, {43, 47, 50}};

    /** A network that has learned nothing: what is right here is not its merit. */
    private final Conversation talk = new Conversation(Networks.PLAIN, Settings.standard(Mode.FOLLOW), 1);

    private long startNanos;

    /** The left hand strikes a chord on each beat, another one with each bar. */
    private void lead(int bars) {
        startNanos = talk.nanos();
        for (int beat = 0; beat < 4 * bars; beat++) {
            int[] chord = chordAt(beat);
            talk.until(startNanos + beat * BEAT);
            for (int pitch : chord) {
                talk.press(pitch);
            }
            talk.pass(BEAT * 3 / 4);
            for (int pitch : chord) {
                talk.lift(pitch);
            }
        }
        talk.until(startNanos + 4L * bars * BEAT);
    }

    private static int[] chordAt(int beat) {
        return CHORDS[beat / 4 % CHORDS.length];
    }

    private List<Sent> notes(long from) {
        return talk.sent().stream()
                .filter(each -> each.isOn() && each.dueNanos() >= from)
                .toList();
    }

    private boolean isInChord(Sent note) {
        int beat = (int) ((note.dueNanos() - startNanos + BEAT / 10) / BEAT);
        for (int pitch : chordAt(beat)) {
            if (Math.floorMod(pitch - note.pitch(), 12) == 0) {
                return true;
            }
        }
        return false;
    }

    private boolean isOnBeat(Sent note) {
        return Math.abs(Math.IEEEremainder((double) (note.dueNanos() - startNanos), BEAT)) < 75 * MILLI;
    }

    @Test
    void shouldPlayNotesOfTheChordOnTheBeats() {
        lead(24);
        List<Sent> onBeat =
                notes(startNanos + 8 * BEAT).stream().filter(this::isOnBeat).toList();
        assertThat(onBeat).hasSizeGreaterThanOrEqualTo(20);
        long inChord = onBeat.stream().filter(this::isInChord).count();
        assertThat((double) inChord / onBeat.size()).isGreaterThan(0.7);
    }

    @Test
    void shouldWaitForTheNewChordWhereItChanges() {
        lead(40);
        List<Sent> withChange = notes(startNanos + 16 * BEAT).stream()
                .filter(each ->
                        Math.abs(Math.IEEEremainder((double) (each.dueNanos() - startNanos), 4 * BEAT)) < 75 * MILLI)
                .toList();
        assertThat(withChange).hasSizeGreaterThanOrEqualTo(5);
        long inChord = withChange.stream().filter(this::isInChord).count();
        assertThat((double) inChord / withChange.size()).isGreaterThan(0.7);
    }

    @Test
    void shouldPlayOneLineAboveTheLeftHandThatBreathes() {
        lead(16);
        List<Sent> line = notes(startNanos);
        assertThat(line).hasSizeGreaterThan(20).allMatch(each -> each.pitch() > 55);
        long longest = 0;
        for (int i = 1; i < line.size(); i++) {
            longest = Math.max(longest, line.get(i).dueNanos() - line.get(i - 1).dueNanos());
        }
        assertThat(longest).as("a breath").isGreaterThan(BEAT * 3 / 2);
        for (long at = startNanos; at < talk.nanos(); at += 20 * MILLI) {
            assertThat(talk.soundingAt(at)).isLessThanOrEqualTo(1);
        }
    }

    @Test
    void shouldLeaveTheRightHandItsRoom() {
        lead(8);
        int alone = notes(startNanos).size();
        startNanos = talk.nanos();
        int before = talk.sent().size();
        for (int beat = 0; beat < 32; beat++) {
            talk.until(startNanos + beat * BEAT);
            for (int pitch : chordAt(beat)) {
                talk.press(pitch);
            }
            talk.press(67 + beat % 5);
            talk.pass(BEAT * 3 / 4);
            talk.lift(67 + beat % 5);
            for (int pitch : chordAt(beat)) {
                talk.lift(pitch);
            }
        }
        List<Sent> beside = talk.sent().subList(before, talk.sent().size()).stream()
                .filter(Sent::isOn)
                .skip(4)
                .toList();
        assertThat(beside).hasSizeLessThan(alone);
        long inTheWay = beside.stream()
                .filter(each -> each.pitch() >= 67 && each.pitch() <= 71)
                .count();
        assertThat(inTheWay).isLessThanOrEqualTo(beside.size() / 3);
    }

    @Test
    void shouldEndWithTheLeftHandAndBeginAgainWithIt() {
        lead(8);
        assertThat(talk.improviser().isAnswering()).isTrue();
        long stopped = talk.nanos();
        talk.pass(8 * SECOND);
        assertThat(talk.improviser().isAnswering()).isFalse();
        assertThat(talk.unended()).isZero();
        assertThat(notes(stopped + 3 * SECOND)).isEmpty();
        lead(4);
        assertThat(talk.improviser().answers()).isEqualTo(2);
    }

    @Test
    void shouldNotAnswerARightHandAlone() {
        for (int i = 0; i < 24; i++) {
            talk.play(i * BEAT, 72 + i % 7, BEAT / 2);
        }
        talk.pass(4 * SECOND);
        assertThat(talk.sent()).isEmpty();
    }

    @Test
    void shouldRestAfterAVeto() {
        lead(8);
        talk.ask(Control.VETO);
        long vetoed = talk.nanos();
        talk.pass(BEAT);
        assertThat(talk.improviser().isAnswering()).isFalse();
        assertThat(talk.unended()).isZero();
        lead(1);
        assertThat(notes(vetoed + BEAT + 50 * MILLI))
                .allMatch(each -> each.dueNanos() > vetoed + 4 * BEAT - 50 * MILLI);
        lead(6);
        assertThat(talk.improviser().isAnswering()).isTrue();
    }

    @Test
    void shouldPlayNothingAndComeToAnEndWhereNoPitchIsAllowed() {
        talk.set(Control.LOWEST, 100);
        talk.set(Control.HIGHEST, 20);
        lead(8);
        talk.pass(8 * SECOND);
        assertThat(talk.sent()).isEmpty();
        assertThat(talk.improviser().isAnswering()).isFalse();
    }

    @Test
    void shouldKeepALockedScale() {
        talk.set(Control.SCALE, new Scale(Scale.Kind.MAJOR_PENTATONIC, 0).number());
        talk.set(Control.KEY_LOCK, 1);
        lead(24);
        int classes = new Scale(Scale.Kind.MAJOR_PENTATONIC, 0).classes();
        assertThat(notes(0)).hasSizeGreaterThan(20).allMatch(each -> Scale.has(classes, each.pitch()));
    }
}
