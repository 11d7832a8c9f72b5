package antiphon.midi.open;

import static org.assertj.core.api.Assertions.assertThat;

import antiphon.midi.MidiBackend;
import antiphon.midi.MidiBackend.PortObserver;
import antiphon.midi.MidiException;
import antiphon.midi.memory.MemoryBackend;
import antiphon.music.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A MIDI system that goes and returns, in memory. */
@Timeout(30)
class LastingBackendTest {
    private final MemoryBackend first = new MemoryBackend(System::nanoTime, true);
    private final MemoryBackend second = new MemoryBackend(System::nanoTime, true);
    private final AtomicInteger tries = new AtomicInteger();
    private final CountDownLatch back = new CountDownLatch(1);
    private final List<String> lost = new ArrayList<>();
    private final LastingBackend backend = new LastingBackend(first, this::reopen);

    private MidiBackend reopen() {
        if (tries.incrementAndGet() < 3) {
            throw new MidiException("no server");
        }
        return second;
    }

    @Test
    void shouldGoOnWithTheSamePortsWhenTheSystemIsBack() throws Exception {
        List<Integer> heard = new ArrayList<>();
        MidiBackend.InputPort input = backend.openInput("in", List.of(), (message, nanos) -> heard.add(message));
        MidiBackend.OutputPort output = backend.openOutput("out", List.of());
        backend.observe(new Observer());
        backend.start();
        first.lose("the server has gone");
        assertThat(lost).containsExactly("the server has gone");
        assertThat(output.send(Message.noteOff(0, 60), System.nanoTime()))
                .as("taken, and goes nowhere: it must not be tried again and again")
                .isTrue();
        assertThat(back.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(tries.get()).isEqualTo(3);
        assertThat(output.send(Message.noteOn(0, 61, 80), System.nanoTime())).isTrue();
        assertThat(second.output("out").message(0)).isEqualTo(Message.noteOn(0, 61, 80));
        second.input("in").inject(Message.noteOn(0, 62, 80), System.nanoTime());
        assertThat(heard).containsExactly(Message.noteOn(0, 62, 80));
        assertThat(input.fullName()).isEqualTo("antiphon:in");
        backend.close();
        assertThat(backend.hasSentAll()).isTrue();
    }

    @Test
    void shouldCloseWhileItWaits() {
        tries.set(Integer.MIN_VALUE);
        backend.openOutput("out", List.of());
        backend.start();
        first.lose("the server has gone");
        backend.close();
        assertThat(backend.hasSentAll()).isFalse();
    }

    private final class Observer implements PortObserver {
        @Override
        public void portsChanged() {}

        @Override
        public void systemLost(String reason) {
            lost.add(reason);
        }

        @Override
        public void systemBack() {
            back.countDown();
        }
    }
}
