package antiphon.app;

import antiphon.reference.ReferenceModels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which counts to compare a network with. */
final class ReferenceOptions {
    private static final Path SHIPPED = Path.of("models", "reference.counts");

    @Option(
            names = "--reference",
            paramLabel = "FILE",
            description =
                    "Counts to compare with, made by antiphon reference. Default: those beside the shipped model.")
    private @Nullable Path file;

    /** The counts that were named, which must be there; else the shipped ones, or none and a notice if they are missing. */
    Optional<ReferenceModels> load(Progress progress) {
        if (file != null) {
            return Optional.of(ReferenceModels.read(file));
        }
        Path shipped = Installation.home().resolve(SHIPPED);
        if (!Files.exists(shipped)) {
            progress.note(shipped + ": not there, so no unigram and 5-gram to compare with. Make it: antiphon reference"
                    + " CORPUS -o " + shipped);
            return Optional.empty();
        }
        return Optional.of(ReferenceModels.read(shipped));
    }
}
