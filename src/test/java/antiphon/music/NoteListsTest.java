package antiphon.music;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class NoteListsTest {
    @Test
    void shouldGiveNotesInTheOrderInWhichTheyCameAndLetAnyGo() {
        NoteLists lists = new NoteLists(4);
        for (int note : new int[] {2, 0, 3, 1}) {
            lists.add(77, note);
        }
        lists.remove(77, 3);
        assertThat(lists.first(77)).isEqualTo(2);
        lists.remove(77, 2);
        assertThat(lists.first(77)).isZero();
        lists.remove(77, 0);
        assertThat(lists.first(77)).isEqualTo(1);
        lists.remove(77, 1);
        assertThat(lists.first(77)).isEqualTo(NoteLists.NONE);
    }

    @Property(tries = 300)
    void shouldDoAsQueuesInAMapDo(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 200) int notes, @ForAll @IntRange(max = 70) int kinds) {
        SplittableRandom random = new SplittableRandom(seed);
        NoteLists lists = new NoteLists(1);
        lists.grow(notes);
        List<ArrayDeque<Integer>> model = new ArrayList<>();
        for (int kind = 0; kind <= kinds; kind++) {
            model.add(new ArrayDeque<>());
        }
        int[] kindOf = new int[notes];
        Arrays.fill(kindOf, NoteLists.NONE);
        for (int step = 0; step < 1_000; step++) {
            int note = random.nextInt(notes);
            if (kindOf[note] == NoteLists.NONE) {
                kindOf[note] = random.nextInt(kinds + 1);
                lists.add((long) kindOf[note] << 32, note);
                model.get(kindOf[note]).add(note);
            } else {
                lists.remove((long) kindOf[note] << 32, note);
                model.get(kindOf[note]).remove(note);
                kindOf[note] = NoteLists.NONE;
            }
            int asked = random.nextInt(kinds + 1);
            Integer oldest = model.get(asked).peek();
            assertThat(lists.first((long) asked << 32)).isEqualTo(oldest == null ? NoteLists.NONE : oldest);
        }
    }
}
