package antiphon.live;

import static org.assertj.core.api.Assertions.assertThat;

import antiphon.music.Message;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class EndsTest {
    @Test
    void shouldKnowEveryEndByItsOwnMessage() {
        for (int end = 0; end < Ends.COUNT; end++) {
            assertThat(Ends.of(Ends.message(end))).isEqualTo(end);
            assertThat(Ends.begunBy(Ends.message(end))).isEqualTo(-1);
        }
    }

    @Property
    void shouldNumberEveryMessageWithinBoundsAndSayWhatEndsWhatItBegins(
            @ForAll @IntRange(min = 0x80, max = 0xFF) int status,
            @ForAll @IntRange(max = 127) int data1,
            @ForAll @IntRange(max = 127) int data2) {
        int message = Message.of(status, data1, data2);
        assertThat(Ends.of(message)).isBetween(-1, Ends.COUNT - 1);
        int begun = Ends.begunBy(message);
        assertThat(begun).isBetween(-1, Ends.HELD - 1);
        if (begun >= 0) {
            assertThat(Message.channel(Ends.message(begun))).isEqualTo(Message.channel(message));
        }
    }

    @Test
    void shouldTakeTheChannelModeMessagesThatLetKeysUpForEnds() {
        int up = Ends.of(Message.control(3, Message.ALL_NOTES_OFF, 0));
        for (int controller : new int[] {Message.ALL_SOUND_OFF, 124, 125, 126, 127}) {
            assertThat(Ends.of(Message.control(3, controller, 0))).isEqualTo(up);
        }
        assertThat(Ends.of(Message.control(3, Message.RESET_CONTROLLERS, 0))).isNotEqualTo(up);
        assertThat(Ends.of(Message.control(3, 122, 0))).as("local control").isEqualTo(-1);
        assertThat(Ends.of(Message.noteOn(3, 60, 1))).isEqualTo(-1);
    }
}
