package antiphon.music;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class LastingTest {
    @Property
    void shouldTakeEachControllerBackToRestWithItsOwnMessage(
            @ForAll @IntRange(max = Lasting.COUNT - 1) int lasting, @ForAll @IntRange(max = 15) int channel) {
        int rest = Lasting.atRest(lasting, channel);
        assertThat(Lasting.of(rest)).isEqualTo(lasting);
        assertThat(Message.channel(rest)).isEqualTo(channel);
        assertThat(Lasting.isAway(rest)).isFalse();
        assertThat(Lasting.isBack(rest)).isTrue();
    }

    @Test
    void shouldSendTheValuesThatMidiCallsRest() {
        Set<Integer> rests = new HashSet<>();
        for (int lasting = 0; lasting < Lasting.COUNT; lasting++) {
            rests.add(Lasting.atRest(lasting, 2));
        }
        assertThat(rests)
                .containsExactlyInAnyOrder(
                        Message.control(2, 64, 0),
                        Message.control(2, 66, 0),
                        Message.control(2, 69, 0),
                        Message.control(2, 1, 0),
                        Message.of(0xE2, 0, 64),
                        Message.of(0xD2, 0, 0));
    }

    @Property
    void shouldKnowEveryOtherMessageForNone(
            @ForAll @IntRange(min = 0x80, max = 0xFF) int status,
            @ForAll @IntRange(max = 127) int data1,
            @ForAll @IntRange(max = 127) int data2) {
        int command = status & 0xF0;
        boolean control = command == 0xB0 && Set.of(1, 64, 66, 69).contains(data1);
        assertThat(Lasting.of(Message.of(status, data1, data2)) >= 0)
                .isEqualTo(control || command == 0xD0 || command == 0xE0);
    }

    @Property
    void shouldCountAPedalThatIsHalfDownAsAwayAndAsBack(@ForAll @IntRange(min = 1, max = 63) int value) {
        int half = Message.control(0, 66, value);
        assertThat(Lasting.isAway(half)).isTrue();
        assertThat(Lasting.isBack(half)).isTrue();
        assertThat(Lasting.isBack(Message.control(0, 66, value + 64))).isFalse();
        assertThat(Lasting.isBack(Message.control(0, 1, value))).isFalse();
    }
}
