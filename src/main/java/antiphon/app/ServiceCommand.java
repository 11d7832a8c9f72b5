package antiphon.app;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** {@code antiphon service}: has the system start the program, watch over it, and start it anew when it has crashed. */
@Command(
        name = "service",
        description =
                "Run antiphon in the background: started at login or with the system, watched, and started anew after a"
                        + " crash.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            ServiceCommand.Install.class,
            ServiceCommand.Uninstall.class,
            ServiceCommand.Status.class,
            ServiceCommand.Logs.class
        })
final class ServiceCommand implements Runnable {
    /** See sd_booted(3). */
    private static final Path SYSTEMD_RUNS = Path.of("/run/systemd/system");

    @Override
    public void run() {
        CommandLine.usage(this, System.out);
    }

    /** Whose service it is. */
    static final class Scope {
        @Option(names = "--user", description = "Your own service, started when you log in. This is standard.")
        private boolean user;

        @Option(names = "--system", description = "One for the whole machine, started with it; needs sudo.")
        private boolean system;

        ServiceSystem of(List<String> options, boolean onKeyboard, @Nullable String as) {
            if (user && system) {
                throw new UserException("--user and --system: both given; allowed: one of them. Leave one out.");
            }
            if (as != null && !system) {
                throw new UserException(
                        "--as = " + as + ": your own service runs as you; allowed: only with --system.");
            }
            Map<String, String> environment = System.getenv();
            String account =
                    as != null ? as : environment.getOrDefault("SUDO_USER", System.getProperty("user.name", "root"));
            ServiceSetup setup = new ServiceSetup(
                    system,
                    account,
                    Installation.home().toAbsolutePath().normalize(),
                    Path.of(System.getProperty("java.home")),
                    options,
                    onKeyboard,
                    environment);
            return isMac() ? launchd(setup) : systemd(setup);
        }

        private static boolean isMac() {
            return System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("mac");
        }

        private static ServiceSystem systemd(ServiceSetup setup) {
            Path units = setup.system()
                    ? Path.of("/etc/systemd/system")
                    : UserHome.base(setup.environment(), "XDG_CONFIG_HOME", ".config")
                            .resolve("systemd/user");
            return new SystemdService(setup, units);
        }

        private static ServiceSystem launchd(ServiceSetup setup) {
            Path library = setup.system()
                    ? Path.of("/Library")
                    : Path.of(System.getProperty("user.home", "")).resolve("Library");
            Path log = library.resolve("Logs/antiphon.log");
            return new LaunchdService(
                    setup, library.resolve(setup.system() ? "LaunchDaemons" : "LaunchAgents"), log, userNumber());
        }

        private static String userNumber() {
            try {
                return String.valueOf(Files.getAttribute(Path.of(System.getProperty("user.home", "")), "unix:uid"));
            } catch (IOException | UnsupportedOperationException | IllegalArgumentException none) {
                return "501";
            }
        }

        /** Before anything is changed or asked. */
        static void requireServices() {
            if (!isMac() && !Files.isDirectory(SYSTEMD_RUNS)) {
                throw new UserException("service: systemd does not run here; allowed: Linux with systemd, or macOS."
                        + " Have your own system start: " + Installation.home().resolve("bin/antiphon") + " run");
            }
        }
    }

    /** {@code antiphon service install}. */
    @Command(
            name = "install",
            description =
                    "Start it now and from now on; once more after an upgrade or a move. Options of run go behind --,"
                            + " as in: service install -- --mode duet. Settings are better kept in antiphon.toml.",
            mixinStandardHelpOptions = true)
    static final class Install implements Callable<Integer> {
        @Mixin
        private Scope scope;

        @Mixin
        private ForceOption force;

        @Option(names = "--dry-run", description = "Only show what would be written and run.")
        private boolean dryRun;

        @Option(
                names = "--on-keyboard",
                description =
                        "Start it when there is a MIDI device or one is plugged in, instead of at login. It goes on when"
                                + " the device goes.")
        private boolean onKeyboard;

        @Option(
                names = "--as",
                paramLabel = "USER",
                description = "With --system: whose rights it has; who runs JACK is best. Default: who called sudo.")
        private @Nullable String as;

        @Parameters(paramLabel = "OPTION", description = "Options of run, behind --.")
        private List<String> options = List.of();

        @Override
        public Integer call() {
            requireOptionsOfRun(options);
            ServicePlan plan = scope.of(options, onKeyboard, as).install();
            return carryOut(plan, dryRun, force, "installed. See: antiphon service status, antiphon service logs");
        }

        /** What would be wrong at each start is said now. */
        static void requireOptionsOfRun(List<String> options) {
            try {
                Main.runOnly(true).parseArgs(options.toArray(String[]::new));
            } catch (ParameterException wrong) {
                throw new UserException("--: " + Shown.line(wrong.getMessage())
                        + " Allowed: options of antiphon run. See: antiphon run --help");
            }
        }
    }

    /** {@code antiphon service uninstall}. */
    @Command(
            name = "uninstall",
            description = "Stop it, and start it no more. Settings, takes and networks stay.",
            mixinStandardHelpOptions = true)
    static final class Uninstall implements Callable<Integer> {
        @Mixin
        private Scope scope;

        @Mixin
        private ForceOption force;

        @Option(names = "--dry-run", description = "Only show what would be removed and run.")
        private boolean dryRun;

        @Override
        public Integer call() {
            ServicePlan plan = scope.of(List.of(), false, null).uninstall();
            return carryOut(plan, dryRun, force, "not installed.");
        }
    }

    /** {@code antiphon service status}. */
    @Command(
            name = "status",
            description = "Whether it runs, and what it does. Ends as systemctl status does: 0 if it runs, 3 if not.",
            mixinStandardHelpOptions = true)
    static final class Status implements Callable<Integer> {
        @Mixin
        private Scope scope;

        @Option(names = "--dry-run", description = "Only show what would be run.")
        private boolean dryRun;

        @Override
        public Integer call() {
            return show(scope.of(List.of(), false, null).status(), dryRun);
        }
    }

    /** {@code antiphon service logs}. */
    @Command(name = "logs", description = "What it printed.", mixinStandardHelpOptions = true)
    static final class Logs implements Callable<Integer> {
        @Mixin
        private Scope scope;

        @Option(names = "--dry-run", description = "Only show what would be run.")
        private boolean dryRun;

        @Option(
                names = {"-n", "--lines"},
                paramLabel = "N",
                description = "The last so many lines (${DEFAULT-VALUE}).",
                defaultValue = "100")
        private int lines;

        @Option(
                names = {"-f", "--follow"},
                description = "Go on with what comes, until Ctrl-C.")
        private boolean follow;

        @Override
        public Integer call() {
            if (lines < 1) {
                throw new UserException("--lines = " + lines + ": too few; allowed: 1 or more.");
            }
            return show(scope.of(List.of(), false, null).logs(lines, follow), dryRun);
        }
    }

    private static int carryOut(ServicePlan plan, boolean dryRun, ForceOption force, String done) {
        if (dryRun) {
            plan.show(System.out);
            return 0;
        }
        Scope.requireServices();
        plan.perform(force, ServiceCommand::shell, System.out);
        System.out.println(done);
        return 0;
    }

    private static int show(List<String> command, boolean dryRun) {
        if (dryRun) {
            System.out.println("would run: " + ServicePlan.quoted(command));
            return 0;
        }
        Scope.requireServices();
        return shell(command, true).status();
    }

    private static ServicePlan.Ended shell(List<String> command, boolean shown) {
        ProcessBuilder builder = new ProcessBuilder(command);
        try {
            if (shown) {
                return new ServicePlan.Ended(builder.inheritIO().start().waitFor(), "");
            }
            Process process = builder.redirectErrorStream(true).start();
            process.getOutputStream().close();
            try (InputStream printed = process.getInputStream()) {
                String output = new String(printed.readAllBytes(), StandardCharsets.UTF_8);
                return new ServicePlan.Ended(process.waitFor(), output);
            }
        } catch (IOException missing) {
            throw new UserException(
                    "service: " + command.getFirst() + ": cannot be started; it must be on the PATH. Install it.");
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return new ServicePlan.Ended(Failure.FAILED, "interrupted");
        }
    }
}
