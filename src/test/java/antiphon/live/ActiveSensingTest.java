package antiphon.live;

import static org.assertj.core.api.Assertions.assertThat;

import antiphon.music.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ActiveSensingTest {
    private static final int SENSING = Message.of(Message.ACTIVE_SENSING, 0, 0);
    private static final long MAX_MILLIS = 1_000;

    private final FakePort port = new FakePort();
    private final InRing ring = new InRing();
    private final Meters meters = new Meters();
    private final List<Integer> lost = new ArrayList<>();
    private long millis = 1_000;
    private final List<Thru> inputs = List.of(input(0), input(1));
    private final ActiveSensing sensing =
            new ActiveSensing(inputs, lost::add, () -> List.of("antiphon:in", "antiphon:in-2"), this::nanos);

    private Thru input(int number) {
        return new Thru(number, ring, port, true, meters, this::nanos);
    }

    private long nanos() {
        return TimeUnit.MILLISECONDS.toNanos(millis);
    }

    /** Looks whenever it is told to. */
    private void pass(long until) {
        while (millis < until) {
            millis += Math.min(until - millis, sensing.look(MAX_MILLIS));
        }
        sensing.look(MAX_MILLIS);
    }

    @Test
    void shouldLoseTheInputOnceWhoseKeyboardFellSilentHalfASecondAgo() {
        inputs.get(1).receive(SENSING, nanos());
        inputs.get(0).receive(Message.noteOn(0, 60, 64), nanos());
        inputs.get(1).receive(Message.noteOn(0, 64, 64), nanos());
        pass(1_399);
        assertThat(lost).isEmpty();
        pass(1_500);
        assertThat(lost).containsExactly(1);
        pass(9_000);
        assertThat(lost).containsExactly(1);
        assertThat(sensing.look(MAX_MILLIS)).as("no need to look often").isEqualTo(MAX_MILLIS);
    }

    @Test
    void shouldBelieveAnyMessageAndBeginAnewWithTheNextActiveSensing() {
        inputs.get(0).receive(SENSING, nanos());
        for (int i = 0; i < 20; i++) {
            pass(millis + 290);
            inputs.get(0).receive(i % 2 == 0 ? Message.noteOn(0, 60, 64) : SENSING, nanos());
        }
        assertThat(lost).isEmpty();
        pass(millis + 500);
        assertThat(lost).containsExactly(0);
        inputs.get(0).receive(Message.noteOn(0, 60, 64), nanos());
        pass(millis + 5_000);
        assertThat(lost).as("one who has not said that he senses").containsExactly(0);
        inputs.get(0).receive(SENSING, nanos());
        pass(millis + 500);
        assertThat(lost).containsExactly(0, 0);
    }

    /** A laptop that sleeps: what came meanwhile is handed over after we have woken. */
    @Test
    void shouldLoseNobodyBecauseItStoodStillItself() {
        inputs.get(0).receive(SENSING, nanos());
        sensing.look(MAX_MILLIS);
        millis += 10_000;
        sensing.look(MAX_MILLIS);
        inputs.get(0).receive(SENSING, nanos());
        pass(millis + 300);
        assertThat(lost).isEmpty();
        pass(millis + 500);
        assertThat(lost).containsExactly(0);
    }
}
