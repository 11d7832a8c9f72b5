package antiphon.app;

import antiphon.model.StackedLstm;
import antiphon.train.Corpus;
import antiphon.train.Evaluation;
import antiphon.train.Score;
import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code antiphon eval}: how well a network foresees music. */
@Command(
        name = "eval",
        description = "Measure in bits per note how well a network foresees the music in a folder; lower is better.",
        mixinStandardHelpOptions = true)
final class EvalCommand implements Runnable {
    @Parameters(arity = "1..*", paramLabel = "CORPUS", description = "MIDI files, folders of them, or CSVs of notes.")
    private List<Path> sources;

    @Option(names = "--json", description = "For programs.")
    private boolean json;

    @Option(
            names = "--memory",
            description = "Judge once more with the memory of motifs that the network plays with (play.memory).")
    private boolean memory;

    @Mixin
    private ModelOptions options;

    @Override
    public void run() {
        Path model = options.load().model().path(Installation.home());
        Progress progress = new Progress();
        Corpus corpus = Corpus.load(sources, progress::note);
        StackedLstm network = Performer.loadModel(model);
        if (memory && network.cacheWeights().isEmpty()) {
            throw new UserException(
                    model + ": no memory was tuned for it; needed for --memory. Run: antiphon model tune");
        }
        Score score = Evaluation.of(network, corpus.pieces());
        Score remembering = memory ? Evaluation.of(network, corpus.pieces(), true) : score;
        if (json) {
            printJson(score, remembering);
            return;
        }
        System.out.println(corpus.description());
        print(model.toString(), score);
        if (memory) {
            print("with the memory of motifs", remembering);
        }
    }

    private static void print(String title, Score score) {
        System.out.printf(Locale.ROOT, "%s: %.3f bits per note%n", title, score.bitsPerNote());
        System.out.printf(
                Locale.ROOT,
                "  kind %.3f, time %.3f, pitch %.3f, velocity %.3f (%,d notes, %,d events)%n",
                score.kind(),
                score.time(),
                score.pitch(),
                score.velocity(),
                score.notes(),
                score.events());
    }

    private void printJson(Score score, Score remembering) {
        Map<String, Object> map = score.toMap();
        if (memory) {
            map.put("memory", remembering.toMap());
        }
        try {
            System.out.println(JSON.std.asString(map));
        } catch (IOException failure) {
            throw new UserException("eval: cannot be written as JSON (" + failure.getMessage() + ").");
        }
    }
}
