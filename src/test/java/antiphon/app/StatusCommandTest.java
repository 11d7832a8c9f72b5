package antiphon.app;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import antiphon.app.Program.Ended;
import antiphon.midi.jack.JackServer;
import antiphon.status.PrometheusGrammar;
import antiphon.status.Status;
import antiphon.status.StatusReader;
import com.fasterxml.jackson.jr.ob.JSON;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code antiphon status}, asking {@code antiphon run}: two processes. */
@Timeout(120)
class StatusCommandTest {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void shouldSayInOneLineThatNothingRuns() throws Exception {
        Ended ended = Program.in(folder).runToEnd("status");
        assertThat(ended.errors().strip()).isEqualTo("no antiphon runs as \"antiphon\"; start one: antiphon run");
        assertThat(ended.output()).isEmpty();
        assertThat(ended.status()).isEqualTo(69);
    }

    @Test
    void shouldTellPeopleAndProgramsHowItFares() throws Exception {
        Program.Place place = Program.in(folder);
        try (Program antiphon = place.runOn("none", "--seed", "5", "--mode", "continue")) {
            Ended people = place.runToEnd("status");
            assertThat(people.errors()).isEmpty();
            assertThat(people.status()).isZero();
            assertThat(people.output())
                    .startsWith("antiphon 0: ready, mode continue, seed 5, up ")
                    .contains("ports    none: in none:in, out none:out", "trouble  none");

            Status status = Status.parse(place.runToEnd("status", "--json").output());
            assertThat(status.program().pid()).isEqualTo(antiphon.pid());
            assertThat(status.program().ready()).isTrue();
            assertThat(status.model().layers()).isPositive();
            assertThat(status.latency()).containsKeys("inToThru", "inToAnswer", "sentMinusDue");

            String text = place.runToEnd("status", "--prometheus").output() + "\n";
            assertThat(PrometheusGrammar.read(text)).containsEntry("antiphon_ready{client=\"antiphon\"}", 1.0);

            assertThat(place.runToEnd("status", "--json", "--prometheus").status())
                    .isEqualTo(2);
            Ended other = place.runToEnd("status", "--client", "left hand");
            assertThat(other.errors().strip())
                    .isEqualTo("no antiphon runs as \"left hand\"; found \"antiphon\". Choose one with --client.");
            assertThat(other.status()).isEqualTo(69);
            antiphon.stop();
            Ended ended = antiphon.end();
            assertThat(ended.status()).isZero();
            assertThat(ended.output()).isEqualTo("stopped: 0 answers, 0 notes.");
            assertThat(ended.errors()).isEmpty();
        }
        assertThat(socket("antiphon")).doesNotExist();
    }

    @Test
    void shouldNotBeDeceivedByTheSocketOfAKilledOne() throws Exception {
        Program.Place place = Program.in(folder);
        try (Program killed = place.runOn("none")) {
            killed.kill();
        }
        assertThat(socket("antiphon")).exists();
        assertThat(place.runToEnd("status").status()).isEqualTo(69);
        try (Program next = place.runOn("none")) {
            assertThat(pid(StatusReader.read(socket("antiphon")))).isEqualTo(next.pid());
        }
    }

    @Test
    void shouldFindEachByItsNameAndTakeNoLivingOnesPlace() throws Exception {
        Program.Place place = Program.in(folder);
        Program.Place left = Program.in(folder).with("ANTIPHON_MIDI_CLIENT", "left");
        try (Program first = place.runOn("none");
                Program second = left.runOn("none")) {
            try (Program same = left.runOn("none")) {
                same.stop();
                assertThat(same.end().errors()).contains("left.sock: in use by another antiphon");
            }
            assertThat(pid(StatusReader.read(socket("antiphon")))).isEqualTo(first.pid());
            Ended asked = place.runToEnd("status", "--json", "--client", "left");
            assertThat(pid(asked.output())).isEqualTo(second.pid());
        }
    }

    private Path socket(String client) {
        return folder.resolve("state/antiphon/" + client + ".sock");
    }

    private static long pid(String json) throws Exception {
        return Status.parse(json).program().pid();
    }

    /** What we measure inside must be what a probe outside sees, give or take a period. */
    @Test
    @Tag("jack")
    void shouldAgreeWithAProbeOutsideWithinAPeriod() throws Exception {
        int frames = 128;
        try (JackServer server = JackServer.start(frames);
                Program antiphon = Program.in(folder).on(server).run("--thru")) {
            String report =
                    server.runToEnd(List.of("jack_midi_latency_test", "-s", "500", "antiphon:in", "antiphon:out"));
            assertThat(report).contains("Messages received: 500");
            assertThat(report).containsPattern("Average latency: .* \\(" + frames + "\\.00 frames\\)");
            String json = Program.in(folder).runToEnd("status", "--json").output();
            Status status = Status.parse(json);
            assertThat(status.midi())
                    .isEqualTo(new Status.Midi("jack", "antiphon:in", "antiphon:out", true, 48_000, frames, ""));
            Status.Window thru =
                    requireNonNull(status.latency().get("inToThru")).sinceStart();
            Status.Frames inside = thru.frames();
            assertThat(thru.count()).isEqualTo(status.counts().messagesIn()).isGreaterThanOrEqualTo(500);
            assertThat(inside).isNotNull();
            if (inside != null) {
                // The quickest: on a busy machine cycles begin late, which frames do not show and our clock does.
                assertThat(inside.min()).isBetween(0.0, 2.0 * frames);
                System.out.println("note in to thru, in frames: outside " + frames + ", inside least " + inside.min()
                        + ", median " + inside.p50() + ", p99 " + inside.p99());
            }
            assertThat(requireNonNull(status.latency().get("inToHeard"))
                            .sinceStart()
                            .count())
                    .isPositive();
            assertThat(JSON.std.mapFrom(json)).containsEntry("schema", 1);
            antiphon.stop();
        }
    }
}
