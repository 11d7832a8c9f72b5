package antiphon.app;

import antiphon.model.StackedLstm;
import antiphon.train.Corpus;
import antiphon.train.Evaluation;
import antiphon.train.Piece;
import antiphon.train.ReferenceModels;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
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

    @Option(
            names = "--split",
            paramLabel = "all|train|valid|test",
            description = "Judge by this part of the music. Default: all.")
    private JudgedPart part = JudgedPart.ALL;

    @Option(names = "--json", description = "For programs.")
    private boolean json;

    @Mixin
    private ModelOptions options;

    @Mixin
    private ReferenceOptions references;

    @Mixin
    private ReportOptions report;

    @Override
    public void run() {
        Path model = options.load().model().path(Installation.home());
        Progress progress = new Progress();
        Corpus corpus = Corpus.load(sources, progress::note);
        List<Piece> pieces = part.select(corpus);
        StackedLstm network = Performer.loadModel(model);
        report.report(network, model, new Corpus(pieces, corpus.description()), progress);
        Optional<ReferenceModels> models = references.load(progress);
        EvalScores scores = EvalScores.of(Evaluation.of(network, pieces), models, pieces);
        if (json) {
            System.out.println(scores.json());
            return;
        }
        System.out.println(corpus.description());
        System.out.println(model);
        scores.table().forEach(System.out::println);
    }
}
