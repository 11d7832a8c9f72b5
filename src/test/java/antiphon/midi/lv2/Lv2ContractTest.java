package antiphon.midi.lv2;

import static org.assertj.core.api.Assertions.assertThat;

import antiphon.midi.BackendContractTest;
import antiphon.midi.MidiBackend;
import antiphon.midi.PortInfo;
import antiphon.midi.memory.SilentBackend;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.io.TempDir;

/** The real plugin: everybody but us is a track in a host of its own, with an instance. */
class Lv2ContractTest extends BackendContractTest {
    @TempDir
    private Path folder = Path.of("");

    private MidiBackend ours = new SilentBackend();

    static String name(String client) {
        return "lv2host " + client;
    }

    @Override
    protected String named(String client, String port) {
        return name(client);
    }

    @Override
    protected MidiBackend open(String clientName) {
        if (clientName.equals("antiphon")) {
            ours = Lv2Backend.open(clientName, new Lv2Options(folder, "", false, false), priority -> false);
            return ours;
        }
        HostPeer peer = new HostPeer(folder, clientName);
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (ours.list().stream().map(PortInfo::name).noneMatch(name(clientName)::equals)) {
            assertThat(System.nanoTime() - deadline).as("saw %s", ours.list()).isNegative();
            LockSupport.parkNanos(1_000_000);
        }
        return peer;
    }
}
