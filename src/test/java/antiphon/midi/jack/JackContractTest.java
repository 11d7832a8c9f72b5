package antiphon.midi.jack;

import antiphon.midi.BackendContractTest;
import antiphon.midi.MidiBackend;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;

/** JACK, by a server with a dummy driver. */
@Tag("jack")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JackContractTest extends BackendContractTest {
    /** PipeWire's connections are there at once, and carry nothing for a tenth of a second and more. */
    private static final long PIPEWIRE_AHEAD_NANOS = 1_000_000_000L;

    private JackServer server;

    @BeforeAll
    void startServer() {
        server = JackServer.start(128);
    }

    @AfterAll
    void stopServer() throws Exception {
        server.close();
    }

    @Override
    protected long aheadNanos() {
        return System.getenv("PIPEWIRE_RUNTIME_DIR") != null ? PIPEWIRE_AHEAD_NANOS : super.aheadNanos();
    }

    @Override
    protected MidiBackend open(String clientName) {
        return JackBackend.open(clientName, true, server.name());
    }
}
