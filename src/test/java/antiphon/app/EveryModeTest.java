package antiphon.app;

import static org.assertj.core.api.Assertions.assertThat;

import antiphon.midi.file.Timeline;
import java.util.List;
import org.junit.jupiter.api.Test;

class EveryModeTest {
    @Test
    void shouldFollowTheTempoWhereItChanges() {
        Timeline timeline = new Timeline(
                List.of(new Timeline.Tempo(0, 500_000), new Timeline.Tempo(1_000_000_000L, 250_000)),
                Timeline.STANDARD.metres());
        assertThat(EveryMode.beats(timeline, 1_600_000_000L))
                .containsExactly(0L, 500_000_000L, 1_000_000_000L, 1_250_000_000L, 1_500_000_000L);
    }
}
