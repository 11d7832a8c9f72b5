package antiphon.app;

import static antiphon.app.Phrases.ANSWER_CHANNEL;
import static org.assertj.core.api.Assertions.assertThat;

import antiphon.live.Replay;
import antiphon.live.Take;
import antiphon.midi.jack.JackScript;
import antiphon.midi.jack.JackScript.Timed;
import antiphon.midi.jack.JackServer;
import antiphon.music.Message;
import antiphon.music.TimedMessages;
import antiphon.status.StatusReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sessions over JACK, with controls in them, are recorded and played again: the same, bit for bit. */
@Tag("jack")
@Timeout(120)
class ReplayOnJackTest {
    private static final List<String> ORDERS = List.of(
            "set play.temperature 0.7",
            "set play.top-p 0.8",
            "set play.density 1.5",
            "set play.register 12",
            "set play.max-polyphony 2",
            "set play.memory false",
            "set play.mode harmony",
            "set play.mode call",
            "set play.mode continue",
            "set play.seed 77",
            "set midi.out.channel 2",
            "set play.call.length 0.5",
            "again",
            "answer",
            "forget",
            "panic");

    private static JackServer server;

    @TempDir
    private Path folder = Path.of("");

    @BeforeAll
    static void startServer() {
        server = JackServer.start(128);
    }

    @AfterAll
    static void stopServer() throws Exception {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void shouldReplayASessionWithControlsInIt(int seed) throws Exception {
        Path heardFile = folder.resolve("heard.json");
        try (Program antiphon = session(seed)) {
            try (JackScript recorder = server.recorder("antiphon:out", heardFile)) {
                play(seed, false, antiphon);
                antiphon.stop();
                recorder.stop();
            }
            assertThat(antiphon.end().output()).contains("recorded: ", ".mid");
        }
        Path journal = onlyJournal();
        assertThat(Take.midiFile(journal)).exists();
        assertSame(journal, Heard.read(heardFile).channel(ANSWER_CHANNEL).messages());
    }

    @Test
    void shouldReplayASessionThatWasStoppedInBetween() throws Exception {
        try (Program antiphon = session(9)) {
            play(9, true, antiphon);
            antiphon.stop();
        }
        assertThat(replay(onlyJournal()).isExact()).isTrue();
    }

    @Test
    void shouldReplayWhatAKilledSessionHadWrittenAndMakeItsMidiFileAtTheNextStart() throws Exception {
        try (Program antiphon = session(10)) {
            play(10, false, antiphon);
            // What happened in the last tenth of a second may be lost.
            Thread.sleep(1_000);
            antiphon.kill();
        }
        Path journal = onlyJournal();
        assertThat(Take.midiFile(journal)).doesNotExist();
        Replay.Outcome outcome = replay(journal);
        assertThat(outcome.isExact()).isTrue();
        assertThat(outcome.messages()).isPositive();
        try (Program next = session(11)) {
            while (!Files.exists(Take.midiFile(journal))) {
                // It makes it when it is ready; the test's own limit ends the waiting.
                Thread.sleep(10);
            }
            next.stop();
        }
    }

    private Program session(int seed) throws Exception {
        return Program.in(folder)
                .on(server)
                .with("ANTIPHON_PLAY_CALL_REST_MS", "250")
                .run(
                        "--thru",
                        "--seed",
                        Integer.toString(seed),
                        "--record",
                        folder.resolve("takes").toString());
    }

    /** Two phrases, and orders at random moments. */
    private void play(int seed, boolean stopped, Program antiphon) throws Exception {
        Path socket = folder.resolve("state/antiphon/antiphon.sock");
        Random random = new Random(seed);
        for (int phrase = 0; phrase < 2; phrase++) {
            try (JackScript player =
                    server.player(Phrases.brief(folder), "antiphon:in", folder.resolve("played.json"))) {
                player.go();
                for (int i = 0; i < 6; i++) {
                    Thread.sleep(random.nextInt(500));
                    String order = ORDERS.get(random.nextInt(ORDERS.size()));
                    assertThat(StatusReader.ask(socket, order)).doesNotContain("refused");
                    if (stopped && i == 3) {
                        signal("STOP", antiphon);
                        Thread.sleep(400);
                        signal("CONT", antiphon);
                    }
                }
                player.awaitDone();
            }
        }
    }

    private static void signal(String name, Program antiphon) throws Exception {
        new ProcessBuilder("kill", "-" + name, Long.toString(antiphon.pid()))
                .inheritIO()
                .start()
                .waitFor();
    }

    private Path onlyJournal() {
        List<Path> journals = Take.in(folder.resolve("takes"));
        assertThat(journals).hasSize(1);
        return journals.getFirst();
    }

    private static Replay.Outcome replay(Path journal) {
        return Replay.of(journal, Steering::networkOf);
    }

    /** The journal says that it is the same; what came out at the port says so too. */
    private static void assertSame(Path journal, List<Timed> heard) throws Exception {
        Replay.Outcome outcome = replay(journal);
        assertThat(outcome.isExact())
                .as("%d of %d", outcome.same(), outcome.messages())
                .isTrue();
        TimedMessages answer = outcome.answer();
        List<Integer> replayed = IntStream.range(0, answer.size())
                .map(answer::message)
                .filter(Message::isNoteOn)
                .boxed()
                .sorted()
                .toList();
        List<Integer> played = heard.stream()
                .map(Timed::message)
                .filter(Message::isNoteOn)
                .sorted()
                .toList();
        assertThat(replayed).isEqualTo(played);
        assertThat(Files.size(journal)).isPositive();
    }
}
