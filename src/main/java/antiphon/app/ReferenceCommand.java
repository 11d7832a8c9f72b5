package antiphon.app;

import antiphon.Amount;
import antiphon.corpus.Corpus;
import antiphon.corpus.Piece;
import antiphon.corpus.Score;
import antiphon.corpus.Split;
import antiphon.reference.ReferenceModels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code antiphon reference}: counts the music that a network learns from, for {@code eval} to compare it with. */
@Command(
        name = "reference",
        description =
                "Count the training part of a corpus: the unigram and the 5-gram that eval compares networks with.",
        mixinStandardHelpOptions = true)
final class ReferenceCommand implements Runnable {
    @Parameters(arity = "1..*", paramLabel = "CORPUS", description = "MIDI files, folders of them, or CSVs of notes.")
    private List<Path> sources;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            required = true,
            description = "The file of counts to write, for example models/reference.counts.")
    private Path output;

    @Option(
            names = "--least-worth",
            paramLabel = "R",
            description = "Leave out what saves fewer bits than R times its size in the file; 0 keeps all. Default: "
                    + ReferenceModels.DEFAULT_MIN_WORTH + ".")
    private double minWorth = ReferenceModels.DEFAULT_MIN_WORTH;

    @Override
    public void run() {
        if (!(minWorth >= 0 && minWorth <= 1000)) {
            throw new UserException("--least-worth: " + minWorth + "; allowed: 0 to 1000.");
        }
        Progress progress = new Progress();
        Corpus corpus = Corpus.load(sources, progress::note);
        System.out.println(corpus.description());
        List<Piece> train = Split.TRAIN.select(corpus.pieces());
        if (train.isEmpty()) {
            throw new UserException("corpus: all " + corpus.pieces().size()
                    + " pieces are held out for judging; one at least must be left to count. Add pieces.");
        }
        List<Piece> valid = Split.VALID.select(corpus.pieces());
        long notes = train.stream()
                .mapToLong(piece -> piece.performance().notes().size())
                .sum();
        String counted = Amount.grouped(notes, "note") + " of " + Amount.grouped(train.size(), "piece");
        progress.show("counting " + counted);
        ReferenceModels models = ReferenceModels.count(train, counted, minWorth);
        models.write(output);
        progress.end();
        System.out.printf(Locale.ROOT, "%s: %,d values after contexts, %,d bytes%n", counted, models.size(), bytes());
        if (valid.isEmpty()) {
            System.out.println("nothing held out to judge by");
        } else {
            print("unigram", models.unigram(valid));
            print("5-gram", models.fiveGram(valid));
        }
        System.out.println(output + ": written.");
    }

    private long bytes() {
        try {
            return Files.size(output);
        } catch (IOException failure) {
            throw new UserException(output + ": cannot be read again (" + failure.getMessage() + ").");
        }
    }

    private static void print(String name, Score score) {
        System.out.printf(
                Locale.ROOT,
                "%s: %.3f bits per note held out: kind %.3f, time %.3f, pitch %.3f, velocity %.3f%n",
                name,
                score.bitsPerNote(),
                score.kind(),
                score.time(),
                score.pitch(),
                score.velocity());
    }
}
