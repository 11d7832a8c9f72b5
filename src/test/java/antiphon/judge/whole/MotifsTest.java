package antiphon.judge.whole;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MotifsTest {
    private static Motifs motifs(int... pitches) {
        return Motifs.of(Tunes.line(pitches));
    }

    private static double anyKey(Motifs call, int... answer) {
        return Motifs.anyKey(call, motifs(answer));
    }

    @Test
    void shouldCountTheMotifsThatTheCallHasInAnyKeyAndAtItsPitches() {
        Motifs call = motifs(60, 62, 64, 65, 67);
        // +2+2+1, +2+1+2 and then +1+2+5 and +2+5-1: two of four.
        assertThat(anyKey(call, 67, 69, 71, 72, 74, 79, 78)).isEqualTo(2.0 / 4);
        assertThat(Motifs.atPitch(call, motifs(67, 69, 71, 72, 74, 79, 78))).isZero();
        // At pitch: 62 64 65 67, not 64 65 67 72.
        assertThat(Motifs.atPitch(call, motifs(62, 64, 65, 67, 72))).isEqualTo(1.0 / 2);
        assertThat(anyKey(call, 60, 62, 64, 65, 67)).isEqualTo(1);
        assertThat(Motifs.atPitch(call, motifs(60, 62, 64, 65, 67))).isEqualTo(1);
    }

    @Test
    void shouldNotCountWhatIsTurnedUpsideDownOrBackwards() {
        Motifs call = motifs(60, 62, 64, 65);
        assertThat(anyKey(call, 65, 63, 61, 60)).isZero();
        assertThat(anyKey(call, 65, 64, 62, 60)).isZero();
    }

    @Test
    void shouldNotRewardOneRepeatedPitch() {
        Motifs call = motifs(67, 67, 67, 67, 64);
        assertThat(anyKey(call, 60, 60, 60, 60, 60, 60)).isZero();
        assertThat(Motifs.atPitch(call, motifs(67, 67, 67, 67, 67))).isZero();
        // 0 0 0 and 0 0 -3: the second is a motif.
        assertThat(anyKey(call, 62, 62, 62, 62, 59)).isEqualTo(1.0 / 2);
        assertThat(anyKey(motifs(60, 60, 60, 60, 60), 60, 62, 64, 65)).isNaN();
    }

    @Test
    void shouldGiveNothingForAnAnswerWithoutMotifsAndNoFigureForACallWithoutAny() {
        assertThat(anyKey(motifs(60, 62, 64, 65), 60, 62, 64)).isZero();
        assertThat(anyKey(motifs(60, 62, 64))).isNaN();
        assertThat(Motifs.rhythm(motifs(60, 62, 64, 65), motifs(60, 62, 64, 65)))
                .isNaN();
    }

    @Test
    void shouldCountRhythmsInAnyTempo() {
        // Ratios: 0 1 -1 0.
        Motifs call = Motifs.of(Tunes.rhythm(0.25, 0.25, 0.5, 0.25, 0.25));
        assertThat(Motifs.rhythm(call, Motifs.of(Tunes.rhythm(0.4, 0.4, 0.8, 0.4))))
                .isEqualTo(1);
        // Ratios: 0 0 1 -1, of which the last three are the call's.
        assertThat(Motifs.rhythm(call, Motifs.of(Tunes.rhythm(0.25, 0.25, 0.25, 0.5, 0.25))))
                .isEqualTo(1.0 / 2);
        // Ratios: 0 1 -1 -1, of which the first three are.
        assertThat(Motifs.rhythm(call, Motifs.of(Tunes.rhythm(0.5, 0.5, 1, 0.5, 0.25))))
                .isEqualTo(1.0 / 2);
    }
}
