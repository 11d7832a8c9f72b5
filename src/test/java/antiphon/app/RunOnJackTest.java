package antiphon.app;

import static antiphon.app.Phrases.ANSWER_CHANNEL;
import static antiphon.app.Phrases.CHANNEL;
import static org.assertj.core.api.Assertions.assertThat;

import antiphon.app.Program.Ended;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code antiphon run}, as a process, on a JACK server, between a player and a recorder that are not ours. */
@Tag("jack")
@Timeout(120)
class RunOnJackTest {
    private static final int FRAMES_PER_SECOND = 48_000;

    /** 150 ms. */
    private static final long INTERRUPTED_WITHIN_FRAMES = FRAMES_PER_SECOND * 150L / 1000;

    @TempDir
    private Path folder = Path.of("");

    @Test
    void shouldPassThePhraseOnToTheFrameAndAnswerIt() throws Exception {
        Path heardFile = folder.resolve("heard.json");
        Path playedFile = folder.resolve("played.json");
        Ended ended;
        try (JackServer server = JackServer.start(128);
                Program antiphon = Program.in(folder).on(server).run("--thru", "--seed", "5")) {
            try (JackScript recorder = server.listener("antiphon:out", heardFile);
                    JackScript player = server.player(Phrases.full(folder), "antiphon:in", playedFile)) {
                player.go();
                assertThat(player.awaitDone()).startsWith("DONE 56 ");
                recorder.awaitDone();
            }
            antiphon.stop();
            ended = antiphon.end();
        }
        List<Timed> played = JackScript.read(playedFile);
        Heard heard = Heard.read(heardFile);
        // Not only the same spacing: the very frames, since our thru runs in the cycle that brings the message.
        assertThat(heard.channel(CHANNEL).messages()).isEqualTo(played);

        Heard answer = heard.channel(ANSWER_CHANNEL);
        assertThat(answer.noteOns().size()).isGreaterThanOrEqualTo(8);
        assertThat(answer.firstFrame()).isGreaterThan(played.getLast().frame() + FRAMES_PER_SECOND / 2);
        assertThat(answer.noteOffs().size()).isEqualTo(answer.noteOns().size());
        assertThat(heard.sounding()).isZero();
        assertThat(heard.size()).isEqualTo(played.size() + answer.size());

        int notes = answer.noteOns().size();
        assertThat(ended.output().lines())
                .as("three that say what to connect, a turn, the end")
                .hasSize(5)
                .anySatisfy(
                        line -> assertThat(line).matches("turn: you 28 notes, answered by " + notes + " in .* s\\."))
                .last()
                .isEqualTo("stopped: 1 answer, " + notes + " notes.");
        assertThat(ended.complaints()).isEmpty();
        assertThat(ended.status()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {64, 128, 256})
    void shouldTakeExactlyOnePeriodByTheMeasureOfJackMidiLatencyTest(int frames) throws Exception {
        try (JackServer server = JackServer.start(frames);
                Program antiphon = Program.in(folder)
                        .on(server)
                        .with("ANTIPHON_MIDI_IN_BREAK_LOOPS", "false")
                        .run("--thru")) {
            String report =
                    server.runToEnd(List.of("jack_midi_latency_test", "-s", "500", "antiphon:in", "antiphon:out"));
            assertThat(report)
                    .contains("Messages sent: 500", "Messages received: 500")
                    .containsPattern("Average latency: .* \\(" + frames + "\\.00 frames\\)")
                    .containsPattern("Lowest latency: .* \\(" + frames + " frames\\)")
                    .containsPattern("Highest latency: .* \\(" + frames + " frames\\)")
                    .contains("Peak MIDI jitter: 0.00 ms (0 frames)");
            antiphon.stop();
            assertThat(antiphon.end().complaints()).isEmpty();
            System.out.println(
                    report.lines().filter(line -> line.contains("frames)")).toList());
        }
    }

    @Test
    void shouldFallSilentAtOnceWhenThePlayerBreaksIn() throws Exception {
        Path heardFile = folder.resolve("heard.json");
        Path phrase = Phrases.brief(folder);
        Path single = Phrases.single(folder);
        long framesToSilence = 0;
        try (JackServer server = JackServer.start(128);
                Program antiphon = Program.in(folder)
                        .on(server)
                        .with("ANTIPHON_PLAY_CALL_REST_MS", "300")
                        .run("--thru", "--seed", "5")) {
            // Between what we are told and the note that we then play, the answer may have come to a rest: then again.
            for (int attempt = 0; attempt < 5 && framesToSilence == 0; attempt++) {
                try (JackScript recorder = server.listener("antiphon:out", heardFile);
                        JackScript player = server.player(phrase, "antiphon:in", folder.resolve("played.json"));
                        JackScript breaker = server.player(single, "antiphon:in", folder.resolve("broke.json"))) {
                    player.go();
                    awaitAnswer(recorder);
                    breaker.go();
                    breaker.awaitDone();
                    recorder.awaitDone();
                }
                framesToSilence = framesToSilence(Heard.read(heardFile), folder.resolve("broke.json"));
            }
            antiphon.stop();
        }
        assertThat(framesToSilence).isBetween(1L, INTERRUPTED_WITHIN_FRAMES);
        System.out.println("Frames from the player's note to the answer's last note-off: " + framesToSilence);
    }

    /** Returns once a note of the answer sounds. */
    private static void awaitAnswer(JackScript recorder) throws Exception {
        recorder.awaitMessage(
                each -> Message.channel(each.message()) == ANSWER_CHANNEL && Message.isNoteOn(each.message()));
    }

    /** From the note with which the player broke in to silence; 0 if the answer was silent already. */
    private static long framesToSilence(Heard heard, Path brokeFile) throws Exception {
        long brokeFrame = JackScript.read(brokeFile).getFirst().frame();
        Heard answer = heard.channel(ANSWER_CHANNEL);
        assertThat(answer.sounding()).isZero();
        if (answer.until(brokeFrame).sounding() == 0) {
            return 0;
        }
        return answer.filter(each -> each.frame() > brokeFrame
                                && answer.until(each.frame()).sounding() == 0)
                        .firstFrame()
                - brokeFrame;
    }
}
