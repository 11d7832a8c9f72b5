package antiphon.app;

import antiphon.config.Config;
import antiphon.config.ConfigException;
import antiphon.config.Connect;
import antiphon.config.Lv2Setting;
import antiphon.config.PlaySetting;
import antiphon.host.Host;
import antiphon.host.SystemThreads;
import antiphon.improv.Memory;
import antiphon.live.LiveSession;
import antiphon.live.Ports;
import antiphon.midi.MidiBackend;
import antiphon.midi.MidiException;
import antiphon.midi.lv2.Lv2Options;
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
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code antiphon run}: live, until told to stop. */
@Command(
        name = "run",
        description = "Listen on a MIDI input and answer on a MIDI output, until stopped.",
        mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {
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

    @Option(
            names = "--page",
            negatable = true,
            fallbackValue = "true",
            description =
                    "Serve a page in the browser at http://127.0.0.1:8137: a keyboard, a piano, what is planned, and"
                            + " all controls. Without the word run that is standard; with it, --page asks for it. It takes 70"
                            + " to 100 MB more memory.")
    private boolean page;

    @Option(
            names = "--guard",
            description =
                    "Have a small process beside this one end what sounds if this one is killed, as a service does. It"
                            + " takes 55 MB.")
    private boolean guard;

    /** Without the page, unless it is asked for. */
    RunCommand() {
        this(false);
    }

    /** @param page the page is served if no option says otherwise */
    RunCommand(boolean page) {
        this.page = page;
    }

    @Override
    public Integer call() throws InterruptedException {
        Config config = options.load();
        Logs.begin(config.log());
        Stopping stopping = Stopping.prepare();
        try {
            return run(config, stopping);
        } finally {
            stopping.nothingToDo();
        }
    }

    private int run(Config config, Stopping stopping) throws InterruptedException {
        requireCores(config.live().cores(), Host.threads());
        RemoteControl.check(config);
        Wired.open(config);
        config.recordFolder().ifPresent(RunCommand::makeFolder);
        FutureTask<MidiBackend> joining = joining(config);
        Performer performer = performer(config, joining);
        LiveSession session = open(config, performer, joined(joining), stopping);
        String ready = "ready: listening on " + String.join(", ", session.inputNames()) + ", answering on "
                + String.join(", ", session.outputNames()) + ", mode " + PlaySetting.MODE.format(session.mode())
                + ", seed "
                + performer.seed() + ". Ctrl-C stops.";
        Running running = new Running(session, new Steering(session, options, config, performer.model()), config);
        if (untilReady) {
            running.show(ready);
            running.close();
            return 0;
        }
        running.show(ready);
        howToConnect(config, session).forEach(running::say);
        if (guard) {
            running.guard(Installation.home().resolve("bin/antiphon"));
        }
        stopping.started(running::stop);
        if (page) {
            running.servePage(config.page());
        }
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
        FutureTask<MidiBackend> joining = new FutureTask<>(() -> {
            MidiBackend backend = openBackend(config, config.midi().client());
            return lasting(config, page ? PageAlone.ifNoPorts(config, backend) : backend);
        });
        Thread.ofPlatform().daemon().name("antiphon-open").start(joining);
        return joining;
    }

    /** A program that lives with one plugin ends when that goes. */
    private boolean endsWithSystem(Config config) {
        return exitWithServer || !config.value(Lv2Setting.PLUGIN).isEmpty();
    }

    /** After it has gone, the same kind is opened again: a session does not move from JACK to javasound. */
    private MidiBackend lasting(Config config, MidiBackend first) {
        return endsWithSystem(config) || first.frames().perSecond() == 0
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

    private LiveSession open(Config config, Performer performer, MidiBackend backend, Stopping stopping) {
        try {
            PortWishes wishes = new PortWishes(config, backend, noWait, stopping::isTold);
            Ports wanted = page || RemoteControl.hasOsc(config)
                    ? wishes.withKeyboard(!endsWithSystem(config))
                    : wishes.ports(!endsWithSystem(config));
            LiveSession session = new LiveSession(
                    backend,
                    performer.model(),
                    performer.settings(),
                    performer.seed(),
                    wanted,
                    Performer.threads(config));
            Path model = config.model().path(Installation.home());
            remember(session, config, model);
            Path take = untilReady
                    ? null
                    : config.recordFolder().map(Installation::newTake).orElse(null);
            session.record(
                    Version.number(),
                    Installation.now(),
                    () -> Performer.network(model, config.model().precision()),
                    take);
            session.start();
            return session;
        } catch (MidiException failure) {
            backend.close();
            throw new PortsUnavailableException(failure);
        }
    }

    private static void remember(LiveSession session, Config config, Path model) {
        if (config.play().memory() == Memory.KEPT) {
            new KeptMemory(Installation.state()).takeUp(session, Performer.sha256(model), System.err::println);
        }
    }

    /**
     * What to do where no ports were named and our own are connected to nothing yet; no lines otherwise, nor where they are
     * chosen: then the session says what it waits for.
     */
    private static List<String> howToConnect(Config config, LiveSession session) {
        boolean named =
                !config.midi().inPorts().isEmpty() || !config.midi().outPorts().isEmpty();
        MidiBackend backend = session.backend();
        boolean chosen = config.midi().connect() == Connect.AUTO;
        if (named || chosen || backend.howToConnect("", "").isEmpty()) {
            return List.of();
        }
        return LikelyPorts.of(backend.list())
                .howToConnect(
                        backend,
                        session.inputNames().getFirst(),
                        session.outputNames().getFirst());
    }

    /** Who comes is connected unless ports are named. */
    private static Lv2Options plugins(Config config) {
        return new Lv2Options(
                Lv2Options.all().folder(),
                config.value(Lv2Setting.PLUGIN),
                config.midi().inPorts().isEmpty(),
                config.midi().outPorts().isEmpty());
    }

    /** @param clientName what we are called where clients have names */
    static MidiBackend openBackend(Config config, String clientName) {
        try {
            String name = config.midi().backend().name().toLowerCase(Locale.ROOT);
            return Backends.open(name, clientName, Network.options(config), plugins(config));
        } catch (MidiException failure) {
            throw new PortsUnavailableException(failure);
        }
    }
}
