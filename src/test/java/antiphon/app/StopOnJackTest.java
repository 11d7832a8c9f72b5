package antiphon.app;

import static antiphon.app.Phrases.ANSWER_CHANNEL;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.NANOSECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import antiphon.app.Heard.Keys;
import antiphon.app.Program.Ended;
import antiphon.app.Program.Place;
import antiphon.midi.jack.JackScript;
import antiphon.midi.jack.JackScript.Timed;
import antiphon.midi.jack.JackServer;
import antiphon.music.Message;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** No way of ending {@code antiphon run} in mid-answer leaves a note hanging. */
@Tag("jack")
@Timeout(120)
class StopOnJackTest {
    private static final int MOST_ATTEMPTS = 3;
    private static final long STOPPED_WITHIN_NANOS = MILLISECONDS.toNanos(200);

    /** 300 ms: the time from a note to us, a third of a second of a busy machine, and the 200 ms of the stop. */
    private static final long SILENT_WITHIN_FRAMES = 14_400;

    @TempDir
    private Path folder = Path.of("");

    /** How a stop went. */
    private record Stop(long nanos, long framesToSilence) {}

    @ParameterizedTest
    @CsvSource({"128, 10", "64, 100"})
    void shouldEndEveryNoteAndGoWithin200MillisecondsWhenToldToStopInMidAnswer(int frames, int commitMillis)
            throws Exception {
        Stop best = new Stop(Long.MAX_VALUE, Long.MAX_VALUE);
        try (JackServer server = JackServer.start(frames)) {
            Place place = place(server).with("ANTIPHON_PLAY_COMMIT_MS", "" + commitMillis);
            // Notes must end every time; the time is the best of three, because others use the machine too.
            for (int i = 0; i < MOST_ATTEMPTS && !inTime(best); i++) {
                Stop stop = stopInMidAnswer(server, place);
                best = stop.nanos < best.nanos ? stop : best;
            }
        }
        System.out.println("From SIGTERM to the end: " + NANOSECONDS.toMillis(best.nanos)
                + " ms; from the last note before it to silence: " + best.framesToSilence + " frames");
        assertThat(best).matches(StopOnJackTest::inTime);
    }

    private static boolean inTime(Stop stop) {
        return stop.nanos <= STOPPED_WITHIN_NANOS && stop.framesToSilence <= SILENT_WITHIN_FRAMES;
    }

    private Place place(JackServer server) {
        return Program.in(folder).on(server).with("ANTIPHON_PLAY_CALL_REST_MS", "300");
    }

    private Stop stopInMidAnswer(JackServer server, Place place) throws Exception {
        Path heardFile = folder.resolve("heard.json");
        try (JackScript recorder = server.instrument("piano", heardFile);
                Program antiphon = place.run("--out", "piano", "--seed", "5")) {
            Timed last = playUntilAnswered(server, recorder, new Keys());
            long nanos = antiphon.stop();
            recorder.stop();

            Heard heard = Heard.read(heardFile);
            assertThat(heard.sounding()).isZero();
            assertThat(heard.noteOffs().size()).isEqualTo(heard.noteOns().size());
            Ended ended = antiphon.end();
            assertThat(ended.complaints()).isEmpty();
            assertThat(ended.status()).isZero();
            assertThat(ended.output()).startsWith("stopped: 1 answer, ");
            return new Stop(nanos, heard.lastFrame() - last.frame());
        }
    }

    /** Plays a phrase; returns when some notes of the answer have begun, with the last of them. */
    private Timed playUntilAnswered(JackServer server, JackScript recorder, Keys keys) throws Exception {
        Path log = folder.resolve("played.json");
        try (JackScript player = server.player(Phrases.brief(folder), "antiphon:in", log)) {
            player.go();
            int[] noteOns = {0};
            return recorder.awaitMessage(each -> {
                assertThat(Message.channel(each.message())).isEqualTo(ANSWER_CHANNEL);
                keys.follow(each.message());
                return Message.isNoteOn(each.message()) && ++noteOns[0] >= 3;
            });
        }
    }

    @Test
    void shouldEndAndSayWhyWhenTheServerDies() throws Exception {
        try (JackServer server = JackServer.start(128);
                Program antiphon = place(server).run("--thru", "--exit-with-server")) {
            server.kill();
            Ended ended = antiphon.end();
            assertThat(ended.complaints()).singleElement().asString().startsWith("jack: the server has gone");
            assertThat(ended.status()).isEqualTo(69);
        }
    }

    @Test
    void shouldEndWhatAKilledPredecessorLeftSoundingOnceItIsConnectedAgain() throws Exception {
        int hung = 0;
        try (JackServer server = JackServer.start(128)) {
            Place place = place(server);
            // The answer may have been at rest just when it was killed: then again.
            for (int i = 0; i < MOST_ATTEMPTS && hung == 0; i++) {
                hung = killInMidAnswerAndStartAgain(server, place);
            }
        }
        assertThat(hung).isPositive();
        System.out.println("Left hanging by SIGKILL and ended by the next start: " + hung + " notes");
    }

    /** Returns how many notes were hanging in between. */
    private int killInMidAnswerAndStartAgain(JackServer server, Place place) throws Exception {
        Path heardFile = folder.resolve("heard.json");
        try (JackScript recorder = server.instrument("Grand Piano", heardFile)) {
            Keys keys = new Keys();
            try (Program antiphon = place.run("--out", "grand*:in-1", "--seed", "5")) {
                playUntilAnswered(server, recorder, keys);
                antiphon.kill();
            }
            long killedFrame = mark(server, recorder, keys);
            int hung = keys.sounding();
            try (Program again = place.run("--out", "piano", "--seed", "5")) {
                if (hung > 0) {
                    recorder.awaitMessage(each -> keys.follow(each.message()).sounding() == 0);
                }
                again.stop();
            }
            recorder.stop();
            Heard after = Heard.read(heardFile).filter(each -> each.frame() > killedFrame);
            // A note whose note-off left in the last moments before the kill may be ended once more: better than never.
            assertThat(after.size()).isGreaterThanOrEqualTo(hung);
            assertThat(after.noteOffs().size()).as("note-offs and nothing else").isEqualTo(after.size());
            return hung;
        }
    }

    /** Plays a note to the recorder: when it has told us of that, it has told us of all that came before. */
    private long mark(JackServer server, JackScript recorder, Keys keys) throws Exception {
        Path log = folder.resolve("marked.json");
        try (JackScript marker = server.player(Phrases.single(folder), "Grand Piano:in-1", log)) {
            marker.go();
            return recorder.awaitMessage(each -> {
                        keys.follow(each.message());
                        return Message.channel(each.message()) == Phrases.CHANNEL && Message.isNoteOff(each.message());
                    })
                    .frame();
        }
    }
}
