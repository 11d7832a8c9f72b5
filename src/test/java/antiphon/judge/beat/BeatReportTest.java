package antiphon.judge.beat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import antiphon.corpus.BeatPiece;
import antiphon.corpus.BeatSet;
import antiphon.judge.JudgeException;
import antiphon.music.Note;
import antiphon.music.Voice;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class BeatReportTest {
    private static final long MILLI = 1_000_000L;
    private static final long BEAT_NANOS = 600 * MILLI;

    /** A bass on each beat of a minute, an eighth between them. */
    private static BeatPiece steady(long beatShiftNanos, long beatNanos) {
        List<Note> notes = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            boolean onBeat = i % 2 == 0;
            notes.add(new Note(
                    Voice.HUMAN, MILLI + i * BEAT_NANOS / 2, 200 * MILLI, onBeat ? 40 : 72, onBeat ? 100 : 50));
        }
        List<Long> beats = LongStream.range(0, 60_000 * MILLI / beatNanos)
                .map(i -> MILLI + beatShiftNanos + i * beatNanos)
                .boxed()
                .toList();
        return new BeatPiece("steady", notes, beats);
    }

    private static BeatPiece random() {
        SplittableRandom random = new SplittableRandom(1);
        List<Note> notes = random.longs(240, 0, 60_000 * MILLI)
                .sorted()
                .mapToObj(at -> new Note(Voice.HUMAN, at, 100 * MILLI, 60, 80))
                .toList();
        return new BeatPiece("random", notes, steady(0, BEAT_NANOS).beatsNanos());
    }

    private static BeatScore score(BeatPiece piece, int playing) {
        return BeatReport.of(List.of(new BeatSet("made up", List.of(piece))), line -> {})
                .scores()
                .get(playing);
    }

    @Test
    void shouldPraiseATrackerThatIsRight() {
        for (int playing = 0; playing < 3; playing++) {
            BeatScore score = score(steady(0, BEAT_NANOS), playing);
            assertThat(score.windows()).allSatisfy(window -> {
                assertThat(window.near()).isGreaterThan(0.9);
                assertThat(window.cmlt()).isGreaterThan(0.9);
                assertThat(window.amlt()).isGreaterThan(0.9);
                assertThat(window.grid()).isGreaterThan(0.9);
            });
            assertThat(score.sureAfterSeconds()).isBetween(1.0, 3.0);
            assertThat(score.never()).isZero();
            assertThat(score.levels()).extractingByKey("right").isEqualTo(1.0);
        }
    }

    @Test
    void shouldSayHowTheBeatIsMistaken() {
        assertThat(score(steady(BEAT_NANOS / 2, BEAT_NANOS), 0).levels())
                .extractingByKey("off_beat")
                .isEqualTo(1.0);
        BeatScore half = score(steady(0, BEAT_NANOS / 2), 0);
        assertThat(half.levels()).extractingByKey("half").isEqualTo(1.0);
        assertThat(half.windows().getLast().cmlt()).isZero();
        assertThat(half.windows().getLast().amlt()).isGreaterThan(0.9);
        assertThat(half.windows().getLast().grid()).isGreaterThan(0.9);
        assertThat(score(steady(0, 2 * BEAT_NANOS), 0).levels())
                .extractingByKey("double")
                .isEqualTo(1.0);
    }

    @Test
    void shouldFindLittleWhereThereIsNoBeat() {
        BeatScore score = score(random(), 0);
        assertThat(score.windows().getLast().amlt()).isLessThan(0.3);
        assertThat(score.windows().getLast().grid()).isLessThan(0.3);
        assertThat(score.levels().get("unsure")).isGreaterThan(0.5);
    }

    @Test
    void shouldGiveTheSameFiguresForTheSamePieces() {
        BeatPiece piece = steady(0, BEAT_NANOS);
        assertThat(IntStream.range(0, 5).mapToObj(i -> score(piece, i).toMap()).toList())
                .isEqualTo(IntStream.range(0, 5)
                        .mapToObj(i -> score(piece, i).toMap())
                        .toList());
    }

    @Test
    void shouldPlayUnevenlyAndSwayWithTheBeats() {
        BeatPiece plain = steady(0, BEAT_NANOS);
        List<Note> uneven = Playing.UNEVEN_10.play(plain).notes();
        double square = 0;
        for (int i = 0; i < uneven.size(); i++) {
            square += Math.pow(
                    uneven.get(i).onsetNanos() - (double) plain.notes().get(i).onsetNanos(), 2);
        }
        assertThat(Math.sqrt(square / uneven.size())).isBetween(8e6, 12e6);
        BeatPiece rubato = Playing.RUBATO.play(plain);
        for (int i = 0; i < 100; i++) {
            assertThat(rubato.notes().get(2 * i).onsetNanos())
                    .isEqualTo(rubato.beatsNanos().get(i));
        }
        assertThat(IntStream.range(1, 100)
                        .mapToObj(i -> (double) rubato.beatsNanos().get(i)
                                - rubato.beatsNanos().get(i - 1)))
                .allMatch(interval -> interval > 0.915 * BEAT_NANOS && interval < 1.085 * BEAT_NANOS)
                .anyMatch(interval -> interval < 0.93 * BEAT_NANOS)
                .anyMatch(interval -> interval > 1.07 * BEAT_NANOS);
    }

    @Test
    void shouldPrintALineForEachSetAndWayOfPlaying() {
        BeatReport report = BeatReport.of(List.of(new BeatSet("made up", List.of(steady(0, BEAT_NANOS)))), line -> {});
        assertThat(report.table()).hasSize(13).anySatisfy(line -> assertThat(line)
                .startsWith("made up         rubato"));
        assertThat(report.toMaps()).hasSize(5).allSatisfy(map -> assertThat(map)
                .containsKeys("set", "playing", "pieces", "from2", "from4", "from8", "sureAfterSeconds", "never"));
    }

    @Test
    void shouldSayIfNoPieceIsLongEnough() {
        BeatPiece brief = new BeatPiece("brief", steady(0, BEAT_NANOS).notes().subList(0, 20), List.of(0L, BEAT_NANOS));
        assertThatThrownBy(() -> score(brief, 0))
                .isInstanceOf(JudgeException.class)
                .hasMessageStartingWith("made up: none of 1 pieces has 24 s of notes with beats; ");
    }
}
