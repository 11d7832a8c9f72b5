package antiphon.app;

import antiphon.midi.MidiBackend;
import antiphon.midi.PortInfo;
import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code antiphon ports}: what there is to connect to. */
@Command(
        name = "ports",
        description = "List the MIDI ports that can be listened to and played on.",
        mixinStandardHelpOptions = true)
final class PortsCommand implements Runnable {
    @Mixin
    private SettingsOptions options;

    @Mixin
    private BackendOption backendOption;

    @Option(names = "--json", description = "As JSON, for programs.")
    private boolean json;

    @Option(names = "--watch", description = "Print the list again whenever a port comes or goes, until stopped.")
    private boolean watch;

    private @Nullable List<PortInfo> printed;

    @Override
    public void run() {
        backendOption.addTo(options);
        try (Visit visit = Visit.begin(options.load(), "ports")) {
            print(visit.backend());
            if (watch) {
                watch(visit);
            }
        } catch (IOException failure) {
            throw new UserException("ports: cannot be written (" + failure.getMessage() + ").");
        }
    }

    /** Prints the list, unless it is the one that was printed last. */
    private void print(MidiBackend backend) throws IOException {
        List<PortInfo> ports = backend.list();
        if (ports.equals(printed)) {
            return;
        }
        printed = ports;
        if (json) {
            List<Map<String, Object>> all = new ArrayList<>();
            for (PortInfo port : ports) {
                Map<String, Object> entry = new LinkedHashMap<>();
                entry.put("name", port.name());
                entry.put("in", port.source());
                entry.put("out", port.destination());
                all.add(entry);
            }
            Map<String, Object> answer = new LinkedHashMap<>();
            answer.put("backend", backend.name());
            answer.put("ports", all);
            System.out.println(JSON.std.asString(answer));
            return;
        }
        System.out.println(backend.name()
                + (ports.isEmpty() ? ": no ports." : " (in: can be listened to, out: can be played on)"));
        for (PortInfo port : ports) {
            String ways = (port.source() ? "in " : "   ") + (port.destination() ? "out" : "   ");
            System.out.println("  " + ways + "  " + port.name()
                    + (port.aliases().isEmpty() ? "" : "  (" + String.join(", ", port.aliases()) + ")"));
        }
    }

    private void watch(Visit visit) throws IOException {
        MidiBackend backend = visit.backend();
        AtomicReference<IOException> failed = new AtomicReference<>();
        CountDownLatch end = new CountDownLatch(1);
        backend.observe(new MidiBackend.PortObserver() {
            @Override
            public void portsChanged() {
                try {
                    print(backend);
                } catch (IOException failure) {
                    failed.set(failure);
                    end.countDown();
                }
            }

            @Override
            public void systemLost(String reason) {
                System.err.println(reason);
                end.countDown();
            }
        });
        backend.start();
        try {
            visit.awaitOrStop(end);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        IOException failure = failed.get();
        if (failure != null) {
            throw failure;
        }
    }
}
