package antiphon.app;

import antiphon.corpus.Corpus;
import antiphon.corpus.Piece;
import antiphon.corpus.Split;
import antiphon.improv.part.Critic;
import antiphon.judge.CriticTuning;
import antiphon.judge.JudgeException;
import antiphon.model.CacheWeights;
import antiphon.model.CriticWeights;
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
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code antiphon model tune}: how far a network should trust its memory of motifs, and which of its answers are good,
 * written into its file.
 */
@Command(
        name = "tune",
        description = "Tune how a network takes up motifs (play.memory) and which of several answers is played"
                + " (plan.candidates), on the pieces of a corpus that training keeps for validation, and write"
                + " that into its file. The network itself stays as it is.",
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

    @Option(names = "--critic-only", description = "Leave the memory of motifs as it is.")
    private boolean criticOnly;

    @Override
    public void run() {
        StackedLstm network = Performer.loadModel(path, Precision.F32);
        Progress progress = new Progress();
        Corpus corpus = Corpus.load(sources, progress::note);
        List<Piece> held = Split.VALID.select(corpus.pieces());
        // One musician's folder may be too small to have a validation side: then all of it is used.
        List<Piece> valid = held.size() < FEWEST_PIECES ? corpus.pieces() : held;
        ModelFile file = ModelFile.read(path);
        Map<String, String> metadata = new TreeMap<>(file.metadata());
        if (!criticOnly) {
            tuneMemory(network, valid, metadata, progress);
        }
        ModelFile tuned = new ModelFile(file.tensors(), metadata);
        tuneCritic(tuned, valid, progress);
        tuned.write(path);
    }

    private void tuneMemory(StackedLstm network, List<Piece> valid, Map<String, String> metadata, Progress progress) {
        CacheTuning.Result result =
                CacheTuning.tune(network, valid, done -> progress.show(done + " of " + valid.size() + " pieces heard"));
        progress.end();
        if (bits(result.bitsAfter()) < bits(result.bitsBefore())) {
            metadata.put(CacheWeights.KEY, result.weights().toString());
            tell(result);
        } else {
            System.out.println(path + ": its memory is left as it is, because one does not help with this music.");
        }
    }

    /** The critic judges by the memory that was just tuned. */
    private void tuneCritic(ModelFile tuned, List<Piece> valid, Progress progress) {
        StackedLstm network = new StackedLstm(tuned, Precision.F16);
        try {
            CriticTuning.Result result = CriticTuning.tune(
                    network,
                    valid,
                    network.criticWeights().orElse(Critic.usual()),
                    done -> progress.show(done + " calls answered"));
            progress.end();
            tuned.metadata().put(CriticWeights.KEY, result.weights().toString());
            System.out.printf(Locale.ROOT, "%s: %s = %s%n", path, CriticWeights.KEY, result.weights());
            System.out.printf(
                    Locale.ROOT,
                    "  tells people's answers from drawn ones in %.1f %% of pairs not tuned on, before in %.1f %% (%d calls)%n",
                    100 * result.told(),
                    100 * result.toldBefore(),
                    result.calls());
        } catch (JudgeException tooFew) {
            progress.end();
            System.out.println(path + ": its critic is left as it is: " + tooFew.getMessage());
        }
    }

    private void tell(CacheTuning.Result result) {
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
