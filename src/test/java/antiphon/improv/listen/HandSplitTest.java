package antiphon.improv.listen;

import static org.assertj.core.api.Assertions.assertThat;

import antiphon.music.Message;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class HandSplitTest {
    private static final long MILLI = 1_000_000L;

    private final Hands hands = new Hands();
    private final HandSplit split = new HandSplit();
    private final Hands.Ear ear = new Hands.Ear() {
        @Override
        public void began(int pitch, int velocity, long nanos) {
            split.hear(pitch, hands, nanos);
        }

        @Override
        public void ended(int pitch, long nanos) {}

        @Override
        public void lifted(long nanos) {}
    };

    private long nanos;

    private void strike(int... pitches) {
        for (int pitch : pitches) {
            hands.follow(0, Message.noteOn(0, pitch, 80), nanos, ear);
            nanos += 5 * MILLI;
        }
        nanos += 250 * MILLI;
        for (int pitch : pitches) {
            hands.follow(0, Message.noteOff(0, pitch), nanos, ear);
        }
    }

    @Test
    void shouldFindTheGapBetweenTheHands() {
        for (int i = 0; i < 8; i++) {
            strike(40 + i % 3, 47, 70 + i % 5);
        }
        assertThat(split.isKnown()).isTrue();
        assertThat(split.lowestOfRight()).isBetween(48, 70);
        assertThat(split.isLeft(47)).isTrue();
        assertThat(split.isLeft(70)).isFalse();
    }

    @Test
    void shouldNotSplitOneHandHoweverFarItLeaps() {
        for (int i = 0; i < 20; i++) {
            strike(i % 2 == 0 ? 40 + i % 3 : 70 + i % 4);
        }
        assertThat(split.isKnown()).isFalse();
        assertThat(split.isLeft(40)).isFalse();
    }

    @Test
    void shouldStayWhereItIsWhileTheHandsMoveALittle() {
        for (int i = 0; i < 8; i++) {
            strike(40, 47, 70, 74);
        }
        int found = split.lowestOfRight();
        for (int i = 0; i < 6; i++) {
            strike(41, 48, 68, 76);
            assertThat(split.lowestOfRight()).isEqualTo(found);
        }
    }

    @Test
    void shouldKeepToAPitchThatIsSet() {
        split.set(60);
        assertThat(split.isKnown()).isTrue();
        strike(59, 60);
        assertThat(split.isLeft(59)).isTrue();
        assertThat(split.isLeft(60)).isFalse();
        split.set(HandSplit.AUTO);
        assertThat(split.isKnown()).isFalse();
    }

    @Test
    void shouldForget() {
        for (int i = 0; i < 8; i++) {
            strike(40, 70);
        }
        assertThat(split.isKnown()).isTrue();
        split.forget();
        assertThat(split.isKnown()).isFalse();
    }

    @Property(tries = 100)
    void shouldHaveNotesOnBothSides(@ForAll @Size(max = 60) List<@IntRange(min = 0, max = 127) Integer> pitches) {
        split.forget();
        for (int i = 0; i + 1 < pitches.size(); i += 2) {
            strike(pitches.get(i), pitches.get(i + 1));
            if (split.isKnown()) {
                int at = split.lowestOfRight();
                assertThat(pitches).anyMatch(pitch -> pitch < at).anyMatch(pitch -> pitch >= at);
            }
        }
    }
}
