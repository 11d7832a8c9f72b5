package antiphon.app;

import static antiphon.app.Phrases.ANSWER_CHANNEL;
import static antiphon.app.Phrases.CHANNEL;
import static org.assertj.core.api.Assertions.assertThat;

import antiphon.midi.jack.JackScript;
import antiphon.midi.jack.JackScript.Timed;
import antiphon.midi.jack.JackServer;
import antiphon.status.Status;
import antiphon.status.StatusReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code jack_bufsize} while the program runs: what is played afterwards is as punctual as before. */
@Tag("jack")
@Timeout(240)
class PeriodOnJackTest {
    private static final int BEFORE = 128;
    private static final int AFTER = 1024;
    private static final int TRIES = 4;
    private static final double NEARLY_ALL = 0.95;
    private static final String COPIED = "thru, complete, a period late like every client's output";

    @TempDir
    private Path folder = Path.of("");

    /**
     * What the playing after the change brought.
     *
     * @param late or too late to be played
     * @param copied every message passed thru at its very frame
     */
    private record Played(long late, boolean copied, double exact) {}

    @Test
    void shouldAnswerAtOnceInTimeAfterThePeriodWasRaised() throws Exception {
        Played best = new Played(Long.MAX_VALUE, false, 0);
        // Where the machine is so busy that cycles are missed, a run says nothing.
        for (int attempt = 0;
                attempt < TRIES && (best.late() > 0 || !best.copied() || best.exact() < NEARLY_ALL);
                attempt++) {
            best = play(Files.createTempDirectory(folder, "try"), "harmony", Phrases.line(folder));
            System.out.println("harmony after jack_bufsize " + AFTER + ": " + best);
        }
        assertThat(best.late()).as("late or dropped messages").isZero();
        assertThat(best.copied()).as(COPIED).isTrue();
        assertThat(best.exact()).as("voices a period after thru").isGreaterThan(NEARLY_ALL);
    }

    @Test
    void shouldAnswerPhrasesInTimeAfterThePeriodWasRaised() throws Exception {
        Played best = new Played(Long.MAX_VALUE, false, 0);
        for (int attempt = 0; attempt < TRIES && (best.late() > 0 || !best.copied()); attempt++) {
            best = play(Files.createTempDirectory(folder, "try"), "call", Phrases.longLine(folder));
            System.out.println("call after jack_bufsize " + AFTER + ": " + best);
        }
        assertThat(best.late()).as("late or dropped messages").isZero();
        assertThat(best.copied()).as(COPIED).isTrue();
    }

    /** @param own a folder of its own, so that nothing is owed from a run before */
    private static Played play(Path own, String mode, Path music) throws Exception {
        Path heardFile = own.resolve("heard.json");
        Path playedFile = own.resolve("played.json");
        long late;
        try (JackServer server = JackServer.start(BEFORE);
                Program antiphon = Program.in(own)
                        .on(server)
                        .with("ANTIPHON_PLAY_CALL_REST_MS", "200")
                        // Few: in so short a rest, two cores that also run the tests have no time for more.
                        .with("ANTIPHON_PLAN_CANDIDATES", "8")
                        .run("--thru", "--mode", mode, "--seed", "5")) {
            server.setPeriod(AFTER);
            try (JackScript recorder = server.listener("antiphon:out", heardFile);
                    JackScript player = server.player(music, "antiphon:in", playedFile)) {
                long before = status(own).counts().late() + status(own).counts().droppedLateNotes();
                player.go();
                player.awaitDone();
                recorder.awaitDone();
                Status after = status(own);
                assertThat(after.midi().framesPerPeriod()).isEqualTo(AFTER);
                assertThat(after.counts().notesAnswered()).isPositive();
                late = after.counts().late() + after.counts().droppedLateNotes() - before;
            }
            antiphon.stop();
            assertThat(antiphon.end().status()).isZero();
        }
        Heard heard = Heard.read(heardFile);
        boolean copied = heard.channel(CHANNEL).messages().equals(JackScript.read(playedFile));
        assertThat(heard.sounding()).isZero();
        return new Played(late, copied, exact(heard));
    }

    private static Status status(Path own) throws IOException {
        return Status.parse(StatusReader.read(own.resolve("state/antiphon/antiphon.sock")));
    }

    /** How many of the notes have a voice exactly a period after their copy. */
    private static double exact(Heard heard) {
        List<Timed> notes = heard.channel(CHANNEL).noteOns().messages();
        List<Timed> voices = heard.channel(ANSWER_CHANNEL).noteOns().messages();
        int pairs = Math.min(notes.size(), voices.size());
        long exact = IntStream.range(0, pairs)
                .filter(i -> voices.get(i).frame() - notes.get(i).frame() == AFTER)
                .count();
        return exact / (double) notes.size();
    }
}
