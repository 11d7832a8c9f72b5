package antiphon.app;

import antiphon.config.Config;
import antiphon.corpus.Corpus;
import antiphon.corpus.Piece;
import antiphon.corpus.Score;
import antiphon.model.StackedLstm;
import antiphon.reference.ReferenceModels;
import antiphon.train.Evaluation;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code antiphon eval}: how well a network predicts music. */
@Command(
        name = "eval",
        description = "Measure in bits per note how well a network predicts the music in a folder; lower is better.",
        mixinStandardHelpOptions = true)
final class EvalCommand implements Runnable {
    @Parameters(arity = "1..*", paramLabel = "CORPUS", description = "MIDI files, folders of them, or CSVs of notes.")
    private List<Path> sources;

    @Option(
            names = "--split",
            paramLabel = "all|train|valid|test",
            description = "Judge by this part of the music. Default: all.")
    private JudgedPart part = JudgedPart.ALL;

    @Option(names = "--json", description = "As JSON, for programs.")
    private boolean json;

    @Option(
            names = "--memory",
            description = "Judge once more with the memory of motifs that the network plays with (play.memory).")
    private boolean memory;

    @Mixin
    private ModelOptions options;

    @Mixin
    private ReferenceOptions references;

    @Mixin
    private ReportOptions report;

    @Override
    public void run() {
        Config.Model chosen = options.load().model();
        Path model = chosen.path(Installation.home());
        Progress progress = new Progress();
        Corpus corpus = Corpus.load(sources, progress::note);
        List<Piece> pieces = part.select(corpus);
        StackedLstm network = Performer.loadModel(model, chosen.precision());
        if (memory && network.cacheWeights().isEmpty()) {
            throw new UserException(
                    model + ": no memory of motifs was tuned for it; --memory needs one. Run: antiphon model tune");
        }
        report.report(network, model, part.of(corpus), progress);
        Optional<ReferenceModels> models = references.load(progress);
        Optional<Score> remembering = memory ? Optional.of(Evaluation.of(network, pieces, true)) : Optional.empty();
        EvalScores scores = EvalScores.of(Evaluation.of(network, pieces), remembering, models, pieces);
        if (json) {
            System.out.println(scores.json());
            return;
        }
        System.out.println(corpus.description());
        System.out.println(model + " in " + chosen.precision());
        scores.table().forEach(System.out::println);
    }
}
