package antiphon.midi.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import antiphon.midi.MidiBackend.Capability;
import antiphon.midi.MidiBackend.PortObserver;
import antiphon.midi.MidiReceiver;
import antiphon.midi.PortInfo;
import antiphon.music.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class MemoryBackendTest {
    private static final int NOTE = Message.noteOn(0, 60, 64);

    private final AtomicLong clock = new AtomicLong(1000);
    private final MemoryBackend backend = new MemoryBackend(clock::get, false, 4);

    @Test
    void shouldBringInjectedMessagesToTheReceiverOnceStarted() {
        List<String> heard = new ArrayList<>();
        MemoryBackend.Input input = backend.openInput("in", List.of(), new MidiReceiver() {
            @Override
            public void receive(int message, long nanos) {
                heard.add(message + "@" + nanos);
            }

            @Override
            public void receiveLong(byte[] bytes, int length, long nanos) {
                heard.add(length + " bytes@" + nanos);
            }
        });
        input.inject(NOTE, 1);
        backend.start();
        backend.input("in").inject(NOTE, 7);
        input.injectLong(new byte[8], 5, 8);
        input.close();
        input.inject(NOTE, 9);
        assertThat(heard).containsExactly(NOTE + "@7", "5 bytes@8");
    }

    @Test
    void shouldRecordWhatWasDueAndWhenItLeft() {
        MemoryBackend.Output output = backend.openOutput("out", List.of());
        backend.start();
        assertThat(output.send(NOTE, 1500)).isTrue();
        clock.set(2000);
        assertThat(output.send(NOTE + 1, 1999)).isTrue();
        assertThat(output.thru(NOTE + 2, 1234)).isTrue();
        assertThat(output.size()).isEqualTo(3);
        assertThat(output.dueNanos(0)).isEqualTo(1500);
        assertThat(output.sentNanos(0)).isEqualTo(1000);
        assertThat(output.message(1)).isEqualTo(NOTE + 1);
        assertThat(output.sentNanos(1)).isEqualTo(2000);
        assertThat(output.isThru(1)).isFalse();
        assertThat(output.isThru(2)).isTrue();
        assertThat(output.dueNanos(2)).isEqualTo(1234);
        assertThat(output.lateCount()).isEqualTo(1);
    }

    @Test
    void shouldLetEarlyMessagesLeaveWhenDueIfScheduling() {
        MemoryBackend scheduling = new MemoryBackend(clock::get, true, 4);
        MemoryBackend.Output output = scheduling.openOutput("out", List.of());
        scheduling.start();
        assertThat(output.send(NOTE, 1500)).isTrue();
        assertThat(output.sentNanos(0)).isEqualTo(1500);
        assertThat(scheduling.capabilities()).contains(Capability.SCHEDULED_OUTPUT);
        assertThat(backend.capabilities()).doesNotContain(Capability.SCHEDULED_OUTPUT);
    }

    @Test
    void shouldRefuseWhatItHasNoRoomFor() {
        MemoryBackend.Output output = backend.openOutput("out", List.of());
        backend.start();
        for (int i = 0; i < 4; i++) {
            assertThat(output.send(NOTE, 2000)).isTrue();
        }
        assertThat(output.send(NOTE, 2000)).isFalse();
        assertThat(output.thru(NOTE, 2000)).isFalse();
        assertThat(output.size()).isEqualTo(4);
        assertThat(backend.troubles().droppedOutputs()).isEqualTo(2);
    }

    @Test
    void shouldKeepWholeSystemExclusiveMessages() {
        MemoryBackend.Output output = backend.openOutput("out", List.of());
        backend.start();
        byte[] reused = {(byte) 0xF0, 1, 2, (byte) 0xF7, 99};
        assertThat(output.thruLong(reused, 4, 5)).isTrue();
        reused[1] = 77;
        assertThat(output.longMessage(0)).containsExactly(0xF0, 1, 2, 0xF7);
        assertThat(output.message(0)).isEqualTo(0xF0);
    }

    @Test
    void shouldPretendThatDevicesComeAndGoAndTheSystemDies() {
        List<String> told = new ArrayList<>();
        backend.observe(new PortObserver() {
            @Override
            public void portsChanged() {
                told.add("changed to " + backend.list().size());
            }

            @Override
            public void systemLost(String reason) {
                told.add(reason);
            }
        });
        MemoryBackend.Output output = backend.openOutput("out", List.of());
        backend.start();
        PortInfo piano = new PortInfo("piano", true, true);
        backend.plug(piano);
        backend.unplug(piano);
        backend.lose("pulled");
        assertThat(told).containsExactly("changed to 1", "changed to 0", "pulled");
        assertThat(output.send(NOTE, 0)).isFalse();
    }

    @Test
    void shouldNameTheOpenPortsWhenAskedForAnother() {
        backend.openOutput("out", List.of());
        assertThatThrownBy(() -> backend.output("out-2"))
                .hasMessage("memory: no port \"out-2\"; open are [out]. Open it first.");
    }
}
