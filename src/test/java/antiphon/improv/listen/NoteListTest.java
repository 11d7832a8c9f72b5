package antiphon.improv.listen;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NoteListTest {
    private final NoteList notes = new NoteList();

    @Test
    void shouldEndTheLastNoteOfThePitch() {
        notes.began(60, 80, 10);
        notes.began(60, 90, 20);
        notes.ended(60, 30);
        notes.endAll(40);
        assertThat(notes.size()).isEqualTo(2);
        assertThat(notes.endNanos(0)).isEqualTo(40);
        assertThat(notes.endNanos(1)).isEqualTo(30);
        assertThat(notes.velocity(1)).isEqualTo(90);
    }

    @Test
    void shouldKeepTheFirstNotesWhenThereIsNoMoreRoom() {
        for (int i = 0; i < NoteList.CAPACITY + 5; i++) {
            notes.began(i % 128, 80, i);
        }
        assertThat(notes.size()).isEqualTo(NoteList.CAPACITY);
        assertThat(notes.onsetNanos(0)).isZero();
    }

    @Test
    void shouldBecomeTheSameAsAnother() {
        notes.began(60, 80, 10);
        NoteList copy = new NoteList();
        copy.began(1, 1, 1);
        copy.began(2, 2, 2);
        copy.copyFrom(notes);
        assertThat(copy.size()).isEqualTo(1);
        assertThat(copy.pitch(0)).isEqualTo(60);
        assertThat(copy.hasPitchesOf(notes)).isTrue();
        copy.began(61, 80, 12);
        assertThat(copy.hasPitchesOf(notes)).isFalse();
        copy.clear();
        assertThat(notes.size()).isEqualTo(1);
    }
}
