package antiphon.app;

import static antiphon.app.Phrases.ANSWER_CHANNEL;
import static org.assertj.core.api.Assertions.assertThat;

import antiphon.midi.jack.JackScript;
import antiphon.midi.jack.JackServer;
import antiphon.music.Message;
import antiphon.status.Status;
import antiphon.status.StatusReader;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code antiphon run} is stopped in mid-answer, as a laptop that sleeps, and wakes. */
@Tag("jack")
@Timeout(120)
class StandstillOnJackTest {
    private static final int STANDSTILLS = 3;
    private static final long STANDSTILL_MILLIS = 3_000;

    @TempDir
    private Path folder = Path.of("");

    @Test
    void shouldPlayOnAndEndEveryNote() throws Exception {
        Path heardFile = folder.resolve("heard.json");
        Status status;
        try (JackServer server = JackServer.start(128)) {
            Program.Place place = Program.in(folder)
                    .on(server)
                    .with("ANTIPHON_PLAY_CONTINUE_REST_MS", "100")
                    .with("ANTIPHON_PLAY_COMMIT_MS", "100");
            try (JackScript recorder = server.instrument("piano", heardFile);
                    Program antiphon = place.run("--out", "piano", "--mode", "continue", "--seed", "5")) {
                try (JackScript player =
                        server.player(Phrases.brief(folder), "antiphon:in", folder.resolve("played.json"))) {
                    player.go();
                    player.awaitDone();
                }
                for (int i = 0; i < STANDSTILLS; i++) {
                    recorder.awaitMessage(each -> Message.isNoteOn(each.message()));
                    recorder.awaitMessage(each -> Message.isNoteOn(each.message()));
                    signal("STOP", antiphon);
                    Thread.sleep(STANDSTILL_MILLIS);
                    signal("CONT", antiphon);
                    recorder.awaitMessage(each -> Message.isNoteOn(each.message()));
                }
                status = Status.parse(StatusReader.read(folder.resolve("state/antiphon/antiphon.sock")));
                antiphon.stop();
                recorder.stop();
            }
        }
        Heard heard = Heard.read(heardFile).channel(ANSWER_CHANNEL);
        assertThat(heard.noteOns().size()).isGreaterThan(2 * STANDSTILLS);
        assertThat(heard.sounding()).isZero();
        assertThat(heard.noteOffs().size())
                .isGreaterThanOrEqualTo(heard.noteOns().size());
        assertThat(status.counts().failures()).isZero();
        System.out.println("After " + STANDSTILLS + " standstills of " + STANDSTILL_MILLIS + " ms: "
                + heard.noteOns().size() + " notes, none hanging; "
                + status.counts().droppedLateNotes()
                + " were too late.");
    }

    private static void signal(String name, Program antiphon) throws Exception {
        new ProcessBuilder("kill", "-" + name, Long.toString(antiphon.pid()))
                .inheritIO()
                .start()
                .waitFor();
    }
}
