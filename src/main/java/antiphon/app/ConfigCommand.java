package antiphon.app;

import antiphon.config.ConfigReader;
import antiphon.config.SettingsFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code antiphon config}: checks the settings, shows the values in force, and writes a new file of settings. */
@Command(
        name = "config",
        description = "Check, show and write settings.",
        mixinStandardHelpOptions = true,
        subcommands = {ConfigCommand.Check.class, ConfigCommand.Show.class, ConfigCommand.Init.class})
final class ConfigCommand implements Runnable {
    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @Override
    public void run() {
        throw new CommandLine.ParameterException(
                spec.commandLine(), "config: no subcommand; allowed: check, show, init.");
    }

    /** Says whether a file is right. Every mistake is a line, the same line as when run starts. */
    @Command(
            name = "check",
            description = "Say whether settings are right. Each mistake is a line; status 78 if there is one.",
            mixinStandardHelpOptions = true)
    static final class Check implements Runnable {
        @Parameters(
                paramLabel = "FILE",
                arity = "0..1",
                description = "The file to check. Default: what run would read, file and environment.")
        private @Nullable Path file;

        @Override
        public void run() {
            Map<String, String> environment = file == null ? System.getenv() : Map.of();
            Optional<Path> checked =
                    file == null ? SettingsFile.find(Installation.home(), environment) : Optional.of(file);
            ConfigReader.Reading reading = ConfigReader.read(checked, environment, Map.of(), Installation.presets());
            reading.warnings().forEach(System.err::println);
            System.out.println(
                    checked.map(path -> path + ": right").orElse("no settings file: the defaults are in force"));
        }
    }

    /** Prints every setting with its value in force. */
    @Command(
            name = "show",
            description = "Show every setting: its value in force, where that comes from, and whether it can change"
                    + " while playing. Takes the options of run.",
            mixinStandardHelpOptions = true)
    static final class Show implements Runnable {
        @Mixin
        private RunOptions options;

        @Option(names = "--json", description = "As JSON, for programs.")
        private boolean json;

        @Option(names = "--secrets", description = "Show page.token itself, not only whether it is set.")
        private boolean secrets;

        @Override
        public void run() {
            ConfigReader.Reading reading = options.read();
            reading.warnings().forEach(System.err::println);
            ConfigTable table = new ConfigTable(reading, secrets);
            if (json) {
                System.out.println(table.json());
            } else {
                table.lines().forEach(System.out::println);
            }
        }
    }

    /** Writes a file with every setting. */
    @Command(
            name = "init",
            description = "Write a file with every setting, its default, and what it does.",
            mixinStandardHelpOptions = true)
    static final class Init implements Runnable {
        @Parameters(
                paramLabel = "FILE",
                arity = "0..1",
                description = "The file to write. Default: your own, ~/.config/antiphon/antiphon.toml.")
        private @Nullable Path file;

        @Option(names = "--force", description = "Replace the file if it exists.")
        private boolean force;

        @Override
        public void run() {
            Path target = file == null ? SettingsFile.ofUser(System.getenv()) : file;
            if (Files.exists(target) && !force) {
                throw new UserException(target
                        + ": exists already; allowed: a new file. Choose another, or add --force to replace it.");
            }
            try {
                Path folder = target.toAbsolutePath().getParent();
                if (folder != null) {
                    Files.createDirectories(folder);
                }
                Files.writeString(target, SettingsFile.text());
                System.out.println(target + ": written.");
            } catch (IOException failure) {
                throw new UserException(target + ": cannot be written (" + failure + "). Choose another file.");
            }
        }
    }
}
