package antiphon.app;

import antiphon.config.Config;
import antiphon.config.MidiSetting;
import antiphon.live.Panic;
import antiphon.midi.MidiBackend;
import antiphon.midi.MidiException;
import antiphon.midi.PortInfo;
import antiphon.midi.PortPatterns;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code antiphon panic}: ends every note on the output ports, whichever program started it. */
@Command(
        name = "panic",
        description = "End every note on every channel of the output ports.",
        mixinStandardHelpOptions = true)
final class PanicCommand implements Callable<Integer> {
    @Mixin
    private SettingsOptions options;

    @Mixin
    private BackendOption backendOption;

    @Option(names = "--out", paramLabel = "PATTERN", description = "Ports to silence. Default: midi.out, else all.")
    private @Nullable List<String> out;

    @Override
    public Integer call() {
        backendOption.addTo(options);
        options.putList(MidiSetting.OUT_PORTS, out);
        Config config = options.load();
        try (Visit visit = Visit.begin(config, "panic")) {
            MidiBackend backend = visit.backend();
            List<PortInfo> destinations = destinations(config, backend);
            if (destinations.isEmpty()) {
                throw new PortsUnavailableException(
                        "panic: no port to silence; needed: one that can be played on. Run: antiphon ports");
            }
            return report(Panic.silence(backend, destinations));
        } catch (MidiException failure) {
            throw new PortsUnavailableException(failure);
        }
    }

    /** Prints a line for each port; fails only if no port could be silenced. */
    private static int report(List<Panic.Outcome> outcomes) {
        int status = Failure.PORT_UNAVAILABLE;
        for (Panic.Outcome outcome : outcomes) {
            if (outcome.failure() == null) {
                System.out.println("silenced " + outcome.port().name());
                status = 0;
            } else {
                System.err.println(outcome.failure());
            }
        }
        return status;
    }

    private List<PortInfo> destinations(Config config, MidiBackend backend) {
        List<PortInfo> ports =
                backend.list().stream().filter(PortInfo::destination).toList();
        List<String> patterns = new ArrayList<>(config.midi().outPorts());
        if (out == null) {
            Wired.open(config).forEach(other -> patterns.addAll(config.value(other.ports())));
        }
        return patterns.isEmpty() ? ports : PortPatterns.required("midi.out", patterns, ports);
    }
}
