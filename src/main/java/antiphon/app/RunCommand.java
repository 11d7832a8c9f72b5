package antiphon.app;

import antiphon.config.Config;
import antiphon.config.ConfigException;
import antiphon.config.Setting;
import antiphon.host.Host;
import antiphon.host.SystemThreads;
import antiphon.live.LiveSession;
import antiphon.live.Ports;
import antiphon.live.Wish;
import antiphon.midi.MidiBackend;
import antiphon.midi.MidiException;
import antiphon.midi.PortInfo;
import antiphon.midi.PortPatterns;
import antiphon.midi.open.Backends;
import antiphon.midi.open.LastingBackend;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code antiphon run}: live, until told to stop. */
@Command(
        name = "run",
        description = "Listen on a MIDI input and answer on a MIDI output, until stopped.",
        mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {
    private static final long WAIT_NANOS = 500_000_000L;

    @Mixin
    private RunOptions options;

    @Option(
            names = "--until-ready",
            description =
                    "Start, print the ready line, and stop: for measuring the start, and for the launcher's cache.")
    private boolean untilReady;

    @Option(
            names = "--no-wait",
            description = "End with status 69 if a port that is named is not there, instead of waiting for it.")
    private boolean noWait;

    @Option(
            names = "--exit-with-server",
            description = "End with status 69 when the MIDI server goes, instead of waiting for it.")
    private boolean exitWithServer;

    @Override
    public Integer call() throws InterruptedException {
        Config config = options.load();
        requireCores(config.live().cores(), Host.threads());
        config.recordFolder().ifPresent(RunCommand::makeFolder);
        FutureTask<MidiBackend> joining = joining(config);
        Performer performer = performer(config, joining);
        LiveSession session = open(config, performer, joined(joining));
        String ready = "ready: listening on " + String.join(", ", session.inputNames()) + ", answering on "
                + session.outputName() + ", mode " + Setting.MODE.format(session.mode()) + ", seed "
                + performer.seed() + ". Ctrl-C stops.";
        Running running = new Running(session, new Steering(session, options, config, performer.model()), config);
        if (untilReady) {
            running.show(ready);
            running.close();
            return 0;
        }
        Runtime.getRuntime().addShutdownHook(new Thread(running::stop, "antiphon-stop"));
        running.show(ready);
        running.finishTakes();
        // Memory that only the start needed goes back to the system; from here on nothing on the live path allocates.
        System.gc();
        String reason = session.awaitLoss();
        running.lost();
        System.err.println(reason);
        return Failure.PORT_UNAVAILABLE;
    }

    /**
     * Opens the MIDI system on a thread of its own while this thread reads the network: both take about the same time.
     */
    private FutureTask<MidiBackend> joining(Config config) {
        FutureTask<MidiBackend> joining = new FutureTask<>(() -> lasting(config, openBackend(config)));
        Thread.ofPlatform().daemon().name("antiphon-open").start(joining);
        return joining;
    }

    /** After it has gone, the same kind is opened again: a session does not move from JACK to javasound. */
    private MidiBackend lasting(Config config, MidiBackend first) {
        return exitWithServer || first.frames().perSecond() == 0
                ? first
                : new LastingBackend(
                        first, () -> Backends.open(first.name(), config.midi().client()));
    }

    private static Performer performer(Config config, FutureTask<MidiBackend> joining) throws InterruptedException {
        try {
            return Performer.of(config);
        } catch (RuntimeException failure) {
            try {
                joining.get().close();
            } catch (ExecutionException second) {
                failure.addSuppressed(second);
            }
            throw failure;
        }
    }

    private static MidiBackend joined(FutureTask<MidiBackend> joining) throws InterruptedException {
        try {
            return joining.get();
        } catch (ExecutionException failure) {
            if (failure.getCause() instanceof RuntimeException ours) {
                throw ours;
            }
            throw new IllegalStateException(failure);
        }
    }

    /** Checked before any port opens, as all settings are. Not in config, which does not know the machine's cores. */
    static void requireCores(List<Integer> cores, SystemThreads threads) {
        List<Integer> known = threads.cores();
        if (!known.containsAll(cores)) {
            throw new ConfigException(List.of("live.cores = " + cores + ": not all there; allowed: "
                    + (known.isEmpty() ? "none on this system" : "some of " + known) + ". Empty: any."));
        }
    }

    /** Before any port opens: a session that was to be recorded and cannot be would be lost. */
    static void makeFolder(Path folder) {
        String found = "";
        try {
            Files.createDirectories(folder);
            if (!Files.isWritable(folder)) {
                found = "may not be written to";
            }
        } catch (IOException failure) {
            found = Files.exists(folder) ? "is a file" : "cannot be made";
        }
        if (!found.isEmpty()) {
            throw new ConfigException(List.of("record.dir = " + folder + ": " + found
                    + "; allowed: a folder that you may write to. Choose another."));
        }
    }

    private LiveSession open(Config config, Performer performer, MidiBackend backend) {
        try {
            Ports wanted = ports(config, backend);
            LiveSession session = new LiveSession(
                    backend,
                    performer.model(),
                    performer.settings(),
                    performer.seed(),
                    wanted,
                    Performer.threads(config));
            Path take = untilReady
                    ? null
                    : config.recordFolder().map(Installation::newTake).orElse(null);
            session.record(
                    Version.number(),
                    Installation.now(),
                    () -> Performer.network(
                            config.model().path(Installation.home()),
                            config.model().precision()),
                    take);
            session.start();
            return session;
        } catch (MidiException failure) {
            backend.close();
            throw new PortsUnavailableException(failure);
        }
    }

    private Ports ports(Config config, MidiBackend backend) {
        List<Wish> sources = wishes(config.midi().inPorts(), backend, "midi.in", PortInfo::source);
        int inputs = sources.stream()
                .mapToInt(wish -> Math.max(1, wish.found().size()))
                .sum();
        if (inputs > LiveSession.MAX_INPUTS) {
            throw new MidiException("midi.in.ports: " + inputs + " ports match; at most " + LiveSession.MAX_INPUTS
                    + " allowed. Name fewer.");
        }
        return new Ports(
                sources,
                wishes(config.midi().outPorts(), backend, "midi.out", PortInfo::destination),
                config.midi().thru(),
                TimeUnit.MILLISECONDS.toNanos(config.midi().offsetMillis()),
                Installation.heldNotes(config.midi().client()),
                !exitWithServer);
    }

    /**
     * The ports that are wished for. Where the system has no virtual ports there must be one: if none is named the first
     * one found, and a named one is waited for here.
     */
    private List<Wish> wishes(List<String> patterns, MidiBackend backend, String where, Predicate<PortInfo> fits) {
        boolean virtual = backend.capabilities().contains(MidiBackend.Capability.VIRTUAL_PORTS);
        boolean told = false;
        while (true) {
            List<PortInfo> ports = backend.list().stream().filter(fits).toList();
            List<Wish> wishes = patterns.isEmpty() && !virtual
                    ? ports.stream().limit(1).map(Wish::of).toList()
                    : PortPatterns.each(patterns, ports).entrySet().stream()
                            .map(found -> new Wish(found.getKey(), found.getValue()))
                            .toList();
            boolean complete = wishes.stream().noneMatch(wish -> wish.found().isEmpty());
            if (virtual ? complete || !noWait : complete && !wishes.isEmpty()) {
                return wishes;
            }
            String trouble = wishes.isEmpty()
                    ? where + ": no MIDI port found by " + backend.name()
                            + "; needed: at least one. Plug one in, or start JACK or PipeWire. Without gear, try: antiphon demo"
                    : PortPatterns.missing(
                            where,
                            wishes.stream()
                                    .filter(wish -> wish.found().isEmpty())
                                    .findFirst()
                                    .orElseThrow()
                                    .pattern(),
                            ports);
            if (noWait || wishes.isEmpty()) {
                throw new MidiException(trouble);
            }
            if (!told) {
                System.err.println(trouble + " Waiting for it.");
                told = true;
            }
            LockSupport.parkNanos(WAIT_NANOS);
        }
    }

    static MidiBackend openBackend(Config config) {
        try {
            return Backends.open(
                    config.midi().backend().name().toLowerCase(Locale.ROOT),
                    config.midi().client());
        } catch (MidiException failure) {
            throw new PortsUnavailableException(failure);
        }
    }
}
