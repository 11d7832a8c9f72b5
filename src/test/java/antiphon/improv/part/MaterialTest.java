package antiphon.improv.part;

import static org.assertj.core.api.Assertions.assertThat;

import antiphon.improv.listen.NoteList;
import org.junit.jupiter.api.Test;

class MaterialTest {
    private static final long MILLI = 1_000_000L;

    private final Material material = new Material();
    private final NoteList notes = new NoteList();

    private void note(int pitch, long onsetMillis, long endMillis) {
        notes.began(pitch, 80, onsetMillis * MILLI);
        notes.ended(pitch, endMillis * MILLI);
    }

    @Test
    void shouldGroupWhatBeginsTogetherAndFindTheLine() {
        note(60, 0, 900);
        note(72, 20, 600);
        note(64, 30, 900);
        note(74, 500, 800);
        note(76, 1_000, 1_100);
        material.take(notes, 0);
        assertThat(material.groups()).isEqualTo(3);
        assertThat(material.top(0)).isEqualTo(72);
        assertThat(material.first(1)).isEqualTo(3);
        assertThat(material.first(3)).isEqualTo(5);
        assertThat(material.paceNanos()).isEqualTo(500 * MILLI);
        assertThat(material.legatoNanos(0, material.topNote(0))).isEqualTo(480 * MILLI);
        assertThat(material.lengthNanos(material.topNote(0))).isEqualTo(580 * MILLI);
        assertThat(material.lowest()).isEqualTo(60);
        assertThat(material.highest()).isEqualTo(76);
        assertThat(material.meanPitch()).isEqualTo(74);
    }

    @Test
    void shouldKnowThatNothingIsNoMaterial() {
        material.take(notes, 0);
        assertThat(material.groups()).isZero();
    }
}
