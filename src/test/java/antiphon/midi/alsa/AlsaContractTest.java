package antiphon.midi.alsa;

import antiphon.midi.BackendContractTest;
import antiphon.midi.MidiBackend;
import org.junit.jupiter.api.Tag;

/** The kernel's sequencer. */
@Tag("alsa")
class AlsaContractTest extends BackendContractTest {
    @Override
    protected MidiBackend open(String clientName) {
        return AlsaBackend.open(clientName, priority -> false);
    }
}
