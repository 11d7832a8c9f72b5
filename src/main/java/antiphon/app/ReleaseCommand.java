package antiphon.app;

import antiphon.Amount;
import antiphon.live.LeftNotes;
import antiphon.live.LeftNotes.Outcome;
import antiphon.midi.open.Backends;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/**
 * {@code antiphon release}: ends what an antiphon that was killed left sounding. A service manager runs it when the service
 * has ended; it must be done within a second, so it reads no settings: the programs wrote down what is needed.
 */
@Command(
        name = ReleaseCommand.NAME,
        description = "End what an antiphon that was killed left sounding, wherever it was connected.",
        mixinStandardHelpOptions = true)
final class ReleaseCommand implements Callable<Integer> {
    static final String NAME = "release";

    private static final String CLIENT = "antiphon-release";

    @Override
    public Integer call() {
        return release();
    }

    /** The command without picocli, which takes longer to start than this takes to run. */
    static int release() {
        Backends.preload();
        int status = 0;
        try (LeftNotes left = new LeftNotes(backend -> Backends.open(backend.isEmpty() ? "auto" : backend, CLIENT))) {
            for (Path file : Installation.allHeldNotes()) {
                for (Outcome outcome : left.release(file)) {
                    status = Math.max(status, report(outcome));
                }
            }
        } catch (IOException failure) {
            System.err.println("release: " + Shown.line(failure.getMessage())
                    + "; a file that can be read and written is needed. Run: antiphon panic");
            return Failure.FAILED;
        }
        return status;
    }

    private static int report(Outcome outcome) {
        if (!outcome.failure().isEmpty()) {
            System.err.println(Shown.line(outcome.failure()));
            return Failure.PORT_UNAVAILABLE;
        }
        System.out.println(
                "released " + Amount.of(outcome.messages(), "end") + " at " + Shown.line(outcome.receiver()));
        return 0;
    }
}
