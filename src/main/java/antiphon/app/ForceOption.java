package antiphon.app;

import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The option of every command that would write over what took long to make: nothing is lost to a name typed twice. */
final class ForceOption {
    @Option(names = "--force", description = "Write over what is there under this name.")
    private boolean force;

    /**
     * Refuses a file that is there already, unless forced. What is no ordinary file is for the writer to refuse.
     *
     * @param elseDo what else than another -o can be done, with a comma behind it; may be empty
     */
    void requireNew(Path file, String elseDo) {
        if (!force && Files.isRegularFile(file)) {
            throw new UserException(file + ": exists already; allowed: a new name. Choose another -o, " + elseDo
                    + "or write over it with --force.");
        }
    }

    /** Refuses a file of the system's that somebody has edited, unless forced. */
    void requireUnedited(Path file, boolean edited) {
        if (!force && edited) {
            throw new UserException(
                    file + ": not as antiphon wrote it; allowed: one that nobody has edited. Keep it, or use --force.");
        }
    }
}
