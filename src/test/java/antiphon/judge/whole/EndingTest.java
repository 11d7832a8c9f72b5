package antiphon.judge.whole;

import static org.assertj.core.api.Assertions.assertThat;

import antiphon.judge.intime.SteadyPulse;
import antiphon.music.Note;
import java.util.List;
import org.junit.jupiter.api.Test;

class EndingTest {
    private static Ending of(Note... answer) {
        return Ending.of(List.of(answer), pitch -> List.of(0, 4, 7).contains(pitch % 12));
    }

    @Test
    void shouldLookAtTheHighestAndTheLowestNoteOfTheLastChord() {
        Ending ending = of(Tunes.note(0, 0.5, 62), Tunes.note(1, 1, 53), Tunes.note(1.03, 0.9, 72));
        assertThat(ending.topInTriad()).isEqualTo(1);
        assertThat(ending.bassInTriad()).isZero();
    }

    @Test
    void shouldHearABassThatIsHeldThroughTheLastNote() {
        Ending held = of(Tunes.note(0, 2, 48), Tunes.note(1, 1, 65));
        assertThat(held.topInTriad()).isZero();
        assertThat(held.bassInTriad()).isEqualTo(1);
        // Legato that reaches a little into the last note is not held.
        Ending legato = of(Tunes.note(0, 1.1, 48), Tunes.note(1, 1, 65));
        assertThat(legato.bassInTriad()).isZero();
    }

    @Test
    void shouldCallALastNoteLongFromOneAndAHalfTimesTheMedianOn() {
        assertThat(of(Tunes.note(0, 0.5, 60), Tunes.note(1, 0.5, 60), Tunes.note(2, 0.8, 60))
                        .longLast())
                .isEqualTo(1);
        assertThat(of(Tunes.note(0, 0.5, 60), Tunes.note(1, 0.5, 60), Tunes.note(2, 0.75, 60))
                        .longLast())
                .isZero();
        assertThat(of(Tunes.note(0, 3, 60)).longLast()).isZero();
    }

    @Test
    void shouldCallItCutOffWhenVoicesThatBeganApartEndAtOneInstant() {
        assertThat(of(Tunes.note(0, 2, 48), Tunes.note(1, 0.996, 65)).cutOff()).isEqualTo(1);
        assertThat(of(Tunes.note(0, 2, 48), Tunes.note(1, 0.99, 65)).cutOff()).isZero();
        // A chord that is released together was played together.
        assertThat(of(Tunes.note(0, 0.5, 48), Tunes.note(1, 1, 65), Tunes.note(1.04, 0.96, 69))
                        .cutOff())
                .isZero();
        assertThat(of(Tunes.note(0, 1, 60)).cutOff()).isZero();
    }

    @Test
    void shouldGiveNothingForSilence() {
        assertThat(of()).isEqualTo(new Ending(0, 0, 0, 0));
    }

    @Test
    void shouldFindTheLastOnsetOnABeat() {
        SteadyPulse pulse = new SteadyPulse(0.5e9, 0.1e9, 2, Double.NaN);
        assertThat(LastBeat.of(pulse, List.of(Tunes.note(0, 1, 60), Tunes.note(1.65, 1, 60))))
                .isEqualTo(1);
        assertThat(LastBeat.of(pulse, List.of(Tunes.note(1.6, 1, 60), Tunes.note(1.85, 1, 60))))
                .isZero();
        assertThat(LastBeat.of(pulse, List.of())).isZero();
    }

    @Test
    void shouldFollowATempoThatDrifts() {
        SteadyPulse pulse = new SteadyPulse(0.5e9, 0, 2, Double.NaN);
        // Twenty eighths one in a hundred slower, from the beat at 0 on; the last is on the tenth beat.
        List<Note> slower = java.util.stream.IntStream.rangeClosed(0, 20)
                .mapToObj(i -> Tunes.note(i * 0.2525, 0.2, 60))
                .toList();
        SteadyPulse drifted = LastBeat.drifted(pulse, 10_000_000L, slower);
        assertThat(drifted.beatNanos()).isBetween(0.504e9, 0.506e9);
        assertThat(drifted.phaseNanos()).isZero();
        assertThat(LastBeat.of(drifted, slower)).isEqualTo(1);
    }
}
