package antiphon.app;

import static antiphon.app.Phrases.ANSWER_CHANNEL;
import static antiphon.app.Phrases.CHANNEL;
import static org.assertj.core.api.Assertions.assertThat;

import antiphon.bench.Crowd;
import antiphon.bench.CrowdSeen;
import antiphon.midi.jack.JackScript;
import antiphon.midi.jack.JackScript.Timed;
import antiphon.midi.jack.JackServer;
import antiphon.status.Status;
import antiphon.status.StatusReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Twenty browsers have the page open, one of which takes nothing, and ten thousand requests come a second, while somebody
 * plays through JACK: the music knows nothing of it. Times are for {@code antiphon bench --conditions idle,browsers}.
 */
@Tag("jack")
@Timeout(240)
class BrowsersOnJackTest {
    /** On a machine that wakes threads 30 ms late now and then, a run may lose a cycle with nobody asking as well. */
    private static final int MAX_RUNS = 4;

    private static final int MIN_OBJECT_BYTES = 16;
    private static final double NEARLY_ALL = 0.9;
    private static final String PAGE = "page: ";

    @TempDir
    private Path folder = Path.of("");

    @Test
    void shouldPlayOnAsIfNobodyAsked() throws Exception {
        boolean exact = false;
        for (int run = 0; run < MAX_RUNS && !exact; run++) {
            exact = playsOn(Files.createTempDirectory(folder, "run"));
        }
        assertThat(exact).as("thru complete, each at the very frame").isTrue();
    }

    /** Plays a line meanwhile; true if each message of it came back at its very frame. */
    private static boolean playsOn(Path own) throws Exception {
        Path heardFile = own.resolve("heard.json");
        Path playedFile = own.resolve("played.json");
        Status before;
        Status after;
        CrowdSeen seen;
        try (JackServer server = JackServer.start(128);
                Program antiphon = Program.in(own)
                        .on(server)
                        .run("--thru", "--mode", "harmony", "--seed", "5", "--page", "--page-port", "0", "--no-open");
                Crowd crowd = Crowd.start(pageOfPlayed(antiphon, server, own));
                JackScript recorder = server.recorder("antiphon:out", heardFile);
                JackScript player = server.player(Phrases.line(own), "antiphon:in", playedFile)) {
            Path socket = own.resolve("state/antiphon/antiphon.sock");
            before = Status.parse(StatusReader.read(socket));
            player.go();
            player.awaitDone();
            after = Status.parse(StatusReader.read(socket));
            seen = crowd.stop();
            antiphon.stop();
            recorder.stop();
            assertThat(antiphon.end().complaints()).isEmpty();
        }
        List<Timed> played = JackScript.read(playedFile);
        assertWasAskedAndRefused(seen);
        assertNothingIsLost(before, after, played.size());
        Heard heard = Heard.read(heardFile);
        assertThat(heard.sounding()).isZero();
        assertThat(heard.channel(ANSWER_CHANNEL).noteOns().size())
                .as("it played too")
                .isGreaterThan(played.size() / 4);
        System.out.println(seen);
        return heard.channel(CHANNEL).messages().equals(played);
    }

    /**
     * The page's address, after a first line was played: by then the JVM has made what it makes once, after so many calls of a
     * method handle, on whatever thread that is (26 KB).
     */
    private static URI pageOfPlayed(Program antiphon, JackServer server, Path own) throws Exception {
        URI page = page(antiphon);
        try (JackScript first = server.player(Phrases.line(own), "antiphon:in", own.resolve("first.json"))) {
            first.go();
            first.awaitDone();
        }
        return page;
    }

    private static URI page(Program antiphon) throws IOException {
        for (String line = antiphon.line(); !line.isEmpty(); line = antiphon.line()) {
            if (line.startsWith(PAGE)) {
                return URI.create(line.substring(PAGE.length()));
            }
        }
        throw new AssertionError("no page");
    }

    private static void assertWasAskedAndRefused(CrowdSeen seen) {
        assertThat((double) seen.asked()).isGreaterThan(NEARLY_ALL * Crowd.REQUESTS_PER_SECOND * seen.seconds());
        assertThat(seen.answered()).as("some of it").isPositive();
        assertThat((double) seen.refused()).isGreaterThan(NEARLY_ALL * seen.asked());
        assertThat(seen.tooMany()).as("told so").isPositive();
        assertThat(seen.fewestFrames()).as("who reads is told").isGreaterThan(100);
        assertThat(seen.stalledFrames()).as("who does not loses frames").isLessThan(seen.fewestFrames());
    }

    private static void assertNothingIsLost(Status before, Status after, int messages) {
        assertThat(after.counts().messagesIn() - before.counts().messagesIn()).isEqualTo(messages);
        assertThat(after.counts().inRingDrops()).isZero();
        assertThat(after.counts().outRingDrops()).isZero();
        assertThat(after.counts().droppedInputs()).isZero();
        assertThat(after.counts().droppedOutputs()).isZero();
        assertThat(after.counts().failures()).isZero();
        // What the JVM makes now and then while it compiles is less than an object for each.
        assertThat(after.memory().liveAllocatedBytes() - before.memory().liveAllocatedBytes())
                .as("allocated by the live threads")
                .isLessThan((long) MIN_OBJECT_BYTES * messages);
    }
}
