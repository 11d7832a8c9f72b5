package antiphon.midi.device;

import java.util.ArrayList;
import java.util.List;
import javax.sound.midi.MidiDevice;
import javax.sound.midi.MidiSystem;
import javax.sound.midi.MidiUnavailableException;
import javax.sound.midi.Sequencer;

/**
 * MIDI devices through the JDK's own javax.sound.midi: works anywhere, with no virtual ports, about 1 ms of jitter on
 * Linux, and devices that are looked for once a second. The JDK's synthesiser is listed as well: it can be heard
 * without any gear. Threads and errors: {@link DeviceBackend}.
 */
public final class JavaSoundBackend extends DeviceBackend {
    private static final long POLL_NANOS = 1_000_000_000;

    public JavaSoundBackend() {
        this(new SystemDevices());
    }

    /** With other devices, for tests. */
    JavaSoundBackend(DeviceSource source) {
        super("javasound", source, POLL_NANOS);
    }

    private static final class SystemDevices implements DeviceSource {
        @Override
        public List<Named> devices() {
            List<Named> devices = new ArrayList<>();
            for (MidiDevice.Info info : MidiSystem.getMidiDeviceInfo()) {
                try {
                    MidiDevice device = MidiSystem.getMidiDevice(info);
                    if (!(device instanceof Sequencer)) {
                        devices.add(new Named(info.getName(), device));
                    }
                } catch (MidiUnavailableException | IllegalArgumentException gone) {
                    // Unplugged between the two calls: not there any more.
                }
            }
            return devices;
        }

        /** The JDK cannot tell. */
        @Override
        public void listen(Runnable changed) {}
    }
}
