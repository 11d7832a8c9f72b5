package antiphon.midi.jack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import antiphon.midi.MidiBackend.OutputPort;
import antiphon.midi.MidiBackend.PortObserver;
import antiphon.midi.MidiException;
import antiphon.midi.PortInfo;
import antiphon.midi.ThruReceiver;
import antiphon.midi.jack.JackScript.Timed;
import antiphon.music.Message;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What can go wrong or change around a running JACK client. */
@Tag("jack")
@Timeout(60)
class JackBackendTroubleTest {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void shouldTellThatTheServerDiedAndCloseWithoutHanging() throws Exception {
        BlockingQueue<String> lost = new ArrayBlockingQueue<>(1);
        try (JackServer server = JackServer.start(128)) {
            JackBackend backend = JackBackend.open("antiphon", true, server.name());
            backend.observe(new PortObserver() {
                @Override
                public void portsChanged() {}

                @Override
                public void systemLost(String reason) {
                    lost.add(reason + " on " + Thread.currentThread().getName());
                }
            });
            ThruReceiver thru = ThruReceiver.start(backend);
            server.kill();
            assertThat(lost.poll(10, TimeUnit.SECONDS))
                    .startsWith("jack: the server has gone")
                    .endsWith("on antiphon-jack-watch");
            assertThat(thru.output().send(Message.noteOff(0, 60), System.nanoTime()))
                    .isFalse();
            assertThat(backend.list()).isEmpty();
            backend.close();
        }
    }

    @Test
    void shouldConnectAgainToAPeerThatReturns() throws Exception {
        PortInfo synth = new PortInfo("synth:in-1", false, true);
        BlockingQueue<String> changes = new ArrayBlockingQueue<>(100);
        try (JackServer server = JackServer.start(128);
                JackBackend backend = JackBackend.open("antiphon", true, server.name())) {
            backend.observe(new PortObserver() {
                @Override
                public void portsChanged() {
                    changes.add("changed");
                }

                @Override
                public void systemLost(String reason) {}
            });
            OutputPort output;
            try (JackScript gone = server.instrument("synth", folder.resolve("gone.json"))) {
                output = backend.openOutput("out", List.of(synth));
                backend.start();
                gone.stop();
            }
            while (backend.list().stream().anyMatch(port -> port.name().equals("synth:in-1"))) {
                assertThat(changes.poll(10, TimeUnit.SECONDS)).isNotNull();
            }
            Path file = folder.resolve("back.json");
            try (JackScript back = server.instrument("synth", file)) {
                assertThat(backend.connect(output.fullName(), synth)).isTrue();
                assertThat(output.send(Message.noteOn(0, 61, 64), System.nanoTime()))
                        .isTrue();
                back.awaitMessage(event -> Message.isNoteOn(event.message()));
                back.stop();
            }
            assertThat(JackScript.read(file)).extracting(Timed::message).contains(Message.noteOn(0, 61, 64));
        }
    }

    @Test
    void shouldGoOnAfterAReceiverThrows() throws Exception {
        CountDownLatch all = new CountDownLatch(100);
        try (JackServer server = JackServer.start(128);
                JackBackend backend = JackBackend.open("antiphon", true, server.name())) {
            backend.openInput("in", List.of(new PortInfo("antiphon:out", true, false)), (message, nanos) -> {
                all.countDown();
                if (all.getCount() % 2 == 0) {
                    throw new IllegalStateException("a receiver's mistake");
                }
            });
            OutputPort output = backend.openOutput("out", List.of());
            backend.start();
            for (int i = 0; i < 100; i++) {
                assertThat(output.send(Message.noteOn(0, 60, 1), System.nanoTime()))
                        .isTrue();
            }
            assertThat(all.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(backend.troubles().callbackErrors()).isEqualTo(50);
        }
    }

    @Test
    void shouldListOthersPortsAndTellWhenTheyChange() throws Exception {
        CountDownLatch changed = new CountDownLatch(1);
        try (JackServer server = JackServer.start(128);
                JackBackend backend = JackBackend.open("antiphon", true, server.name());
                JackBackend other = JackBackend.open("keyboard", true, server.name())) {
            ThruReceiver.start(backend);
            backend.observe(new PortObserver() {
                @Override
                public void portsChanged() {
                    changed.countDown();
                }

                @Override
                public void systemLost(String reason) {}
            });
            other.openOutput("keys", List.of());
            other.start();
            assertThat(changed.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(backend.list()).contains(new PortInfo("keyboard:keys", true, false));
            assertThat(backend.list()).noneMatch(port -> port.name().startsWith("antiphon:"));
        }
    }

    @Test
    void shouldSayInOneLineThatNoServerAnswers() {
        assertThatThrownBy(() -> JackBackend.open("antiphon", false, "antiphon-no-such-server"))
                .isInstanceOf(MidiException.class)
                .hasMessageStartingWith("jack: no server answers; ")
                .hasMessageEndingWith("or use --backend javasound.");
    }

    @Test
    void shouldTakeAnotherNameOnlyWhereAllowed() throws IOException {
        List<JackBackend> clients = new ArrayList<>();
        try (JackServer server = JackServer.start(128)) {
            clients.add(JackBackend.open("antiphon", false, server.name()));
            clients.add(JackBackend.open("antiphon", false, server.name()));
            assertThat(clients.get(1).clientName()).startsWith("antiphon-");
            assertThatThrownBy(() -> JackBackend.open("antiphon", true, server.name()))
                    .hasMessageStartingWith("jack: a client \"antiphon\" is already there");
            clients.forEach(JackBackend::close);
        }
    }

    @Test
    void shouldKeepThePlaceInTimeWhenTheServerChangesItsBufferSize() throws Exception {
        try (JackServer server = JackServer.start(128);
                JackBackend backend = JackBackend.open("antiphon", true, server.name())) {
            ThruReceiver.start(backend);
            server.runToEnd(List.of("jack_bufsize", "512"));
            assertThat(backend.periodFrames()).isEqualTo(512);
            String report =
                    server.runToEnd(List.of("jack_midi_latency_test", "-s", "100", "antiphon:in", "antiphon:out"));
            assertThat(report).contains("(512.00 frames)", "Peak MIDI jitter: 0.00 ms (0 frames)");
            assertThat(backend.troubles().callbackErrors()).isZero();
        }
    }

    @Test
    void shouldPassSystemExclusiveMessagesOfEveryLengthJackCarries() throws Exception {
        try (JackServer server = JackServer.start(256);
                JackBackend backend = JackBackend.open("antiphon", true, server.name())) {
            ThruReceiver.start(backend);
            String report = server.runToEnd(
                    List.of("jack_midi_latency_test", "-s", "100", "-m", "2000", "antiphon:in", "antiphon:out"));
            assertThat(report).contains("Messages received: 100", "Peak MIDI jitter: 0.00 ms (0 frames)");
        }
    }

    @Test
    void shouldRefuseMessagesWhenTooManyWait() throws Exception {
        try (JackServer server = JackServer.start(128);
                JackBackend backend = JackBackend.open("antiphon", true, server.name())) {
            OutputPort output = backend.openOutput("out", List.of());
            int taken = 0;
            while (taken < 10_000 && output.send(Message.noteOff(0, 60), System.nanoTime())) {
                taken++;
            }
            assertThat(taken).isEqualTo(JackOutput.CAPACITY);
        }
    }

    @Test
    void shouldDeliverWhatWasSentToAPortJustBeforeItCloses() throws Exception {
        Path heard = folder.resolve("heard.json");
        try (JackServer server = JackServer.start(128);
                JackBackend backend = JackBackend.open("antiphon", true, server.name())) {
            backend.openOutput("out", List.of());
            backend.start();
            OutputPort second = backend.openOutput("out-2", List.of());
            try (JackScript recorder = server.recorder("antiphon:out-2", heard)) {
                assertThat(second.send(Message.noteOff(0, 60), System.nanoTime()))
                        .isTrue();
                second.close();
                assertThat(second.send(Message.noteOff(0, 61), System.nanoTime()))
                        .isFalse();
                recorder.stop();
            }
        }
        assertThat(JackScript.read(heard)).extracting(Timed::message).containsExactly(Message.noteOff(0, 60));
    }
}
