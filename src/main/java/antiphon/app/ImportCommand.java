package antiphon.app;

import antiphon.Amount;
import antiphon.corpus.ImportTally;
import antiphon.corpus.MidiImport;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code antiphon import}: MIDI files to a CSV of notes. */
@Command(
        name = "import",
        description = "Write the notes of MIDI files, archives and data sets to a CSV, one line a note.",
        mixinStandardHelpOptions = true)
final class ImportCommand implements Runnable {
    @Parameters(
            arity = "1..*",
            paramLabel = "DIR|FILE",
            description = "MIDI files, folders, archives, and folders of archives.")
    private List<Path> sources;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "notes.csv",
            required = true,
            description = "The file to write.")
    private Path output;

    @Option(
            names = "--without",
            split = ",",
            paramLabel = "SET",
            description = "Data sets to leave out, by the names that import prints.")
    private Set<String> without = Set.of();

    @Option(
            names = "--no-caveats",
            description =
                    "Leave out the data sets whose licence may not cover all that they hold: pianolatron, tiny (some of its rolls), jazz_csv"
                            + " and pop909.")
    private boolean noCaveats;

    @Mixin
    private ForceOption force;

    @Override
    public void run() {
        force.requireNew(output, "");
        Progress progress = new Progress();
        List<ImportTally> tallies = MidiImport.run(sources, output, without, !noCaveats, new MidiImport.Listener() {
            @Override
            public void skipped(String message) {
                progress.note(message);
            }

            @Override
            public void progress(String dataSet, int done, int pieces) {
                progress.show(dataSet + ": " + done + " of " + pieces);
            }
        });
        progress.end();
        tallies.forEach(ImportCommand::print);
        System.out.println(Shown.line(output) + ": "
                + Amount.grouped(tallies.stream().mapToLong(ImportTally::notes).sum(), "note") + " of "
                + Amount.grouped(tallies.stream().mapToInt(ImportTally::pieces).sum(), "piece") + ".");
    }

    private static void print(ImportTally tally) {
        System.out.printf(
                Locale.ROOT,
                "%-12s kept %,5d pieces, %,9d notes, %.1f h%n",
                Shown.line(tally.name()),
                tally.pieces(),
                tally.notes(),
                tally.hours());
        tally.dropped().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(entry -> System.out.printf(
                        Locale.ROOT, "%-12s dropped %,d: %s%n", "", entry.getValue(), entry.getKey()));
    }
}
