package antiphon.midi.device;

import java.util.List;
import javax.sound.midi.MidiDevice;

/** Where a {@link DeviceBackend} gets its devices from. Methods may block; called on cold threads only. */
interface DeviceSource {
    /** A device under the name people know it by. One that sends and receives may come as two of one name. */
    record Named(String name, MidiDevice device) {
        boolean isSource() {
            return device.getMaxTransmitters() != 0;
        }

        boolean isDestination() {
            return device.getMaxReceivers() != 0;
        }
    }

    List<Named> devices();

    /** Asks for a call, on any thread, when devices may have changed. A source that cannot tell does nothing. */
    void listen(Runnable changed);
}
