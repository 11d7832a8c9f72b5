package antiphon.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import antiphon.corpus.ChordSong;
import antiphon.improv.Mode;
import antiphon.improv.Settings;
import antiphon.model.RandomModel;
import antiphon.model.StackedLstm;
import antiphon.music.Note;
import antiphon.music.Scale;
import antiphon.music.Voice;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HarmonyJudgeTest {
    private static final long BEAT = 500_000_000L;
    private static final int C_MAJOR = 1 | 1 << 4 | 1 << 7;
    private static final int G_MAJOR = 1 << 2 | 1 << 7 | 1 << 11;

    private static Note note(int beat, int pitch, int velocity) {
        return new Note(Voice.HUMAN, beat * BEAT, BEAT, pitch, velocity);
    }

    private static ChordSong song(Note... tune) {
        int scale = Scale.classesOf(0);
        return new ChordSong(
                "song",
                List.of(tune),
                List.of(),
                List.of(),
                List.of(
                        new ChordSong.Span(0, 4 * BEAT, C_MAJOR, scale),
                        new ChordSong.Span(4 * BEAT, 8 * BEAT, G_MAJOR, scale)));
    }

    @Test
    void shouldMeasureWhatIsPlayedWithTheTune() {
        ChordSong song = song(note(0, 72, 80), note(1, 74, 80), note(3, 76, 80), note(20, 60, 80));
        Map<HarmonyMeasure, Double> figures = HarmonyScore.of(
                song,
                List.of(
                        note(0, 60, 40), // an octave below, in chord
                        note(1, 62, 40), // in parallel octaves, in key, not in chord
                        new Note(Voice.HUMAN, 3 * BEAT, 2 * BEAT, 78, 40), // above, outside the key
                        note(20, 61, 40))); // no chord stands there
        assertThat(figures.get(HarmonyMeasure.IN_CHORD)).isCloseTo(1 / 3.0, within(1e-9));
        assertThat(figures.get(HarmonyMeasure.IN_KEY)).isCloseTo(2 / 3.0, within(1e-9));
        assertThat(figures.get(HarmonyMeasure.BELOW)).isCloseTo(2 / 3.0, within(1e-9));
        assertThat(figures.get(HarmonyMeasure.LOUDNESS)).isEqualTo(0.5);
        assertThat(figures.get(HarmonyMeasure.OCTAVES)).isEqualTo(0.5);
        assertThat(figures.get(HarmonyMeasure.FIFTHS)).isZero();
        assertThat(figures.get(HarmonyMeasure.STEP)).isEqualTo(9);
        assertThat(figures.get(HarmonyMeasure.OVERLAP)).isEqualTo(0.75);
    }

    @Test
    void shouldCountTheTimeInEachChord() {
        Map<HarmonyMeasure, Double> figures =
                HarmonyScore.of(song(note(0, 72, 80)), List.of(new Note(Voice.HUMAN, 3 * BEAT, 2 * BEAT, 64, 80)));
        assertThat(figures.get(HarmonyMeasure.IN_CHORD)).isEqualTo(1);
        assertThat(figures.get(HarmonyMeasure.IN_CHORD_TIME)).isEqualTo(0.5);
    }

    @Test
    void shouldPlayTheTuneToTheImproviser() {
        List<Note> tune = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            tune.add(note(i, 72 + i % 3 * 2, 80));
        }
        StackedLstm network = new StackedLstm(RandomModel.of(16, 24, 2, 11));
        HarmonyReport report = new HarmonyJudge(
                        network,
                        Settings.standard(Mode.HARMONY),
                        List.of(song(tune.toArray(Note[]::new)), song()),
                        line -> {})
                .judge();
        assertThat(report.toMap()).containsEntry("songs", 1);
        assertThat(report.table().getFirst()).startsWith("mean of 1 songs").contains("in chord", "in key");
        assertThat(report.table().get(1)).startsWith("harmony to the tune").contains("100.0 [100.0, 100.0]");
        assertThatThrownBy(
                        () -> new HarmonyJudge(network, Settings.standard(Mode.HARMONY), List.of(song()), line -> {}))
                .isInstanceOf(JudgeException.class)
                .hasMessageContaining("none of 1 songs has a tune");
    }
}
