package antiphon.app;

import antiphon.Amount;
import antiphon.config.Config;
import antiphon.config.ConfigException;
import antiphon.config.ConfigReader;
import antiphon.host.SystemThreads;
import antiphon.midi.MidiBackend;
import antiphon.midi.PortInfo;
import antiphon.midi.PortPatterns;
import antiphon.model.ModelException;
import antiphon.model.StackedLstm;
import antiphon.status.StatusReader;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Looks at everything that playing needs, and says what is wrong and what to do. Changes nothing that lasts. What it says can
 * be shown to others: no token, and the user's home as {@code ~}. One thread.
 */
final class Checkup {
    /** As JACK's callback has by default; the engine and the sender need a little less. */
    private static final int PRIORITY = 60;

    private static final long MEBI = 1 << 20;
    private static final long ROOM_FOR_A_TAKE = 50 * MEBI;
    private static final long ROOM_FOR_MONTHS = 1024 * MEBI;
    private static final int SHOWN_HASH = 12;

    /** How much a finding matters. */
    enum Level {
        OK,
        /** It plays, and could do better. */
        ADVICE,
        /** It does not play like this. */
        FAULT
    }

    /**
     * One thing that was looked at.
     *
     * @param about one or two words
     * @param found what it is like; with what to do if it is not {@link Level#OK}
     */
    record Finding(Level level, String about, String found) {}

    private final List<Finding> findings = new ArrayList<>();
    private final String home;

    /** @param home the user's, which is not shown */
    Checkup(String home) {
        this.home = home;
    }

    /** All that was found so far, in the order in which it was looked at. */
    List<Finding> findings() {
        return List.copyOf(findings);
    }

    private void add(Level level, String about, String found) {
        boolean known = home.length() > 1;
        findings.add(new Finding(level, about, known ? found.replace(home, "~") : found));
    }

    /** The program, the Java that runs it, and the machine. */
    void machine() {
        add(
                Level.OK,
                "program",
                "antiphon %s, Java %s (%s), %s %s %s, %s"
                        .formatted(
                                Version.number(),
                                Runtime.version(),
                                System.getProperty("java.vendor", "?"),
                                System.getProperty("os.name", "?"),
                                System.getProperty("os.version", "?"),
                                System.getProperty("os.arch", "?"),
                                Amount.of(Runtime.getRuntime().availableProcessors(), "core")));
    }

    /**
     * The settings.
     *
     * @return what is set; the standard ones where they cannot be read
     */
    Config settings(SettingsOptions options) {
        try {
            ConfigReader.Reading reading = options.read();
            add(Level.OK, "settings", options.file().map(Path::toString).orElse("none of your own: the standard ones"));
            reading.warnings().forEach(warning -> add(Level.ADVICE, "settings", warning));
            return reading.config();
        } catch (ConfigException wrong) {
            String.valueOf(wrong.getMessage()).lines().forEach(line -> add(Level.FAULT, "settings", line));
            return Config.standard();
        }
    }

    /** The network's file. */
    void model(Config config) {
        Path file = config.model().path(Installation.home());
        try {
            StackedLstm model = Performer.loadModel(file, config.model().precision());
            add(
                    Level.OK,
                    "model",
                    "%s, %d layers of %d, sha256 %s"
                            .formatted(
                                    file,
                                    model.layers(),
                                    model.width(),
                                    Performer.sha256(file).substring(0, SHOWN_HASH)));
        } catch (ModelException | UserException wrong) {
            add(Level.FAULT, "model", String.valueOf(wrong.getMessage()));
        }
    }

    /** The MIDI system and the ports that are wished for. */
    void ports(Config config) {
        try (Visit visit = Visit.begin(config, "doctor")) {
            MidiBackend backend = visit.backend();
            List<PortInfo> ports = backend.list();
            long sources = ports.stream().filter(PortInfo::source).count();
            long destinations = ports.stream().filter(PortInfo::destination).count();
            add(
                    ports.isEmpty() ? Level.ADVICE : Level.OK,
                    "midi",
                    ports.isEmpty()
                            ? backend.name() + ", no ports of others. Plug in a keyboard, or play on the page: antiphon"
                            : "%s, %d to listen to, %d to play on".formatted(backend.name(), sources, destinations));
            wished("midi.in", config.midi().inPorts(), ports);
            wished("midi.out", config.midi().outPorts(), ports);
            Wired.open(config).forEach(out -> wished(out.open().section(), config.value(out.ports()), ports));
        } catch (PortsUnavailableException none) {
            add(Level.FAULT, "midi", String.valueOf(none.getMessage()));
        }
    }

    private void wished(String where, List<String> patterns, List<PortInfo> ports) {
        for (String pattern : patterns) {
            if (PortPatterns.matching(pattern, ports).isEmpty()) {
                add(Level.ADVICE, "midi", PortPatterns.missing(where, pattern, ports));
            }
        }
    }

    /** What the system lets our threads do. */
    void threads(Config config, SystemThreads threads) {
        if (!threads.areKnown()) {
            add(Level.OK, "real-time", "not used on this system");
            return;
        }
        if (!config.live().realTime()) {
            add(
                    Level.ADVICE,
                    "real-time",
                    "live.real-time = false: busy programs can make answers late. Set it to true.");
        } else if (raises(threads)) {
            add(Level.OK, "real-time", "priority " + PRIORITY + " is allowed");
        } else {
            add(
                    Level.ADVICE,
                    "real-time",
                    "priority " + PRIORITY
                            + " is refused: busy programs can make answers late. Add \"@audio - rtprio 95\" to"
                            + " /etc/security/limits.d/audio.conf, join the group audio and log in again.");
        }
        if (config.live().lockMemory()) {
            boolean locked = threads.lockMemory();
            add(
                    locked ? Level.OK : Level.ADVICE,
                    "memory",
                    locked
                            ? "may be kept from being swapped out"
                            : "live.lock-memory = true, and the system refuses it. Add \"@audio - memlock unlimited\" to"
                                    + " /etc/security/limits.d/audio.conf and log in again.");
        }
    }

    /** Tried on a thread of its own, which ends at once. */
    private static boolean raises(SystemThreads threads) {
        AtomicBoolean raised = new AtomicBoolean();
        Thread tried = new Thread(() -> raised.set(threads.raise(PRIORITY)), "antiphon-doctor");
        tried.start();
        try {
            tried.join();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        return raised.get();
    }

    /** Where takes and state go. */
    void disk() {
        folder("takes", Installation.takes());
        folder("state", Installation.state());
    }

    private void folder(String about, Path folder) {
        Path existing = folder.toAbsolutePath();
        while (!Files.exists(existing) && existing.getParent() != null) {
            existing = existing.getParent();
        }
        try {
            FileStore store = Files.getFileStore(existing);
            long free = store.getUsableSpace();
            String found = "%s, %s free"
                    .formatted(folder, free >= 1024 * MEBI ? free / (1024 * MEBI) + " GiB" : free / MEBI + " MiB");
            if (!Files.isWritable(existing)) {
                add(Level.FAULT, about, existing + ": may not be written to. Change its rights, or set HOME.");
            } else if (free < ROOM_FOR_A_TAKE) {
                add(Level.FAULT, about, found + ": too little for a take. Delete something.");
            } else {
                boolean little = free < ROOM_FOR_MONTHS;
                add(
                        little ? Level.ADVICE : Level.OK,
                        about,
                        little ? found + ": it will not last. Delete something." : found);
            }
        } catch (IOException unreadable) {
            add(Level.FAULT, about, folder + ": cannot be looked at (" + unreadable.getMessage() + "). Set HOME.");
        }
    }

    /** Another one under our name keeps its ports and its file of notes. */
    void running(Config config) {
        String name = config.midi().client();
        boolean alive = StatusReader.isAlive(Installation.statusSocket(name));
        add(
                Level.OK,
                "running",
                alive
                        ? "an antiphon runs as \"" + name + "\": antiphon status"
                        : "no antiphon runs as \"" + name + "\"");
    }

    /** As lines for people, with a line at the end that sums up. */
    static List<String> lines(List<Finding> findings) {
        List<String> lines = new ArrayList<>();
        for (Finding finding : findings) {
            lines.add("%-6s  %-9s  %s"
                    .formatted(finding.level().name().toLowerCase(Locale.ROOT), finding.about(), finding.found()));
        }
        long faults = count(findings, Level.FAULT);
        long advice = count(findings, Level.ADVICE);
        lines.add(
                faults + advice == 0
                        ? "All is well."
                        : "%s, %s that could be better."
                                .formatted(Amount.of(faults, "fault"), Amount.of(advice, "thing")));
        return lines;
    }

    static long count(List<Finding> findings, Level level) {
        return findings.stream().filter(finding -> finding.level() == level).count();
    }
}
