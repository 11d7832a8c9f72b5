package antiphon.app;

import antiphon.Amount;
import antiphon.corpus.CorpusIndex;
import antiphon.corpus.PreparedCorpus;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code antiphon prepare}: a corpus as events, for trainers in other languages. */
@Command(
        name = "prepare",
        description = "Write a corpus as files of events, for the PyTorch trainer in src/torch.",
        mixinStandardHelpOptions = true)
final class PrepareCommand implements Runnable {
    @Parameters(arity = "1..*", paramLabel = "CORPUS", description = "MIDI files, folders of them, or CSVs of notes.")
    private List<Path> sources;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "DIR",
            required = true,
            description = "The folder to write to; made if it is missing.")
    private Path output;

    @Option(
            names = "--passes",
            paramLabel = "N",
            defaultValue = "4",
            description = "How many times each piece comes, in a new dialogue each time. Default: 4.")
    private int passes;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Same seed, same corpus: same files. Default: 1.")
    private long seed;

    @Override
    public void run() {
        // Before anything is read, which can take long.
        PreparedCorpus.requirePasses(passes);
        Progress progress = new Progress();
        CorpusIndex corpus = CorpusIndex.of(sources, new CorpusIndex.Listener() {
            @Override
            public void skipped(String message) {
                progress.note(message);
            }

            @Override
            public void progress(String state) {
                progress.show(state);
            }
        });
        progress.end();
        System.out.println(corpus.description());
        PreparedCorpus prepared = PreparedCorpus.write(
                corpus,
                output,
                passes,
                seed,
                (file, done, pieces) -> progress.show(file + ": " + done + " of " + pieces + " pieces"));
        progress.end();
        prepared.train().forEach(PrepareCommand::print);
        print(prepared.valid());
        print(prepared.test());
        System.out.println(output.resolve(PreparedCorpus.INDEX) + ": written.");
    }

    private static void print(PreparedCorpus.Part part) {
        System.out.println(part.file() + ": " + Amount.grouped(part.pieces(), "piece") + ", "
                + Amount.grouped(part.notes(), "note") + ", " + Amount.grouped(part.events(), "event"));
    }
}
