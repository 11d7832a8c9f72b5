package antiphon.midi.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import antiphon.midi.MidiBackend.InputPort;
import antiphon.midi.MidiBackend.OutputPort;
import antiphon.midi.MidiBackend.PortObserver;
import antiphon.midi.MidiException;
import antiphon.midi.MidiReceiver;
import antiphon.midi.PortInfo;
import antiphon.music.Message;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.sound.midi.InvalidMidiDataException;
import javax.sound.midi.MidiDevice;
import javax.sound.midi.MidiMessage;
import javax.sound.midi.MidiUnavailableException;
import javax.sound.midi.Receiver;
import javax.sound.midi.ShortMessage;
import javax.sound.midi.SysexMessage;
import javax.sound.midi.Transmitter;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class JavaSoundBackendTest {
    /** A keyboard that also sounds; unplugging it is silent, as with the JDK's. */
    private static final class FakeDevice implements MidiDevice {
        final List<String> played = new ArrayList<>();

        @Nullable
        Receiver listener;

        boolean open;
        boolean busy;

        @Override
        public Info getDeviceInfo() {
            throw new UnsupportedOperationException("names come from the source");
        }

        @Override
        public void open() throws MidiUnavailableException {
            if (busy) {
                throw new MidiUnavailableException("in use");
            }
            open = true;
        }

        @Override
        public void close() {
            open = false;
        }

        @Override
        public boolean isOpen() {
            return open;
        }

        @Override
        public long getMicrosecondPosition() {
            return -1;
        }

        @Override
        public int getMaxReceivers() {
            return -1;
        }

        @Override
        public int getMaxTransmitters() {
            return -1;
        }

        @Override
        public Receiver getReceiver() {
            return new Receiver() {
                @Override
                public void send(MidiMessage message, long timeStamp) {
                    if (!open) {
                        throw new IllegalStateException("closed");
                    }
                    played.add(HexFormat.of().formatHex(message.getMessage()) + "@" + timeStamp);
                }

                @Override
                public void close() {}
            };
        }

        @Override
        public List<Receiver> getReceivers() {
            return List.of();
        }

        @Override
        public Transmitter getTransmitter() {
            return new Transmitter() {
                @Override
                public void setReceiver(Receiver receiver) {
                    listener = receiver;
                }

                @Override
                public @Nullable Receiver getReceiver() {
                    return listener;
                }

                @Override
                public void close() {
                    listener = null;
                }
            };
        }

        @Override
        public List<Transmitter> getTransmitters() {
            return List.of();
        }

        void press(MidiMessage message) {
            Receiver to = listener;
            if (to != null) {
                to.send(message, 123);
            }
        }
    }

    private static final class FakeSource implements DeviceSource {
        final List<Named> devices = new CopyOnWriteArrayList<>();
        volatile Runnable changed = () -> {};

        @Override
        public List<Named> devices() {
            return devices;
        }

        @Override
        public void listen(Runnable listener) {
            changed = listener;
        }
    }

    private final FakeDevice piano = new FakeDevice();
    private final FakeSource source = new FakeSource();
    private final JavaSoundBackend backend = new JavaSoundBackend(source);
    private final List<String> heard = new ArrayList<>();

    private final MidiReceiver ears = new MidiReceiver() {
        @Override
        public void receive(int message, long nanos) {
            if (Message.data1(message) == 66) {
                throw new IllegalStateException("a receiver's mistake");
            }
            heard.add(Integer.toHexString(message));
        }

        @Override
        public void receiveLong(byte[] bytes, int length, long nanos) {
            heard.add(HexFormat.of().formatHex(bytes, 0, length));
        }
    };

    private List<PortInfo> plugPiano() {
        source.devices.add(new DeviceSource.Named("piano", piano));
        return backend.list();
    }

    @AfterEach
    void close() {
        backend.close();
    }

    @Test
    void shouldTellTheDevicesWhenNoneIsNamed() {
        plugPiano();
        assertThatThrownBy(() -> backend.openInput("in", List.of(), ears))
                .isInstanceOf(MidiException.class)
                .hasMessage("midi.in: none given, and javasound cannot make a port of its own; found \"piano\"."
                        + " Name one with --in, or use --backend jack.");
    }

    @Test
    void shouldSayThatADeviceIsBusy() {
        piano.busy = true;
        List<PortInfo> ports = plugPiano();
        assertThatThrownBy(() -> backend.openOutput("out", ports))
                .hasMessage("midi.out \"piano\": cannot be opened (in use); it must be free."
                        + " Close the program that uses it.");
    }

    @Test
    void shouldHearTheDeviceOnceStarted() throws InvalidMidiDataException {
        InputPort input = backend.openInput("in", plugPiano(), ears);
        piano.press(new ShortMessage(ShortMessage.NOTE_ON, 0, 60, 64));
        backend.start();
        piano.press(new ShortMessage(ShortMessage.NOTE_ON, 2, 60, 64));
        piano.press(new ShortMessage(ShortMessage.NOTE_ON, 2, 66, 64));
        piano.press(new ShortMessage(ShortMessage.TIMING_CLOCK));
        input.close();
        piano.press(new ShortMessage(ShortMessage.NOTE_OFF, 2, 60, 64));
        assertThat(heard).containsExactly("403c92", "f8");
        assertThat(piano.open).isFalse();
    }

    @Test
    void shouldCountAReceiversMistakeInsteadOfLosingTheDevice() throws InvalidMidiDataException {
        backend.openInput("in", plugPiano(), ears);
        backend.start();
        piano.press(new ShortMessage(ShortMessage.NOTE_ON, 2, 66, 64));
        assertThat(backend.troubles().callbackErrors()).isEqualTo(1);
    }

    @Test
    void shouldPutSystemExclusivePiecesTogether() throws InvalidMidiDataException {
        backend.openInput("in", plugPiano(), ears);
        backend.start();
        piano.press(new SysexMessage(new byte[] {(byte) 0xF0, 1, 2}, 3));
        piano.press(new SysexMessage(new byte[] {(byte) 0xF7, 3, (byte) 0xF7}, 3));
        piano.press(new SysexMessage(new byte[] {(byte) 0xF7, 4, (byte) 0xF7}, 3));
        piano.press(new SysexMessage(new byte[] {(byte) 0xF0, 5, (byte) 0xF7}, 3));
        assertThat(heard).containsExactly("f0010203f7", "f005f7");
        assertThat(backend.troubles().droppedInputs()).isEqualTo(1);
    }

    @Test
    void shouldSendOnlyWholeMessagesAndWithoutATimeStamp() {
        OutputPort output = backend.openOutput("out", plugPiano());
        backend.start();
        assertThat(output.send(Message.noteOn(1, 60, 100), System.nanoTime())).isTrue();
        assertThat(output.thru(Message.of(0xC5, 7, 0), 0)).isTrue();
        for (int broken : new int[] {0xF7, 0xF0, 0xF4, 0x40, Message.of(0x90, 0x80, 1), Message.of(0x90, 1, 0xFF)}) {
            assertThat(output.send(broken, System.nanoTime())).as("%x", broken).isFalse();
        }
        assertThat(output.thruLong(new byte[] {(byte) 0xF0, 1, (byte) 0xF7, 9}, 3, 0))
                .isTrue();
        assertThat(output.thruLong(new byte[] {(byte) 0xF0, 1, 2}, 3, 0)).isFalse();
        assertThat(output.thruLong(new byte[] {(byte) 0xF0, (byte) 0x90, (byte) 0xF7}, 3, 0))
                .isFalse();
        assertThat(output.thruLong(new byte[] {(byte) 0xF7}, 1, 0)).isFalse();
        assertThat(piano.played).containsExactly("913c64@-1", "c507@-1", "f001f7@-1");
        assertThat(backend.troubles().droppedOutputs()).isEqualTo(9);
    }

    @Test
    void shouldLoseOnlyTheMessagesOfTheDeviceThatIsGone() {
        FakeDevice organ = new FakeDevice();
        source.devices.add(new DeviceSource.Named("organ", organ));
        OutputPort output = backend.openOutput("out", plugPiano());
        backend.start();
        organ.close();
        assertThat(output.send(Message.noteOff(0, 60), System.nanoTime())).isTrue();
        assertThat(piano.played).containsExactly("803c40@-1");
        assertThat(backend.troubles().droppedOutputs()).isEqualTo(1);
        output.close();
        assertThat(output.send(Message.noteOff(0, 61), System.nanoTime())).isFalse();
    }

    @Test
    void shouldLetDevicesInOneAtATime() throws Exception {
        FakeDevice organ = new FakeDevice();
        source.devices.add(new DeviceSource.Named("organ", organ));
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch mayLeave = new CountDownLatch(1);
        List<String> steps = new CopyOnWriteArrayList<>();
        backend.openInput("in", plugPiano(), new MidiReceiver() {
            @Override
            public void receive(int message, long nanos) {
                steps.add("in " + Message.data1(message));
                inside.countDown();
                awaitQuietly(mayLeave);
                steps.add("out " + Message.data1(message));
            }

            @Override
            public void receiveLong(byte[] bytes, int length, long nanos) {}
        });
        backend.start();
        Thread first = Thread.ofPlatform().start(() -> piano.press(note(60)));
        awaitQuietly(inside);
        Thread second = Thread.ofPlatform().start(() -> organ.press(note(61)));
        // Whether it waits before the receiver or inside it, it comes to rest.
        while (second.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        mayLeave.countDown();
        first.join();
        second.join();
        assertThat(steps).containsExactly("in 60", "out 60", "in 61", "out 61");
    }

    private static ShortMessage note(int pitch) {
        try {
            return new ShortMessage(ShortMessage.NOTE_ON, 0, pitch, 64);
        } catch (InvalidMidiDataException e) {
            throw new AssertionError(e);
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void shouldSurviveUnpluggingAndTakeTheDeviceUpAgain() throws Exception {
        BlockingQueue<String> told = new LinkedBlockingQueue<>();
        backend.observe(new PortObserver() {
            @Override
            public void portsChanged() {
                told.add(Thread.currentThread().getName());
            }

            @Override
            public void systemLost(String reason) {
                told.add(reason);
            }
        });
        OutputPort output = backend.openOutput("out", plugPiano());
        backend.openInput("in", backend.list(), ears);
        backend.start();
        List<DeviceSource.Named> plugged = List.copyOf(source.devices);

        source.devices.clear();
        source.changed.run();
        assertThat(told.poll(10, TimeUnit.SECONDS)).isEqualTo("antiphon-javasound-watch");
        assertThat(output.send(Message.noteOff(0, 60), System.nanoTime())).isTrue();
        assertThat(backend.troubles().droppedOutputs()).isEqualTo(1);
        assertThat(piano.open).isFalse();

        source.devices.addAll(plugged);
        source.changed.run();
        assertThat(told.poll(10, TimeUnit.SECONDS)).isEqualTo("antiphon-javasound-watch");
        assertThat(output.send(Message.noteOff(0, 60), System.nanoTime())).isTrue();
        piano.press(new ShortMessage(ShortMessage.NOTE_ON, 0, 61, 1));
        assertThat(heard).containsExactly("13d90");
    }
}
