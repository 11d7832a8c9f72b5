package antiphon.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import antiphon.corpus.Piece;
import antiphon.music.Note;
import antiphon.music.Performance;
import antiphon.music.Voice;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PhrasesTest {
    private static final long REST_NANOS = 700 * MadeUpMusic.MILLI;

    @Test
    void shouldCutWhereTheMusicBreathes() {
        List<Phrase> phrases = Phrases.of(MadeUpMusic.pieces(1, 4).getFirst());
        assertThat(phrases).hasSize(4).allSatisfy(phrase -> {
            assertThat(phrase.notes()).hasSize(16);
            assertThat(phrase.notes().getFirst().onsetNanos()).isZero();
            assertThat(Phrases.isCall(phrase, REST_NANOS)).isTrue();
        });
    }

    @Test
    void shouldCutWhereAPhraseIsMarkedThoughTheMusicGoesOn() {
        List<Note> notes = new ArrayList<>(MadeUpMusic.melody(Voice.HUMAN, new int[48]).stream()
                .map(note -> new Note(Voice.HUMAN, note.onsetNanos(), note.durationNanos(), 60, 64))
                .toList());
        long marked = notes.get(17).onsetNanos();
        Piece piece = new Piece("marked", Performance.of(notes), List.of(marked), "");
        assertThat(Phrases.of(piece).getFirst().notes()).hasSize(17);
    }

    @Test
    void shouldEndHeldNotesWhenTheTurnPasses() {
        List<Note> notes = new ArrayList<>();
        for (int i = 0; i < 32; i++) {
            double rest = i < 16 ? 0 : 1;
            notes.add(MadeUpMusic.note(Voice.HUMAN, i * 0.25 + rest, 30, 40 + i, 64));
        }
        Phrase first = Phrases.of(new Piece("held", Performance.of(notes))).getFirst();
        assertThat(first.notes()).hasSize(16).allSatisfy(note -> assertThat(note.offsetNanos())
                .isLessThanOrEqualTo(first.turnNanos()));
        assertThat(first.nextNanos()).isNotNegative();
    }

    @Test
    void shouldTakeOnlyTheHumanOfTwoVoices() {
        List<Note> both = new ArrayList<>(
                MadeUpMusic.pieces(1, 4).getFirst().performance().notes());
        int human = both.size();
        both.addAll(MadeUpMusic.melody(Voice.ANSWER, 40, 41, 42, 43));
        assertThat(Phrases.of(new Piece("duet", Performance.of(both))).stream()
                        .mapToInt(phrase -> phrase.notes().size())
                        .sum())
                .isEqualTo(human);
    }

    @Test
    void shouldRefuseACallThatFallsSilentOnTheWay() {
        List<Note> notes =
                List.of(MadeUpMusic.note(Voice.HUMAN, 0, 0.5, 60, 64), MadeUpMusic.note(Voice.HUMAN, 3.5, 0.5, 62, 64));
        List<Note> many = new ArrayList<>(notes);
        for (int i = 0; i < 8; i++) {
            many.add(MadeUpMusic.note(Voice.HUMAN, 4 + i * 0.2, 0.2, 64 + i, 64));
        }
        Phrase phrase = new Phrase(0, 6_000 * MadeUpMusic.MILLI, 0, many);
        assertThat(Phrases.isWhole(phrase)).isTrue();
        assertThat(Phrases.isCall(phrase, REST_NANOS)).isFalse();
    }

    @Test
    void shouldChooseTheSameCallsEveryTimeOneOfEachPieceFirst() {
        Exchanges exchanges = Exchanges.of(MadeUpMusic.pieces(24, 8), 24, REST_NANOS);
        assertThat(exchanges.chosen().stream().map(Exchange::piece)).doesNotHaveDuplicates();
        assertThat(exchanges).isEqualTo(Exchanges.of(MadeUpMusic.pieces(24, 8), 24, REST_NANOS));
    }

    @Test
    void shouldSayInOneLineThatThereAreTooFewCalls() {
        assertThatThrownBy(() -> Exchanges.of(MadeUpMusic.pieces(3, 4), 100, REST_NANOS))
                .isInstanceOf(JudgeException.class)
                .hasMessage("report: 6 calls with an answer in 3 pieces; at least 20 needed. Name more or longer"
                        + " pieces.");
    }
}
