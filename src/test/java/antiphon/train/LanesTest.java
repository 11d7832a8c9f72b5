package antiphon.train;

import static org.assertj.core.api.Assertions.assertThat;

import antiphon.corpus.Piece;
import antiphon.corpus.TestPieces;
import antiphon.music.Event;
import java.util.List;
import org.junit.jupiter.api.Test;

class LanesTest {
    private static final List<Piece> PIECES = TestPieces.corpus(7, 90).pieces();

    @Test
    void shouldBeginEveryDialogueWithAWindow() {
        Lanes lanes = new Lanes(PIECES, 3, 16, 1);
        for (int i = 0; i < 200; i++) {
            Batch batch = lanes.next();
            for (int lane = 0; lane < batch.lanes(); lane++) {
                assertThat(batch.lane(lane)).hasSize(17);
                assertThat(batch.isFresh(lane)).isEqualTo(batch.lane(lane)[0] == Event.PIECE_START);
            }
        }
    }

    @Test
    void shouldContinueALaneWhereItsLastWindowEnded() {
        Lanes lanes = new Lanes(PIECES, 2, 16, 1);
        Batch before = lanes.next();
        for (int i = 0; i < 100; i++) {
            Batch batch = lanes.next();
            for (int lane = 0; lane < batch.lanes(); lane++) {
                if (!batch.isFresh(lane)) {
                    assertThat(batch.lane(lane)[0]).isEqualTo(before.lane(lane)[16]);
                }
            }
            before = batch;
        }
    }

    @Test
    void shouldSupplyTheSameAfterASkipAsWithoutOne() {
        Lanes walked = new Lanes(PIECES, 3, 16, 9);
        Lanes skipped = new Lanes(PIECES, 3, 16, 9);
        for (int i = 0; i < 57; i++) {
            walked.next();
        }
        skipped.skip(57);
        for (int i = 0; i < 20; i++) {
            Batch expected = walked.next();
            Batch found = skipped.next();
            for (int lane = 0; lane < 3; lane++) {
                assertThat(found.lane(lane)).containsExactly(expected.lane(lane));
                assertThat(found.isFresh(lane)).isEqualTo(expected.isFresh(lane));
            }
        }
    }

    @Test
    void shouldOrderByTheSeed() {
        Batch one = new Lanes(PIECES, 3, 16, 1).next();

        assertThat(new Lanes(PIECES, 3, 16, 1).next().lane(0)).containsExactly(one.lane(0));
        assertThat(new Lanes(PIECES, 3, 16, 2).next().lane(0)).isNotEqualTo(one.lane(0));
    }

    @Test
    void shouldFillAWindowFromSeveralShortPieces() {
        Lanes lanes = new Lanes(TestPieces.corpus(3, 2).pieces(), 2, 64, 1);

        Batch batch = lanes.next();

        assertThat(batch.lane(0)).hasSize(65).contains(Event.PIECE_START);
        assertThat(batch.notes()).isGreaterThan(10);
        assertThat(lanes.windowsPerEpoch()).isEqualTo(1);
    }
}
