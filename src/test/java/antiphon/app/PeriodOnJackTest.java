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

    @TempDir
    private Path folder = Path.of("");

    /**
     * What the playing after the change brought.
     *
     * @param late or too late to be played
     */
    private record Played(long late, double exact) {}

    @Test
    void shouldAnswerAtOnceInTimeAfterThePeriodWasRaised() throws Exception {
        Played best = new Played(Long.MAX_VALUE, 0);
        // Where the machine is so busy that cycles are missed, a run says nothing.
        for (int attempt = 0; attempt < TRIES && (best.late() > 0 || best.exact() < NEARLY_ALL); attempt++) {
            best = play("harmony", Phrases.line(folder));
            System.out.println("harmony after jack_bufsize " + AFTER + ": " + best);
        }
        assertThat(best.late()).as("late or dropped messages").isZero();
        assertThat(best.exact()).as("voices a period after thru").isGreaterThan(NEARLY_ALL);
    }

    @Test
    void shouldAnswerPhrasesInTimeAfterThePeriodWasRaised() throws Exception {
        long late = Long.MAX_VALUE;
        for (int attempt = 0; attempt < TRIES && late > 0; attempt++) {
            late = play("call", Phrases.longLine(folder)).late();
            System.out.println("call after jack_bufsize " + AFTER + ": " + late + " late");
        }
        assertThat(late).as("late or dropped messages").isZero();
    }

    private Played play(String mode, Path music) throws Exception {
        Path heardFile = folder.resolve("heard.json");
        Path playedFile = folder.resolve("played.json");
        long late;
        try (JackServer server = JackServer.start(BEFORE);
                Program antiphon = Program.in(folder)
                        .on(server)
                        .with("ANTIPHON_PLAY_CALL_REST_MS", "200")
                        .run("--thru", "--mode", mode, "--seed", "5")) {
            server.setPeriod(AFTER);
            try (JackScript recorder = server.listener("antiphon:out", heardFile);
                    JackScript player = server.player(music, "antiphon:in", playedFile)) {
                long before = status().counts().late() + status().counts().droppedLateNotes();
                player.go();
                player.awaitDone();
                recorder.awaitDone();
                Status after = status();
                assertThat(after.midi().framesPerPeriod()).isEqualTo(AFTER);
                assertThat(after.counts().notesAnswered()).isPositive();
                late = after.counts().late() + after.counts().droppedLateNotes() - before;
            }
            antiphon.stop();
            assertThat(antiphon.end().status()).isZero();
        }
        Heard heard = Heard.read(heardFile);
        assertThat(heard.channel(CHANNEL).messages())
                .as("thru, complete, a period late like every client's output")
                .isEqualTo(JackScript.read(playedFile));
        assertThat(heard.sounding()).isZero();
        Files.delete(heardFile);
        return new Played(late, exact(heard));
    }

    private Status status() throws IOException {
        return Status.parse(StatusReader.read(folder.resolve("state/antiphon/antiphon.sock")));
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
