package antiphon.improv.part;

import static org.assertj.core.api.Assertions.assertThat;

import antiphon.improv.listen.NoteList;
import org.junit.jupiter.api.Test;

class CallKeyTest {
    private static final int C_MAJOR = 0;
    private static final int G_MAJOR = 7;
    private static final int A_MINOR = 21;
    private static final long BEAT = 500_000_000L;

    private final CallKey key = new CallKey();

    private static NoteList line(int... pitches) {
        NoteList notes = new NoteList();
        for (int i = 0; i < pitches.length; i++) {
            notes.began(pitches[i], 80, i * BEAT);
            notes.ended(pitches[i], (i + 1) * BEAT);
        }
        return notes;
    }

    /** Which the profiles of what was heard take for G. */
    @Test
    void shouldFindTheKeyOfTheOdeToJoy() {
        NoteList ode = line(64, 64, 65, 67, 67, 65, 64, 62, 60, 60, 62, 64, 64, 62, 62);
        assertThat(key.of(ode, G_MAJOR)).isEqualTo(C_MAJOR);
    }

    @Test
    void shouldKnowMinorByItsLeadingNote() {
        assertThat(key.of(line(69, 71, 72, 74, 76, 68, 69), C_MAJOR)).isEqualTo(A_MINOR);
    }

    @Test
    void shouldGoByWhatWasHeardBeforeWhereTheCallDoesNotTell() {
        assertThat(key.of(line(67, 74), G_MAJOR)).isEqualTo(G_MAJOR);
        assertThat(key.of(new NoteList(), A_MINOR)).isEqualTo(A_MINOR);
        assertThat(key.of(new NoteList(), -1)).isEqualTo(-1);
    }
}
