package antiphon.app;

import antiphon.corpus.Learned;
import antiphon.model.ModelFile;
import antiphon.model.Precision;
import antiphon.model.StackedLstm;
import antiphon.model.Tensor;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code antiphon model inspect}: what is in a model file. */
@Command(
        name = "model",
        description = "Look into model files, tune them, and make what they can learn from.",
        mixinStandardHelpOptions = true,
        subcommands = {ModelCommand.Inspect.class, TuneCommand.class, ChooseCommand.class})
final class ModelCommand implements Runnable {
    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @Override
    public void run() {
        throw new CommandLine.ParameterException(
                spec.commandLine(), "model: no subcommand; allowed: inspect, tune, choose.");
    }

    /** Prints what the file says about itself, and its tensors. */
    @Command(
            name = "inspect",
            description = "Print a model's size, what it says about itself, and its tensors.",
            mixinStandardHelpOptions = true)
    static final class Inspect implements Runnable {
        @Parameters(paramLabel = "FILE", description = "A .safetensors file.")
        private Path path;

        @Override
        public void run() {
            ModelFile file = ModelFile.read(path);
            StackedLstm model = Performer.loadModel(path, Precision.F32);
            long parameters = file.tensors().values().stream()
                    .mapToLong(tensor -> tensor.values().length)
                    .sum();
            System.out.printf(
                    "%s: %d LSTM layers of %d, %,d parameters%n", path, model.layers(), model.width(), parameters);
            file.metadata()
                    .forEach((key, value) -> System.out.printf(
                            "  %-24s %s%n",
                            key,
                            key.equals(Learned.KEY)
                                    ? Learned.parse(value).map(Learned::size).orElse(0) + " fingerprints of pieces"
                                    : value));
            System.out.println("tensors");
            for (Map.Entry<String, Tensor> entry : file.tensors().entrySet()) {
                String shape = IntStream.of(entry.getValue().shape())
                        .mapToObj(Integer::toString)
                        .collect(Collectors.joining(" × "));
                System.out.printf("  %-24s %s%n", entry.getKey(), shape);
            }
        }
    }
}
