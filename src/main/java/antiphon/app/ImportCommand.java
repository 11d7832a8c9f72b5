package antiphon.app;

import antiphon.train.MidiImport;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code antiphon import}: MIDI files to a CSV of notes. */
@Command(
        name = "import",
        description = "Write the notes of MIDI files to a CSV, one line a note.",
        mixinStandardHelpOptions = true)
final class ImportCommand implements Runnable {
    @Parameters(arity = "1..*", paramLabel = "DIR|FILE", description = "MIDI files, and folders that have some.")
    private List<Path> sources;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "notes.csv",
            required = true,
            description = "The file to write.")
    private Path output;

    @Override
    public void run() {
        Progress progress = new Progress();
        MidiImport counts = MidiImport.run(sources, output, new MidiImport.Listener() {
            @Override
            public void skipped(String message) {
                progress.note(message);
            }

            @Override
            public void progress(int done, int files) {
                progress.show(done + " of " + files + " files");
            }
        });
        progress.end();
        System.out.println(output + ": " + counts.notes() + " notes of " + counts.pieces() + " pieces, "
                + counts.skipped() + " files skipped.");
    }
}
