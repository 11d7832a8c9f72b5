package antiphon.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import antiphon.music.Message;
import antiphon.music.Unended;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What one browser holds, and that all of it ends. */
class BrowserHandsTest {
    private static final int BEND = 0xE3;

    private final List<Integer> heard = new ArrayList<>();
    private final BrowserHands hands = new BrowserHands(heard::add);

    @Test
    void shouldLetUpAKeyBeforeItIsStruckAgainAndOnlyWhatIsDown() {
        hands.play(Message.noteOff(0, 60));
        hands.play(Message.noteOn(0, 60, 80));
        hands.play(Message.noteOn(0, 60, 90));
        hands.play(Message.of(Message.NOTE_ON, 60, 0));
        hands.play(Message.noteOff(0, 60));
        assertThat(heard)
                .containsExactly(
                        Message.noteOn(0, 60, 80),
                        Message.noteOff(0, 60),
                        Message.noteOn(0, 60, 90),
                        Message.noteOff(0, 60));
    }

    @Test
    void shouldMoveAPedalThatAnotherMayHoldOnlyIfItHoldsIt() {
        hands.play(Message.control(0, Message.SUSTAIN_PEDAL, 0));
        assertThat(heard).isEmpty();
        hands.play(Message.control(0, Message.SUSTAIN_PEDAL, 127));
        hands.play(Message.control(0, Message.SUSTAIN_PEDAL, 127));
        assertThat(heard).containsExactly(Message.control(0, Message.SUSTAIN_PEDAL, 127));
    }

    @Test
    void shouldTakeBackKeysPedalsAndBends() {
        hands.play(Message.noteOn(3, 60, 80));
        hands.play(Message.control(3, Message.SUSTAIN_PEDAL, 127));
        hands.play(Message.of(BEND, 0, 100));
        hands.play(Message.control(3, 20, 5));
        heard.clear();
        hands.letGo();
        assertThat(heard)
                .containsExactlyInAnyOrder(
                        Message.noteOff(3, 60), Message.control(3, Message.SUSTAIN_PEDAL, 0), Message.of(BEND, 0, 64));
        heard.clear();
        hands.letGo();
        assertThat(heard).isEmpty();
    }

    @Property
    void shouldLeaveNothingSounding(@ForAll @Size(max = 200) List<@IntRange(max = (1 << 24) - 1) Integer> messages) {
        Unended unended = new Unended();
        BrowserHands playing = new BrowserHands(unended::accept);
        for (int bits : messages) {
            try {
                playing.play(BrowserHands.message(0x80 | (bits & 0x7F), bits >> 8 & 0x7F, bits >> 16 & 0x7F));
            } catch (IOException refused) {
                // Not for browsers.
            }
        }
        playing.letGo();
        List<Integer> left = new ArrayList<>();
        unended.end((message, dueNanos) -> left.add(message), 0);
        assertThat(left).as("the soft pedal holds nothing").allMatch(message -> Message.isControl(message, 67));
    }

    @ParameterizedTest
    @CsvSource({
        "0xF8, 0, 0",
        "0xF0, 1, 2",
        "0xA0, 60, 1",
        "0xB0, 120, 0",
        "0xB0, 123, 0",
        "0xC0, 3, 1",
        "0x40, 60, 80",
        "0x190, 60, 80",
        "-112, 60, 80"
    })
    void shouldTakeNothingElse(String status, int data1, int data2) {
        int number = Integer.decode(status);
        assertThatThrownBy(() -> BrowserHands.message(number, data1, data2)).isInstanceOf(IOException.class);
    }
}
