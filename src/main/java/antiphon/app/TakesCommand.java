package antiphon.app;

import antiphon.config.Config;
import antiphon.live.JournalException;
import antiphon.live.Take;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code antiphon takes}: what was recorded. */
@Command(
        name = "takes",
        description = "What was recorded (run --record) or kept (keep).",
        mixinStandardHelpOptions = true,
        subcommands = {TakesCommand.Listing.class, TakesCommand.Export.class})
final class TakesCommand implements Runnable {
    private static final double NANOS_PER_SECOND = 1e9;

    @Override
    public void run() {
        new Listing().run();
    }

    /** Where the takes are. */
    static final class Folder {
        @Mixin
        private SettingsOptions options;

        @Option(
                names = "--dir",
                paramLabel = "DIR",
                description = "Where they lie. Default: record.dir, else ~/.local/share/antiphon/takes.")
        private @Nullable Path folder;

        Path path() {
            if (folder != null) {
                if (!Files.isDirectory(folder)) {
                    throw new UserException(folder + ": no such folder; allowed: a folder of takes. Check --dir.");
                }
                return folder;
            }
            Config config = (options == null ? new SettingsOptions() : options).load();
            return config.recordFolder().orElseGet(Installation::takes);
        }
    }

    /** {@code antiphon takes list}. */
    @Command(name = "list", description = "List the takes, oldest first.", mixinStandardHelpOptions = true)
    static final class Listing implements Runnable {
        @Mixin
        private Folder folder = new Folder();

        @Override
        public void run() {
            List<Path> journals = Take.in(folder.path());
            if (journals.isEmpty()) {
                System.out.println(
                        folder.path() + ": no takes. Make one: antiphon run --record DIR, or antiphon keep.");
            }
            for (int number = 1; number <= journals.size(); number++) {
                System.out.println(line(number, journals.get(number - 1)));
            }
        }

        private static String line(int number, Path journal) {
            try {
                Take take = Take.read(journal);
                return String.format(
                        Locale.ROOT,
                        "%3d  %s  %6.1f s  %4d notes of yours, %4d of the answers  %s",
                        number,
                        take.created(),
                        take.endNanos() / NANOS_PER_SECOND,
                        take.human().noteOns(),
                        take.answer().noteOns(),
                        journal.getFileName());
            } catch (JournalException damaged) {
                return String.format(Locale.ROOT, "%3d  %s", number, damaged.getMessage());
            }
        }
    }

    /** {@code antiphon takes export}. */
    @Command(name = "export", description = "Write a take as a MIDI file.", mixinStandardHelpOptions = true)
    static final class Export implements Runnable {
        @Mixin
        private Folder folder = new Folder();

        @Parameters(index = "0", paramLabel = "N", description = "Its number in the list.")
        private int number;

        @Option(
                names = {"-o", "--output"},
                paramLabel = "FILE.mid",
                required = true,
                description = MusicOutput.DESCRIPTION)
        private Path output;

        @Override
        public void run() {
            List<Path> journals = Take.in(folder.path());
            if (number < 1 || number > journals.size()) {
                throw new UserException("takes export: no take " + number + "; allowed: "
                        + (journals.isEmpty() ? "none, because there are no takes" : "1 to " + journals.size())
                        + ". See: antiphon takes list");
            }
            if (output.toString().endsWith(Take.SUFFIX)) {
                throw new UserException(output + ": is named like a journal; allowed: a MIDI file. Choose another -o.");
            }
            Take take = Take.read(journals.get(number - 1));
            new MusicOutput(output).write(take.tracks(), take.timeline());
            System.out.println(output);
        }
    }
}
