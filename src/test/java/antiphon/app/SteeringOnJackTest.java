package antiphon.app;

import static antiphon.app.Phrases.ANSWER_CHANNEL;
import static antiphon.app.Phrases.CHANNEL;
import static org.assertj.core.api.Assertions.assertThat;

import antiphon.improv.Mode;
import antiphon.midi.jack.JackScript;
import antiphon.midi.jack.JackScript.Timed;
import antiphon.midi.jack.JackServer;
import antiphon.status.Status;
import antiphon.status.StatusReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What plays, and with which network, is changed all the time while somebody plays: they hear nothing of it. */
@Tag("jack")
@Timeout(300)
class SteeringOnJackTest {
    private static final int CHANGES = 200;

    /** On a machine that wakes threads 30 ms late now and then, each run has a late message as often as not. */
    private static final int MAX_RUNS = 6;

    /** Each fifth change is of the network, which is read, shown what was played, and handed over. */
    private static final int CHANGES_PER_NETWORK = 5;

    @TempDir
    private Path folder = Path.of("");

    @Test
    void shouldChangeModeAndNetworkWithoutAGapOrAHangingOrALateNote() throws Exception {
        Path other = Files.copy(Path.of("models/antiphon.safetensors"), folder.resolve("other.safetensors"));
        long late = playAndCountLate(other);
        // Another program may have taken the cores; but what the changes make late is late every time.
        for (int run = 1; run < MAX_RUNS && late > 0; run++) {
            late = Math.min(late, playAndCountLate(other));
        }
        assertThat(late).as("late messages").isZero();
    }

    /** Plays and changes; fails if anything is missing, moved or hangs. */
    private long playAndCountLate(Path other) throws Exception {
        Path heardFile = folder.resolve("heard.json");
        Path playedFile = folder.resolve("played.json");
        Status status;
        try (JackServer server = JackServer.start(128);
                Program antiphon = Program.in(folder)
                        .on(server)
                        .with("ANTIPHON_PLAY_CALL_REST_MS", "200")
                        .with("ANTIPHON_PLAY_CONTINUE_REST_MS", "100")
                        .run("--thru", "--seed", "5")) {
            Path socket = folder.resolve("state/antiphon/antiphon.sock");
            try (JackScript recorder = server.recorder("antiphon:out", heardFile);
                    JackScript player = server.player(Phrases.longLine(folder), "antiphon:in", playedFile)) {
                player.go();
                changeAllTheTime(socket, other);
                player.awaitDone();
                // So that the last answer, if there is one, is over.
                ask(socket, "set play.mute true");
                status = Status.parse(StatusReader.read(socket));
                antiphon.stop();
                recorder.stop();
            }
            assertThat(antiphon.end().complaints()).isEmpty();
        }
        assertNothingIsHeardOfIt(JackScript.read(playedFile), Heard.read(heardFile), status);
        return status.counts().late();
    }

    private static void assertNothingIsHeardOfIt(List<Timed> played, Heard heard, Status status) {
        assertThat(heard.channel(CHANNEL).messages())
                .as("thru, complete, each at the very frame")
                .isEqualTo(played);
        assertThat(heard.channel(ANSWER_CHANNEL).noteOns().size())
                .as("it played")
                .isGreaterThan(20);
        assertThat(heard.sounding()).isZero();
        assertThat(status.counts().failures()).isZero();
        assertThat(status.counts().heldNotes()).isZero();
        System.out.println(CHANGES + " changes while " + played.size() + " messages were played: thru complete, "
                + heard.channel(ANSWER_CHANNEL).noteOns().size() + " notes answered, "
                + status.counts().late() + " late, none hanging.");
    }

    /** At random moments of about half a minute. */
    private static void changeAllTheTime(Path socket, Path other) throws Exception {
        Random random = new Random(11);
        Path shipped = Path.of("models/antiphon.safetensors").toAbsolutePath();
        for (int change = 0; change < CHANGES; change++) {
            if (change % CHANGES_PER_NETWORK == 0) {
                Path network = change % (2 * CHANGES_PER_NETWORK) == 0 ? other : shipped;
                assertThat(ask(socket, "set model.file " + network)).contains("takes over");
            } else {
                Mode mode = Mode.of(random.nextInt(Mode.values().length));
                String order = "set play.mode " + mode.name().toLowerCase(Locale.ROOT);
                assertThat(ask(socket, order)).startsWith("play.mode = ");
            }
            // The moments are what is tested.
            Thread.sleep(random.nextInt(200));
        }
    }

    private static String ask(Path socket, String order) throws Exception {
        return StatusReader.ask(socket, order).strip();
    }
}
