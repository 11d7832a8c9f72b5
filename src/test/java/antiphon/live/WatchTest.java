package antiphon.live;

import static org.assertj.core.api.Assertions.assertThat;

import antiphon.midi.MidiBackend.Troubles;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class WatchTest {
    private final AtomicReference<Troubles> troubles = new AtomicReference<>(new Troubles(0, 0, 0, 0));
    private final Meters meters = new Meters();
    private final AtomicLong droppedLateNotes = new AtomicLong();
    private final Map<String, Long> loops = new HashMap<>();
    private final Watch watch = new Watch(
            meters,
            troubles::get,
            () -> loops,
            () -> {},
            droppedLateNotes::get,
            millis -> millis,
            new KeepAwake(false, new RecordedThreads(), meters));

    @Test
    void shouldSayOnceThatWhatWeSendComesBack() {
        loops.put("antiphon:in", 300L);
        assertThat(logOf(watch::look)).contains("midi.in \"antiphon:in\": what we send comes back here after 300 ms");
        assertThat(logOf(watch::look)).isEmpty();
        loops.clear();
        assertThat(logOf(watch::look)).isEmpty();
        loops.put("antiphon:in", 300L);
        assertThat(logOf(watch::look)).as("a new loop").contains("300 ms");
    }

    @Test
    void shouldSayOnceWhatTheMidiSystemLost() {
        troubles.set(new Troubles(1, 2, 3, 4));
        assertThat(logOf(watch::look).lines())
                .satisfiesExactly(
                        line -> assertThat(line).contains("MIDI system: 1 xrun;"),
                        line -> assertThat(line).contains("MIDI input: 2 failures"),
                        line -> assertThat(line).contains("MIDI input: 3 messages", "dropped"),
                        line -> assertThat(line).contains("MIDI output: 4 messages", "plugged in"));
        assertThat(logOf(watch::look)).isEmpty();
        troubles.set(new Troubles(1, 2, 3, 9));
        assertThat(logOf(watch::look).lines()).singleElement().asString().contains("MIDI output: 5 messages");
    }

    @Test
    void shouldSayHowManyNotesWereTooLateToBePlayed() {
        droppedLateNotes.set(3);
        assertThat(logOf(watch::look).lines()).singleElement().asString().contains("answers: 3 notes", "100 ms");
        assertThat(logOf(watch::look)).isEmpty();
    }

    @Test
    void shouldSayXrunsAtMostOnceAMinuteAndLoseNone() {
        long xruns = 0;
        for (int minute = 0; minute < 3; minute++) {
            StringBuilder log = new StringBuilder();
            for (int second = 0; second <= 60; second++) {
                xruns += 2;
                troubles.set(new Troubles(xruns, 0, 0, 0));
                log.append(logOf(watch::look));
            }
            assertThat(log.toString().lines())
                    .singleElement()
                    .asString()
                    .contains(minute == 0 ? "MIDI system: 2 xruns;" : "MIDI system: 122 xruns;");
        }
    }

    /** The log goes to standard error, where people see it. */
    private static String logOf(Runnable work) {
        PrintStream before = System.err;
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
        try {
            work.run();
        } finally {
            System.setErr(before);
        }
        return log.toString(StandardCharsets.UTF_8);
    }
}
