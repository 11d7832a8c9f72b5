package antiphon.app;

import static org.assertj.core.api.Assertions.assertThat;

import antiphon.app.Heard.Keys;
import antiphon.app.Program.Ended;
import antiphon.app.Program.Place;
import antiphon.midi.jack.JackScript;
import antiphon.midi.jack.JackScript.Timed;
import antiphon.midi.jack.JackServer;
import antiphon.music.Message;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * After kill -9 {@code antiphon release}, which a service's ExecStopPost runs, ends what sounds at every receiver. How fast,
 * {@code src/bench/kill.py} measures.
 */
@Tag("jack")
@Timeout(120)
class KillOnJackTest {
    private static final int ROUNDS = 2;

    /** The answer may be at rest just when it is killed: then that is no round. */
    private static final int MOST_ATTEMPTS = 5;

    private static final int NOTE_ONS = 3;

    @TempDir
    private Path folder = Path.of("");

    @Test
    void shouldEndWhatAKilledProgramLeftAtEveryReceiver() throws Exception {
        try (JackServer server = JackServer.start(128)) {
            Place place = Program.in(folder).on(server).with("ANTIPHON_PLAY_CALL_REST_MS", "300");
            int rounds = 0;
            for (int i = 0; i < MOST_ATTEMPTS && rounds < ROUNDS; i++) {
                rounds += killInMidAnswer(server, place, rounds == 0) ? 1 : 0;
            }
            assertThat(rounds).isEqualTo(ROUNDS);
        }
    }

    /**
     * Returns whether anything sounded then.
     *
     * @param guarded by a process that waits beside it; else by one that is started afterwards
     */
    private boolean killInMidAnswer(JackServer server, Place place, boolean guarded) throws Exception {
        Path pianoFile = folder.resolve("piano.json");
        Path organFile = folder.resolve("organ.json");
        try (JackScript piano = server.instrument("piano", pianoFile);
                JackScript organ = server.instrument("organ", organFile)) {
            Timed last;
            Ended released;
            try (Program antiphon = place.run("--out", "piano", "--out", "organ", "--seed", "5");
                    Program guard = place.start("release", "--guard", "jack")) {
                last = playUntilAnswered(server, piano);
                antiphon.kill();
                if (guarded) {
                    guard.endInput();
                    released = guard.end();
                } else {
                    released = place.runToEnd("release");
                }
            }
            piano.stop();
            organ.stop();
            assertThat(released.status()).as(released.errors()).isZero();
            List<String> lines = released.output().lines().toList();
            assertThat(lines).allMatch(line -> line.matches("released \\d+ ends? at (piano|organ):in-1"));
            assertThat(lines.size()).isIn(0, 2);
            for (Path file : new Path[] {pianoFile, organFile}) {
                Heard heard = Heard.read(file);
                assertThat(heard.noteOns().size()).isGreaterThanOrEqualTo(NOTE_ONS);
                assertThat(heard.sounding()).as(file.toString()).isZero();
                System.out.println("From the last note heard before kill -9 to silence at " + file.getFileName() + ": "
                        + (heard.lastFrame() - last.frame()) + " frames");
            }
            assertThat(place.runToEnd("release")).isEqualTo(new Ended(0, "", ""));
            return !lines.isEmpty();
        }
    }

    /** Plays a phrase; returns in the middle of the answer, when a note has just begun. */
    private Timed playUntilAnswered(JackServer server, JackScript recorder) throws Exception {
        Keys keys = new Keys();
        try (JackScript player = server.player(Phrases.brief(folder), "antiphon:in", folder.resolve("played.json"))) {
            player.go();
            int[] noteOns = {0};
            return recorder.awaitMessage(each -> {
                keys.follow(each.message());
                return Message.isNoteOn(each.message()) && ++noteOns[0] >= NOTE_ONS;
            });
        }
    }
}
