package antiphon.live;

import static org.assertj.core.api.Assertions.assertThat;

import antiphon.improv.Control;
import antiphon.music.Message;
import com.lmax.disruptor.EventPoller;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HostClockTest {
    private final InRing ring = new InRing();
    private final EventPoller<Slot> poller = ring.newPoller();
    private final Meters meters = new Meters();
    private final HostClock host = new HostClock(3, ring, meters);

    private List<String> taken() throws Exception {
        List<String> taken = new ArrayList<>();
        while (ring.hasAfter(poller.getSequence().get())) {
            poller.poll((slot, sequence, endOfBatch) -> {
                taken.add(slot.what + " from " + slot.input + ": " + slot.message + " = " + slot.value + " at "
                        + slot.nanos);
                return true;
            });
        }
        return taken;
    }

    @Test
    void shouldBeAnInputOfItsOwnThatIsNeverCopied() throws Exception {
        host.quartersPerBar(3, 400);
        host.clock(Message.CONTINUE, 500);
        host.clock(Message.CLOCK, 501);
        host.clock(Message.noteOn(0, 60, 80), 502);
        int bars = Control.BEATS_PER_BAR.number();
        assertThat(taken())
                .containsExactly(
                        Slot.CONTROL + " from 0: " + bars + " = 3 at 400",
                        Slot.MESSAGE + " from 3: " + Message.CONTINUE + " = 0 at 500",
                        Slot.MESSAGE + " from 3: " + Message.CLOCK + " = 0 at 501");
        assertThat(meters.messagesIn).hasValue(0);
    }

    @Test
    void shouldPassOnThatTheSystemStood() throws Exception {
        host.slipped(-5_000_000, 700);
        assertThat(taken()).containsExactly(Slot.CONTROL + " from 0: " + Control.SLIP.number() + " = -5000000 at 700");
    }

    @Test
    void shouldLeaveTheBarsAsTheyAreWhereNoneIsAllowedSoLong() throws Exception {
        host.quartersPerBar(0, 1);
        host.quartersPerBar(17, 1);
        host.quartersPerBar(16, 2);
        assertThat(taken()).hasSize(1);
        assertThat(meters.inRingDrops).hasValue(0);
    }

    @Test
    void shouldCountWhatFindsNoRoom() {
        for (int i = 0; i < InRing.CAPACITY; i++) {
            host.clock(Message.CLOCK, i);
        }
        assertThat(meters.inRingDrops).hasValue(InRing.RESERVED);
    }
}
