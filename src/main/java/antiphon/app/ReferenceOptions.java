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

    /** None, and a notice, if the shipped ones are missing; those the user names must be there. */
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
