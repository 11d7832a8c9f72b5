package antiphon.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LearnedTest {
    @Test
    void shouldKnowThePiecesLearnedFromAndNotThoseHeldOut() {
        List<Piece> pieces = pieces(0, 40);
        Learned learned = Learned.of(pieces, pieces.subList(0, 10), Learned.nothing());
        Learned more = Learned.of(
                pieces(40, 10), List.of(), Learned.parse(learned.toText()).orElseThrow());

        assertThat(learned.among(pieces)).isEqualTo(30);
        assertThat(learned.among(pieces.subList(0, 10))).isZero();
        assertThat(more.among(pieces(0, 50))).isEqualTo(40);
        assertThat(Learned.parse("")).isEmpty();
        assertThat(Learned.parse("no base 64!")).isEmpty();
    }

    @Test
    void shouldReckonHowManyWhereItCannotKeepAll() {
        List<Piece> pieces = pieces(0, 6_000);
        Learned learned = Learned.of(pieces, List.of(), Learned.nothing());

        assertThat(learned.size()).isEqualTo(4_096);
        assertThat(learned.among(pieces)).isEqualTo(6_000);
        assertThat(learned.among(pieces(6_000, 500))).isZero();
    }

    private static List<Piece> pieces(int from, int count) {
        List<Piece> pieces = new ArrayList<>();
        for (int i = from; i < from + count; i++) {
            pieces.add(new Piece("p" + i, TestPieces.random(i, 20)));
        }
        return pieces;
    }
}
