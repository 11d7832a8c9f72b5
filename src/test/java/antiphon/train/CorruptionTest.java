package antiphon.train;

import static org.assertj.core.api.Assertions.assertThat;

import antiphon.corpus.TestPieces;
import antiphon.music.Event;
import antiphon.music.Vocabulary;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class CorruptionTest {
    private static final int WINDOW = 2_000;
    private static final Batch BATCH = new Lanes(TestPieces.corpus(40, 90).pieces(), 4, WINDOW, 1).next();

    @Test
    void shouldReplaceTheShareAskedForAndNeverWhatIsToBePredicted() {
        Batch heard = new Corruption(0.05, 7).of(BATCH, 3);

        for (int field = 0; field < Vocabulary.FIELDS; field++) {
            assertThat(heard.field(field, 1)).containsExactly(BATCH.field(field, 1));
            assertThat(changed(heard.field(field, 0), BATCH.field(field, 0))).isBetween(field < 3 ? 0.03 : 0.015, 0.06);
        }
        assertThat(heard.notes()).isEqualTo(BATCH.notes());
        assertThat(heard.gridBits()).isEqualTo(BATCH.gridBits());
        assertThat(heard.isFresh(0)).isEqualTo(BATCH.isFresh(0));
    }

    @Test
    void shouldKeepStartsAndNoneAndValuesThatThereAre() {
        Batch heard = new Corruption(0.9, 7).of(BATCH, 3);

        float[] kinds = BATCH.field(0, 0);
        for (int field = 0; field < Vocabulary.FIELDS; field++) {
            float[] before = BATCH.field(field, 0);
            float[] after = heard.field(field, 0);
            int none = field == 2 ? Vocabulary.NO_PITCH : field == 3 ? Vocabulary.NO_VELOCITY : -1;
            for (int i = 0; i < before.length; i++) {
                if (kinds[i] == Event.START || before[i] == none) {
                    assertThat(after[i]).isEqualTo(before[i]);
                } else {
                    assertThat(after[i]).isBetween(field == 0 ? 1f : 0f, Vocabulary.fieldSize(field) - 1f);
                    assertThat(after[i]).isNotEqualTo(none);
                }
            }
        }
    }

    @Test
    void shouldDependOnSeedAndStepAlone() {
        float[] once = new Corruption(0.05, 7).of(BATCH, 3).field(1, 0);

        assertThat(new Corruption(0.05, 7).of(BATCH, 3).field(1, 0)).containsExactly(once);
        assertThat(new Corruption(0.05, 7).of(BATCH, 4).field(1, 0)).isNotEqualTo(once);
        assertThat(new Corruption(0.05, 8).of(BATCH, 3).field(1, 0)).isNotEqualTo(once);
        assertThat(new Corruption(0, 7).of(BATCH, 3)).isSameAs(BATCH);
    }

    @Test
    void shouldKeepErrorsWithTheirLanes() {
        Batch heard = new Corruption(0.3, 7).of(BATCH, 3);

        assertThat(heard.lanes(2, 4).field(2, 0))
                .containsExactly(Arrays.copyOfRange(heard.field(2, 0), 2 * WINDOW, 4 * WINDOW));
        assertThat(heard.lanes(2, 4).field(2, 1))
                .containsExactly(Arrays.copyOfRange(BATCH.field(2, 1), 2 * WINDOW, 4 * WINDOW));
    }

    private static double changed(float[] one, float[] other) {
        int changed = 0;
        for (int i = 0; i < one.length; i++) {
            changed += one[i] == other[i] ? 0 : 1;
        }
        return (double) changed / one.length;
    }
}
