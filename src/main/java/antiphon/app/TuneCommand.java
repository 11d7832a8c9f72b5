package antiphon.app;

import antiphon.corpus.Corpus;
import antiphon.corpus.Piece;
import antiphon.corpus.Split;
import antiphon.model.CacheWeights;
import antiphon.model.ModelFile;
import antiphon.model.Precision;
import antiphon.model.StackedLstm;
import antiphon.train.CacheTuning;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code antiphon model tune}: how far a network should trust its memory of motifs, written into its file. */
@Command(
        name = "tune",
        description =
                "Tune how a network takes up motifs (play.memory), on the pieces of a corpus that training keeps for"
                        + " validation, and write that into its file. The network itself stays as it is.",
        mixinStandardHelpOptions = true)
final class TuneCommand implements Runnable {
    private static final int FEWEST_PIECES = 4;

    @Parameters(index = "0", paramLabel = "FILE", description = "A .safetensors file; it is replaced.")
    private Path path;

    @Parameters(
            index = "1..*",
            arity = "1..*",
            paramLabel = "CORPUS",
            description = "MIDI files, folders of them, or CSVs of notes.")
    private List<Path> sources;

    @Override
    public void run() {
        StackedLstm network = Performer.loadModel(path, Precision.F32);
        Progress progress = new Progress();
        Corpus corpus = Corpus.load(sources, progress::note);
        List<Piece> held = Split.VALID.select(corpus.pieces());
        // One musician's folder may be too small to have a validation side: then all of it is used.
        List<Piece> valid = held.size() < FEWEST_PIECES ? corpus.pieces() : held;
        CacheTuning.Result result =
                CacheTuning.tune(network, valid, done -> progress.show(done + " of " + valid.size() + " pieces heard"));
        progress.end();
        if (bits(result.bitsAfter()) >= bits(result.bitsBefore())) {
            System.out.println(path + ": left as it is, because a memory of motifs does not help with this music.");
            return;
        }
        ModelFile file = ModelFile.read(path);
        Map<String, String> metadata = new TreeMap<>(file.metadata());
        metadata.put(CacheWeights.KEY, result.weights().toString());
        new ModelFile(file.tensors(), metadata).write(path);
        System.out.printf(Locale.ROOT, "%s: %s = %s%n", path, CacheWeights.KEY, result.weights());
        System.out.printf(
                Locale.ROOT,
                "  bits per answered note, on %,d of pieces not tuned on: time %.3f to %.3f, pitch %.3f to %.3f%n",
                result.notes(),
                result.bitsBefore().get(0),
                result.bitsAfter().get(0),
                result.bitsBefore().get(1),
                result.bitsAfter().get(1));
    }

    /** The sum of time and pitch. The memory does not change velocity, so that is left out. */
    private static double bits(List<Double> fields) {
        return fields.get(0) + fields.get(1);
    }
}
