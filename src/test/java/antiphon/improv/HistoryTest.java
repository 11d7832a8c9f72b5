package antiphon.improv;

import static org.assertj.core.api.Assertions.assertThat;

import antiphon.music.Event;
import antiphon.music.Vocabulary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class HistoryTest {
    private final History history = new History();

    @Property
    void shouldGiveBackEveryEventAndWhoPlayedIt(
            @ForAll @IntRange(max = Vocabulary.KINDS - 1) int kind,
            @ForAll @IntRange(max = Vocabulary.TICK_BIN) int time,
            @ForAll @IntRange(max = Vocabulary.NO_PITCH) int pitch,
            @ForAll @IntRange(max = Vocabulary.NO_VELOCITY) int velocity,
            @ForAll boolean heard) {
        int event = Event.of(kind, time, pitch, velocity);
        history.rewind(0);
        history.add(event, -event, heard);
        assertThat(History.event(history.entry(0))).isEqualTo(event);
        assertThat(History.isHeard(history.entry(0))).isEqualTo(heard);
        assertThat(history.place(0)).isEqualTo(-event);
    }

    @Test
    void shouldKeepTheLastEventsOnly() {
        int events = 3 * History.CAPACITY + 17;
        for (int i = 0; i < events; i++) {
            history.add(i, -i, i % 3 == 0);
        }
        assertThat(history.count()).isEqualTo(events);
        assertThat(history.oldest()).isEqualTo(events - History.CAPACITY);
        for (long i = history.oldest(); i < events; i++) {
            assertThat(History.event(history.entry(i))).isEqualTo((int) i);
            assertThat(History.isHeard(history.entry(i))).isEqualTo(i % 3 == 0);
            assertThat(history.place(i)).isEqualTo((int) -i);
        }
    }

    @Test
    void shouldKnowAfterARewindWhatIsOverwritten() {
        assertThat(history.oldest()).isZero();
        for (int i = 0; i < History.CAPACITY + 500; i++) {
            history.add(i, -i, false);
        }
        history.rewind(History.CAPACITY);
        assertThat(history.oldest()).isEqualTo(500);
        history.add(77, -77, false);
        assertThat(history.oldest()).isEqualTo(500);
        assertThat(History.event(history.entry(500))).isEqualTo(500);
    }

    @Test
    void shouldGoBackAndSayHowOften() {
        for (int i = 0; i < 10; i++) {
            history.add(i, -i, false);
        }
        assertThat(history.rewinds()).isZero();
        history.rewind(4);
        assertThat(history.count()).isEqualTo(4);
        assertThat(history.rewinds()).isEqualTo(1);
        history.add(99, -99, true);
        assertThat(history.count()).isEqualTo(5);
        assertThat(History.event(history.entry(3))).isEqualTo(3);
        assertThat(History.event(history.entry(4))).isEqualTo(99);
        history.rewind(0);
        assertThat(history.rewinds()).isEqualTo(2);
    }
}
