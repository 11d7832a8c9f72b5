package antiphon.app;

import static antiphon.app.Phrases.ANSWER_CHANNEL;
import static antiphon.app.Phrases.CHANNEL;
import static org.assertj.core.api.Assertions.assertThat;

import antiphon.app.Program.Ended;
import antiphon.app.Program.Place;
import antiphon.midi.jack.JackScript;
import antiphon.midi.jack.JackScript.Timed;
import antiphon.midi.jack.JackServer;
import antiphon.music.Message;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two outputs on a JACK server: their connections, routes and latencies, and what a killed program leaves at both. */
@Tag("jack")
@Timeout(120)
class OutputsOnJackTest {
    private static final int NOTE_ONS = 4;

    /** 50 ms at 48,000 frames a second. */
    private static final long OFFSET_FRAMES = 2_400;

    private static final int PERIOD_FRAMES = 128;
    private static final int ATTEMPTS = 5;

    /** The channel that the second output gets the human's as, from 0. */
    private static final int COPIED_AS = 6;

    /** The answer may be at rest just when the program is killed. */
    private static final int MOST_ATTEMPTS = 5;

    @TempDir
    private Path folder = Path.of("");

    private Path pianoFile() {
        return folder.resolve("piano.json");
    }

    private Path organFile() {
        return folder.resolve("organ.json");
    }

    /** Plays a phrase; returns in the middle of the answer. */
    private Timed playUntilAnswered(JackServer server, JackScript recorder) throws Exception {
        try (JackScript player = server.player(Phrases.brief(folder), "antiphon:in", folder.resolve("played.json"))) {
            player.go();
            int[] noteOns = {0};
            return recorder.awaitMessage(each -> Message.isNoteOn(each.message())
                    && Message.channel(each.message()) == ANSWER_CHANNEL
                    && ++noteOns[0] >= NOTE_ONS);
        }
    }

    /**
     * Plays to it until it has answered, with a piano at one output and a slow organ at the other, which gets copies on
     * another channel. False if JACK missed cycles: frames and time are not the same then.
     */
    private boolean playWithASlowOrgan() throws Exception {
        boolean undisturbed;
        try (JackServer server = JackServer.start(PERIOD_FRAMES);
                JackScript piano = server.instrument("piano", pianoFile());
                JackScript organ = server.instrument("organ", organFile())) {
            Place place = Program.in(folder)
                    .on(server)
                    .with("ANTIPHON_PLAY_CALL_REST_MS", "300")
                    .with("ANTIPHON_OUT2_OFFSET_MS", "50")
                    .with("ANTIPHON_OUT2_THRU", "in:" + (CHANNEL + 1) + ">" + (COPIED_AS + 1));
            try (Program antiphon = place.run("--out", "piano", "--out2", "organ", "--thru", "--seed", "5")) {
                assertThat(server.runToEnd(List.of("jack_lsp", "-c", "antiphon:out-2")))
                        .contains("organ:in-1")
                        .doesNotContain("piano");
                playUntilAnswered(server, piano);
                assertThat(place.runToEnd("status").output()).contains("out antiphon:out, antiphon:out-2");
                antiphon.stop();
                Program.Ended end = antiphon.end();
                assertThat(end.status()).isZero();
                undisturbed = !end.errors().contains(" xrun");
            }
            piano.stop();
            organ.stop();
        }
        return undisturbed;
    }

    @Test
    void shouldSendAnswersEarlierToASlowerOutputAndCopyAtTheSameFrame() throws Exception {
        boolean undisturbed = false;
        boolean right = false;
        for (int attempt = 0; attempt < ATTEMPTS && !undisturbed && !right; attempt++) {
            undisturbed = playWithASlowOrgan();
            List<Long> earlier = framesEarlier();
            System.out.println("Frames from a note at the slow output to it at the quick one: " + earlier);
            // Each is exact by JACK's clock, which on a busy machine counts some percent more or fewer frames in 50 ms.
            right = !earlier.isEmpty()
                    && earlier.stream().allMatch(frames -> Math.abs(frames - OFFSET_FRAMES) <= PERIOD_FRAMES);
        }
        assertThat(right).isTrue();
    }

    /** How much earlier each note of an answer left at the slow output; fails if copies did not leave together. */
    private List<Long> framesEarlier() throws Exception {
        Heard piano = Heard.read(pianoFile());
        Heard organ = Heard.read(organFile());
        assertThat(piano.sounding()).isZero();
        assertThat(organ.sounding()).isZero();
        List<Timed> copies = piano.channel(CHANNEL).messages();
        List<Timed> mapped = organ.channel(COPIED_AS).messages();
        assertThat(mapped).hasSameSizeAs(copies);
        for (int i = 0; i < copies.size(); i++) {
            assertThat(mapped.get(i).frame()).isEqualTo(copies.get(i).frame());
        }
        List<Timed> quick = piano.channel(ANSWER_CHANNEL).noteOns().messages();
        List<Timed> slow = organ.channel(ANSWER_CHANNEL).noteOns().messages();
        assertThat(slow).hasSizeGreaterThanOrEqualTo(quick.size());
        return IntStream.range(0, quick.size())
                .mapToObj(i -> quick.get(i).frame() - slow.get(i).frame())
                .toList();
    }

    @Test
    void shouldEndWhatAKilledProgramLeftAtBothOutputs() throws Exception {
        try (JackServer server = JackServer.start(PERIOD_FRAMES)) {
            Place place = Program.in(folder).on(server).with("ANTIPHON_PLAY_CALL_REST_MS", "300");
            boolean sounded = false;
            for (int i = 0; i < MOST_ATTEMPTS && !sounded; i++) {
                sounded = killInMidAnswer(server, place);
            }
            assertThat(sounded).isTrue();
        }
    }

    /** Returns whether anything sounded then. */
    private boolean killInMidAnswer(JackServer server, Place place) throws Exception {
        try (JackScript piano = server.instrument("piano", pianoFile());
                JackScript organ = server.instrument("organ", organFile())) {
            Ended released;
            try (Program antiphon = place.run("--out", "piano", "--out2", "organ", "--seed", "5")) {
                playUntilAnswered(server, piano);
                antiphon.kill();
                released = place.runToEnd("release");
            }
            piano.stop();
            organ.stop();
            assertThat(released.status()).as(released.errors()).isZero();
            assertThat(released.output().lines())
                    .allMatch(line -> line.matches("released \\d+ ends? at (piano|organ):in-1"));
            for (Path file : List.of(pianoFile(), organFile())) {
                Heard heard = Heard.read(file);
                assertThat(heard.noteOns().size()).isGreaterThanOrEqualTo(NOTE_ONS);
                assertThat(heard.sounding()).as(file.toString()).isZero();
            }
            return released.output().lines().count() == 2;
        }
    }

    @Test
    void shouldNeverConnectWhatIsExcluded() throws Exception {
        try (JackServer server = JackServer.start(PERIOD_FRAMES);
                JackScript piano = server.instrument("piano", pianoFile())) {
            Place place = Program.in(folder).on(server);
            try (Program antiphon = place.run("--out", "*:in-1", "--not-out", "organ", "--seed", "5");
                    JackScript organ = server.instrument("organ", organFile())) {
                Ended ports = place.with("ANTIPHON_MIDI_OUT_EXCLUDE", "organ").runToEnd("ports", "--backend", "jack");
                assertThat(ports.output()).contains("organ:in-1  excluded by midi.out.exclude");
                assertThat(server.runToEnd(List.of("jack_lsp", "-c", "antiphon:out")))
                        .contains("piano:in-1")
                        .doesNotContain("organ");
                organ.stop();
                antiphon.stop();
                assertThat(antiphon.end().status()).isZero();
            }
            piano.stop();
        }
    }
}
