package antiphon.midi.device;

import antiphon.midi.MidiException;
import java.util.List;
import javax.sound.midi.MidiDevice;
import javax.sound.midi.MidiUnavailableException;
import org.jspecify.annotations.Nullable;

/**
 * One device that a port of ours was opened with: there, or unplugged for now. Opened and closed on cold threads; the
 * lock is for the watching thread and the one that closes.
 */
abstract class DevicePeer {
    private final String name;
    private @Nullable MidiDevice device;
    private @Nullable MidiUnavailableException refusal;
    private boolean released;

    DevicePeer(String name) {
        this.name = name;
    }

    abstract boolean isWanted(DeviceSource.Named candidate);

    /** Connects to the open device. */
    abstract void attach(MidiDevice opened) throws MidiUnavailableException;

    /** Lets go of it. */
    abstract void detach();

    /** Closes the device if it has gone, opens it if it has come. */
    final synchronized void follow(List<DeviceSource.Named> devices) {
        @Nullable
        MidiDevice now = devices.stream()
                .filter(each -> each.name().equals(name) && isWanted(each))
                .map(DeviceSource.Named::device)
                .findFirst()
                .orElse(null);
        if (device != null && now == null) {
            letGo();
        } else if (device == null && now != null && !released) {
            open(now);
        }
    }

    private void open(MidiDevice found) {
        try {
            refusal = null;
            found.open();
            attach(found);
            device = found;
        } catch (MidiUnavailableException e) {
            refusal = e;
            found.close();
        }
    }

    final String name() {
        return name;
    }

    final synchronized boolean isOpen() {
        return device != null;
    }

    /** For good. */
    final synchronized void release() {
        released = true;
        letGo();
    }

    private void letGo() {
        MidiDevice open = device;
        device = null;
        if (open != null) {
            detach();
            open.close();
        }
    }

    /** @throws MidiException if the device is not open */
    final synchronized void require(String where) {
        if (device == null) {
            MidiUnavailableException why = refusal;
            throw why == null
                    ? new MidiException(where + " \"" + name + "\": no such device. Run: antiphon ports")
                    : new MidiException(
                            where + " \"" + name + "\": cannot be opened (" + why.getMessage()
                                    + "); it must be free. Close the program that uses it.",
                            why);
        }
    }
}
