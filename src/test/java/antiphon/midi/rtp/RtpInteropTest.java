package antiphon.midi.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import antiphon.midi.MidiBackend.OutputPort;
import antiphon.midi.MidiReceiver;
import antiphon.music.Message;
import com.fasterxml.jackson.jr.ob.JSON;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A peer written from the RFC alone, {@code src/test/python/rtp_peer.py}, over a network that loses packets. */
@Timeout(60)
class RtpInteropTest {
    private static final InetAddress HERE = InetAddress.getLoopbackAddress();
    private static final int PEERS_PORT = 47_004;

    private final List<AutoCloseable> opened = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : opened) {
            each.close();
        }
    }

    /** Sends back what comes, and knows what is down and how the pedal is. */
    private static final class Echo implements MidiReceiver {
        private final OutputPort output;
        private final Set<Integer> down = new ConcurrentSkipListSet<>();
        private final AtomicInteger pedal = new AtomicInteger();

        Echo(OutputPort output) {
            this.output = output;
        }

        @Override
        public void receive(int message, long nanos) {
            if (Message.isNoteOn(message)) {
                down.add(Message.key(message));
            } else if (Message.isNoteOff(message)) {
                down.remove(Message.key(message));
            } else if (Message.isControl(message, Message.SUSTAIN_PEDAL)) {
                pedal.set(Message.data2(message));
            }
            output.thru(message, nanos);
        }
    }

    private RtpBackend open(List<InetSocketAddress> invited, int release, int timeout) {
        RtpOptions options = new RtpOptions(
                HERE,
                0,
                invited,
                List.of(),
                true,
                true,
                false,
                Duration.ofSeconds(release),
                Duration.ofSeconds(timeout));
        RtpBackend backend = RtpBackend.open("antiphon", options, priority -> false);
        opened.add(backend);
        return backend;
    }

    private static Echo echo(RtpBackend backend) {
        Echo echo = new Echo(backend.openOutput("out", List.of()));
        backend.openInput("in", List.of(), echo);
        backend.start();
        return echo;
    }

    private Process peer(String... options) throws IOException {
        List<String> command = new ArrayList<>(List.of("python3", "src/test/python/rtp_peer.py"));
        command.addAll(List.of(options));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        opened.add(process::destroyForcibly);
        return process;
    }

    private static Map<String, Object> report(Process peer) throws IOException {
        BufferedReader output =
                new BufferedReader(new InputStreamReader(peer.getInputStream(), StandardCharsets.UTF_8));
        String line = Objects.requireNonNullElse(output.readLine(), "nothing");
        while (line.equals("READY")) {
            line = Objects.requireNonNullElse(output.readLine(), "nothing");
        }
        assertThat(line).as("the peer's report").startsWith("{");
        return JSON.std.mapFrom(line);
    }

    private static int number(Map<String, Object> report, String name) {
        return (int) Objects.requireNonNull(report.get(name));
    }

    private static void requireAllEnded(Map<String, Object> report, Echo echo) {
        assertThat(report)
                .as("%s", report)
                .containsEntry("hanging", 0)
                .containsEntry("lostNoteOffs", 0)
                .containsEntry("pedal", true)
                .containsEntry("unrepaired", 0);
        assertThat(number(report, "returned")).isGreaterThan(number(report, "notes") * 7 / 10);
        assertThat(new TreeSet<>(echo.down)).isEmpty();
    }

    @Test
    void shouldLoseNoNoteOffToAPeerThatJoinsUsThoughFivePercentAreLost() throws IOException {
        RtpBackend ours = open(List.of(), 15, 60);
        Echo echo = echo(ours);
        String here = HERE.getHostAddress() + ":" + ours.port();
        Map<String, Object> report = report(peer(
                "--connect",
                here,
                "--seconds",
                "2",
                "--tail",
                "1.2",
                "--loss",
                "0.05",
                "--reorder",
                "0.05",
                "--rate",
                "30"));
        requireAllEnded(report, echo);
        assertThat(number(report, "repaired")).isPositive();
    }

    @Test
    void shouldLoseNoNoteOffToAPeerThatWeJoinThoughFivePercentAreLost() throws IOException {
        Process peer = peer(
                "--listen",
                "" + PEERS_PORT,
                "--seconds",
                "1.5",
                "--tail",
                "1.2",
                "--loss",
                "0.05",
                "--reorder",
                "0.05",
                "--seed",
                "7");
        RtpBackend ours = open(List.of(new InetSocketAddress(HERE, PEERS_PORT)), 15, 60);
        Echo echo = echo(ours);
        requireAllEnded(report(peer), echo);
    }

    @Test
    void shouldEndWhatAPeerHeldThatIsKilled() throws Exception {
        RtpBackend ours = open(List.of(), 1, 2);
        Echo echo = echo(ours);
        Process peer = peer("--connect", HERE.getHostAddress() + ":" + ours.port(), "--seconds", "20", "--rate", "100");
        await(() -> echo.down.size() > 2);
        peer.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
        await(echo.down::isEmpty);
        await(() -> ours.list().isEmpty());
        assertThat(echo.pedal.get()).isZero();
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime() - deadline).as("waited for 20 s").isNegative();
            Thread.sleep(1);
        }
    }
}
