package antiphon.app;

import antiphon.config.Config;
import antiphon.config.MidiSetting;
import antiphon.midi.MidiBackend;
import antiphon.midi.PortInfo;
import antiphon.midi.PortPatterns;
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
    private List<String> notIn = List.of();
    private List<String> notOut = List.of();

    @Override
    public void run() {
        backendOption.addTo(options);
        Config config = options.load();
        notIn = config.value(MidiSetting.IN_EXCLUDE);
        notOut = config.value(MidiSetting.OUT_EXCLUDE);
        try (Visit visit = Visit.begin(config, "ports")) {
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
                if (!excluded(port).isEmpty()) {
                    entry.put("excluded", excluded(port));
                }
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
                    + (port.aliases().isEmpty() ? "" : "  (" + String.join(", ", port.aliases()) + ")")
                    + (excluded(port).isEmpty() ? "" : "  excluded by " + String.join(", ", excluded(port))));
        }
    }

    /** The settings that say that the port is left alone. */
    private List<String> excluded(PortInfo port) {
        List<String> by = new ArrayList<>();
        if (port.source() && PortPatterns.isAny(notIn, port)) {
            by.add(MidiSetting.IN_EXCLUDE.id());
        }
        if (port.destination() && PortPatterns.isAny(notOut, port)) {
            by.add(MidiSetting.OUT_EXCLUDE.id());
        }
        return by;
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
