package antiphon.midi.device;

import antiphon.midi.MidiException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.sound.midi.MidiDevice;
import javax.sound.midi.MidiSystem;
import javax.sound.midi.MidiUnavailableException;
import uk.co.xfactorylibrarians.coremidi4j.CoreMidiDeviceProvider;
import uk.co.xfactorylibrarians.coremidi4j.CoreMidiException;

/**
 * MIDI devices on macOS through coremidi4j, which unlike the JDK's own provider passes on system exclusive messages
 * whole and tells when devices come and go. Threads and errors: {@link DeviceBackend}.
 */
public final class CoreMidiBackend extends DeviceBackend {
    /** CoreMIDI notifies us of changes. Polling, this rarely, only makes up for a notification that got lost. */
    private static final long POLL_NANOS = 10_000_000_000L;

    private static final String PREFIX = "CoreMIDI4J - ";

    private CoreMidiBackend() {
        super("coremidi", new CoreMidiDevices(), POLL_NANOS);
    }

    /** @throws MidiException where this is not a Mac, or coremidi4j's library does not load */
    public static CoreMidiBackend open() {
        if (!isMac() || !isLoaded()) {
            throw new MidiException("coremidi: this is " + System.getProperty("os.name")
                    + "; macOS with coremidi4j's library is needed. Use --backend jack or javasound.");
        }
        return new CoreMidiBackend();
    }

    /** True where this back end can be had at all. */
    public static boolean isMac() {
        return System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("mac");
    }

    private static boolean isLoaded() {
        try {
            return CoreMidiDeviceProvider.isLibraryLoaded();
        } catch (CoreMidiException e) {
            return false;
        }
    }

    private static final class CoreMidiDevices implements DeviceSource {
        @Override
        public List<Named> devices() {
            List<Named> devices = new ArrayList<>();
            for (MidiDevice.Info info : CoreMidiDeviceProvider.getMidiDeviceInfo()) {
                // The JDK's own provider lists the same devices again, without the prefix.
                if (info.getName().startsWith(PREFIX)) {
                    try {
                        String name = info.getName().substring(PREFIX.length());
                        devices.add(new Named(name, MidiSystem.getMidiDevice(info)));
                    } catch (MidiUnavailableException | IllegalArgumentException gone) {
                        // Unplugged between the two calls: not there any more.
                    }
                }
            }
            return devices;
        }

        @Override
        public void listen(Runnable changed) {
            try {
                CoreMidiDeviceProvider.addNotificationListener(changed::run);
            } catch (CoreMidiException e) {
                // Then polling alone finds what changes.
            }
        }
    }
}
