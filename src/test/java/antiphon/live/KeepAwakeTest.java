package antiphon.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class KeepAwakeTest {
    private final Meters meters = new Meters();
    private final RecordedThreads system = new RecordedThreads();
    private final KeepAwake keepAwake = new KeepAwake(true, system, meters);

    private void look(int times) {
        for (int i = 0; i < times; i++) {
            keepAwake.look();
        }
    }

    @Test
    void shouldKeepAwakeFromTheFirstNoteUntilTenSecondsAfterTheLast() {
        look(3);
        assertThat(cores()).isEmpty();
        meters.messagesIn.incrementAndGet();
        look(9);
        meters.messagesOut.incrementAndGet();
        look(10);
        assertThat(cores()).containsExactly("awake");
        look(1);
        assertThat(cores()).containsExactly("awake", "asleep");
        look(20);
        meters.messagesIn.incrementAndGet();
        look(1);
        keepAwake.end();
        keepAwake.end();
        assertThat(cores()).containsExactly("awake", "asleep", "awake", "asleep");
    }

    @Test
    void shouldLeaveTheCoresAloneWhereThatIsNotWished() {
        KeepAwake unwished = new KeepAwake(false, system, meters);
        meters.messagesIn.incrementAndGet();
        unwished.look();
        unwished.end();
        assertThat(cores()).isEmpty();
    }

    @Test
    void shouldLetTheCollectorsDirectorRestWhileThereIsNoMusic() {
        look(3);
        assertThat(system.asked).containsExactly("ZDirector slack");
        meters.messagesIn.incrementAndGet();
        look(10);
        assertThat(system.asked).containsExactly("ZDirector slack", "awake", "ZDirector prompt");
        look(2);
        assertThat(system.asked).endsWith("asleep", "ZDirector slack").hasSize(5);
    }

    private List<String> cores() {
        return system.asked.stream().filter(asked -> asked.startsWith("a")).toList();
    }
}
