package antiphon.app;

import static antiphon.app.Phrases.ANSWER_CHANNEL;
import static antiphon.app.Phrases.CHANNEL;
import static org.assertj.core.api.Assertions.assertThat;

import antiphon.midi.jack.JackScript;
import antiphon.midi.jack.JackServer;
import antiphon.music.Message;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code antiphon run}, as a process, on a JACK server whose transport rolls, in three quarters to the bar. */
@Tag("jack")
@Timeout(240)
class TransportOnJackTest {
    private static final int RATE = 48_000;
    private static final double QPM = 132;
    private static final int BEATS_PER_BAR = 3;
    private static final double EIGHTH_SECONDS = 30 / QPM;
    private static final int ONSETS = 21;

    @TempDir
    private Path folder = Path.of("");

    @Test
    void shouldPlayOnTheTransportsGridAndEnterOnItsBar() throws Exception {
        List<Double> onsets = onsets();
        for (int attempt = 1; onsets.isEmpty() && attempt < 3; attempt++) {
            onsets = onsets();
        }
        List<Double> offs = onsets.stream()
                .map(onset -> Math.abs(Math.IEEEremainder(onset, EIGHTH_SECONDS)) * 1e3)
                .sorted()
                .toList();
        double entry = Math.abs(Math.IEEEremainder(onsets.getFirst(), 2 * BEATS_PER_BAR * EIGHTH_SECONDS)) * 1e3;
        System.out.printf(
                "From the transport's grid: %d notes, median %.2f ms, worst %.2f ms; from its bar at the entry %.2f ms%n",
                offs.size(), offs.get(offs.size() / 2), offs.getLast(), entry);
        assertThat(offs.get(offs.size() / 2)).isLessThan(1);
        assertThat(offs.getLast()).isLessThan(3);
        assertThat(entry).isLessThan(3);
    }

    private Path notes() throws IOException {
        List<Map.Entry<Double, Integer>> notes = new ArrayList<>();
        for (int i = 0; i < ONSETS; i++) {
            double at = i * EIGHTH_SECONDS + (i % 5 - 2) * 0.002 + 0.005;
            int pitch = 60 + i * 5 % 13;
            notes.add(Map.entry(at, Message.noteOn(CHANNEL, pitch, 80)));
            notes.add(Map.entry(at + 0.1, Message.noteOff(CHANNEL, pitch)));
        }
        return JackScript.write(folder.resolve("notes.json"), notes);
    }

    /** When the answer's notes came, in seconds of the song; none if JACK missed cycles. */
    private List<Double> onsets() throws Exception {
        Path heardFile = folder.resolve("heard.json");
        long zero;
        try (JackServer server = JackServer.start(256);
                Program antiphon = Program.in(folder)
                        .on(server)
                        .with("ANTIPHON_PLAY_GRID", "100")
                        .with("ANTIPHON_PLAY_ENTER", "bar")
                        .run("--seed", "5")) {
            try (JackScript recorder = server.recorder("antiphon:out", heardFile);
                    JackScript song = server.song(notes(), "antiphon:in", QPM, BEATS_PER_BAR, 14)) {
                song.go();
                zero = Long.parseLong(song.awaitLine("ZERO").substring("ZERO ".length()));
                song.awaitDone();
                recorder.stop();
            }
            antiphon.stop();
            assertThat(antiphon.end().status()).isZero();
        }
        Heard heard = Heard.read(heardFile);
        assertThat(heard.sounding()).isZero();
        return heard.channel(ANSWER_CHANNEL).noteOns().secondsAfter(zero, RATE);
    }
}
