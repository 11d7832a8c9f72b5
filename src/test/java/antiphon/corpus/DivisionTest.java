package antiphon.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DivisionTest {
    /** Fewer than the split can divide: it would learn from all of them. */
    private static final List<Piece> FEW = IntStream.iterate(100, seed -> seed + 1)
            .mapToObj(seed -> new Piece("mine-" + seed, TestPieces.repetitive(seed, 64)))
            .filter(piece -> Split.of(piece) == Split.TRAIN)
            .limit(5)
            .toList();

    @Test
    void shouldDivideByTheSplitWhereItLeavesSomethingToJudgeBy() {
        List<Piece> many = TestPieces.corpus(24, 48).pieces();

        Division division = Division.ofFew(many);

        assertThat(division.train()).isEqualTo(Split.TRAIN.select(many));
        assertThat(division.valid()).isEqualTo(Split.VALID.select(many)).isNotEmpty();
        assertThat(division.test()).isEqualTo(Split.TEST.select(many)).isNotEmpty();
    }

    @Test
    void shouldHoldOutOnePieceOfFewWhateverTheirOrder() {
        Division division = Division.ofFew(FEW);

        assertThat(division.train()).hasSize(4).doesNotContainAnyElementsOf(division.valid());
        assertThat(division.valid()).hasSize(1).isEqualTo(division.test());
        assertThat(Division.ofFew(FEW.reversed()).valid()).isEqualTo(division.valid());
        assertThat(division.rule()).contains("too few");
    }

    @Test
    void shouldHoldOutTheEndOfASinglePiece() {
        Piece piece = new Piece("only", TestPieces.random(3, 100));

        Division division = Division.ofFew(List.of(piece));

        assertThat(division.train())
                .singleElement()
                .satisfies(part -> assertThat(part.performance().notes()).hasSize(80));
        assertThat(division.test()).singleElement().satisfies(part -> {
            assertThat(part.name()).isEqualTo("the end of only");
            assertThat(part.performance().notes()).hasSize(20);
            assertThat(part.performance().notes().getFirst().onsetNanos()).isZero();
            assertThat(part.performance().notes().getLast().pitch())
                    .isEqualTo(piece.performance().notes().getLast().pitch());
        });
        assertThatThrownBy(() -> Division.ofFew(List.of(new Piece("short", TestPieces.random(3, 7)))))
                .isInstanceOf(CorpusException.class)
                .hasMessageStartingWith("corpus: no piece of 20 notes");
    }
}
