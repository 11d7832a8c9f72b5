package antiphon.app;

import static org.assertj.core.api.Assertions.assertThat;

import antiphon.improv.Mode;
import antiphon.improv.Settings;
import antiphon.live.Happenings;
import antiphon.live.LiveSession;
import antiphon.live.Ports;
import antiphon.live.Tap;
import antiphon.midi.memory.MemoryBackend;
import antiphon.model.RandomModel;
import antiphon.model.StackedLstm;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PlainViewTest {
    private final LiveSession session = new LiveSession(
            new MemoryBackend(System::nanoTime, true),
            new StackedLstm(RandomModel.of(4, 6, 1, 1)),
            Settings.standard(Mode.CALL),
            1,
            Ports.unconnected(false));
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final PlainView view = new PlainView(session, new PrintStream(printed, false, StandardCharsets.UTF_8));
    private final Happenings happenings = new Happenings(view::take);

    @AfterEach
    void close() {
        session.close();
    }

    private List<String> lines() {
        return printed.toString(StandardCharsets.UTF_8).lines().toList();
    }

    private void state(Tap.Turn turn, long millis) {
        happenings.state(turn, Mode.CALL, -1, millis);
    }

    @Test
    void shouldSayALineForEachTurn() {
        happenings.heard(60, 0);
        happenings.heard(62, 100);
        state(Tap.Turn.ANSWERING, 1_000);
        happenings.sent(64, 1_100);
        happenings.sent(65, 1_200);
        happenings.sent(67, 1_300);
        assertThat(lines()).as("while it answers").isEmpty();
        state(Tap.Turn.LISTENING, 3_450);
        happenings.heard(60, 4_000);
        state(Tap.Turn.ANSWERING, 5_000);
        state(Tap.Turn.MUTED, 5_500);
        state(Tap.Turn.LISTENING, 6_000);
        assertThat(lines())
                .containsExactly(
                        "turn: you 2 notes, answered by 3 in 2.5 s.", "turn: you 1 note, answered by 0 in 0.5 s.");
    }

    @Test
    void shouldSayNothingWhenOnlyModeOrKeyChange() {
        happenings.state(Tap.Turn.ANSWERING, Mode.CALL, 3, 0);
        happenings.state(Tap.Turn.ANSWERING, Mode.CALL, 4, 500);
        happenings.state(Tap.Turn.ANSWERING, Mode.CONTINUE, 4, 600);
        assertThat(lines()).isEmpty();
        happenings.state(Tap.Turn.LISTENING, Mode.CONTINUE, 4, 1_000);
        assertThat(lines()).containsExactly("turn: you 0 notes, answered by 0 in 1.0 s.");
    }

    @Test
    void shouldSayWhatItIsToldAtOnceAndNoEmptyLine() {
        view.begin("ready");
        view.say("");
        view.say("midi.in: gone.");
        assertThat(lines()).containsExactly("ready", "midi.in: gone.");
        view.end();
    }
}
