package antiphon.judge;

import static org.assertj.core.api.Assertions.assertThat;

import antiphon.corpus.PhrasedPiece;
import antiphon.corpus.Split;
import antiphon.improv.Mode;
import antiphon.improv.Networks;
import antiphon.improv.Settings;
import antiphon.music.Note;
import antiphon.music.Voice;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** The judge of turn-taking: {@link PhraseSpan}, {@link PhraseTurn}, {@link TurnPartner}, {@link TurnRow}, {@link TurnReport}. */
class PhraseTurnTest {
    private static final long MILLI = 1_000_000L;

    /** Phrases at 1 s (8 notes), 5 s (4 notes), 6.3 s (1 note) and 9 s (2 notes with a long rest between); 120 beats a minute. */
    private static final PhrasedPiece PIECE = piece();

    private static PhrasedPiece piece() {
        List<Note> notes = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            notes.add(note(1_000 + 200 * i, 150));
        }
        for (int i = 0; i < 4; i++) {
            notes.add(note(5_000 + 200 * i, 150));
        }
        notes.add(note(6_300, 500));
        notes.add(note(9_000, 100));
        notes.add(note(11_600, 100));
        List<Long> beats =
                LongStream.range(0, 40).map(i -> i * 500 * MILLI).boxed().toList();
        return new PhrasedPiece(
                "a", Split.TEST, notes, List.of(1_000 * MILLI, 5_000 * MILLI, 6_300 * MILLI, 9_000 * MILLI), beats);
    }

    private static Note note(long onset, long millis) {
        return new Note(Voice.HUMAN, onset * MILLI, millis * MILLI, 60, 80);
    }

    private static List<PhraseTurn> turns(long... onsets) {
        return PhraseTurn.of(
                PhraseSpan.of(PIECE),
                LongStream.of(onsets).map(millis -> millis * MILLI).toArray());
    }

    @Test
    void shouldKnowWherePhrasesEndAndWhetherTheyLeaveRoom() {
        List<PhraseSpan> spans = PhraseSpan.of(PIECE);
        assertThat(spans.getFirst())
                .isEqualTo(new PhraseSpan(1_000 * MILLI, 2_400 * MILLI, 2_550 * MILLI, 5_000 * MILLI, 500e6));
        assertThat(spans).extracting(PhraseSpan::leavesRoom).containsExactly(true, false, true, true);
        assertThat(spans.getLast().nextNanos()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void shouldCountInterruptionsAndLateAnswers() {
        List<PhraseTurn> turns = turns(2_900, 3_100, 5_010, 5_300, 7_301, 11_000);
        assertThat(turns).extracting(PhraseTurn::interrupted).containsExactly(0.0, 1.0, 0.0, 1.0);
        assertThat(turns).extracting(PhraseTurn::late).containsExactly(0.0, Double.NaN, 1.0, 1.0);
        assertThat(turns).extracting(PhraseTurn::never).containsExactly(0.0, Double.NaN, 0.0, 1.0);
        assertThat(turns).extracting(PhraseTurn::lateTapped).containsExactly(0.0, Double.NaN, 1.0, 1.0);
        assertThat(turns.getFirst().seconds()).isEqualTo(0.35);
        assertThat(turns.getFirst().beats()).isEqualTo(0.7);
        assertThat(turns(5_010).get(1).interrupted())
                .as("on its way when the phrase began")
                .isZero();
    }

    @Test
    void shouldCountFastBeatsInPairs() {
        assertThat(new PhraseSpan(0, 0, 0, 0, 250e6).tappedNanos()).isEqualTo(500e6);
        assertThat(new PhraseSpan(0, 0, 0, 0, 300e6).tappedNanos()).isEqualTo(300e6);
    }

    @Test
    void shouldPlayAfterAFixedSilence() {
        assertThat(TurnPartner.fixedRest(2_000 * MILLI).onsets(PIECE))
                .containsExactly(4_550 * MILLI, 8_800 * MILLI, 11_100 * MILLI, 13_700 * MILLI);
    }

    @Test
    void shouldTakeSharesOfThosePhrasesThatCount() {
        TurnRow row = TurnRow.of("x", List.of(turns(2_900, 5_300, 7_301), turns()));
        assertThat(row.interrupted().value()).isEqualTo(1 / 8.0);
        assertThat(row.late().value()).isEqualTo(5 / 6.0);
        assertThat(row.never().value()).isEqualTo(4 / 6.0);
        assertThat(row.medianSeconds()).isBetween(0.35, 0.51);
    }

    @Test
    void shouldPlayThePerformancesToTheLiveImproviser() {
        Settings settings = Settings.standard(Mode.CALL);
        TurnReport report = TurnReport.of(
                List.of(PIECE), Networks.TUNED, settings, List.of(new Variant("again", settings)), line -> assertThat(
                                line)
                        .contains("performance 1 of 1"));
        assertThat(report.table()).hasSize(9).first().isEqualTo("1 performances, 4 phrases, 3 with room for an answer");
        assertThat(report.table().get(5)).startsWith("percent");
        assertThat(report.table().get(6).substring(30))
                .isEqualTo(report.table().get(7).substring(30));
        assertThat(report.table().getLast()).startsWith("fixed rest of 2 s").contains("25.0 [25.0, 25.0]");
        assertThat(report.toMap()).containsEntry("phrasesWithRoom", 3);
        long[] onsets = TurnPartner.improviser(Networks.TUNED, settings).onsets(PIECE);
        assertThat(onsets).isSorted().isNotEmpty();
        assertThat(onsets[0]).isBetween(2_550 * MILLI, 5_010 * MILLI);
    }
}
