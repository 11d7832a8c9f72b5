package antiphon.app;

import antiphon.Amount;
import antiphon.live.LeftNotes;
import antiphon.live.LeftNotes.Outcome;
import antiphon.midi.MidiBackend;
import antiphon.midi.MidiException;
import antiphon.midi.PortInfo;
import antiphon.midi.open.Backends;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code antiphon release}: ends what an antiphon that was killed left sounding. A service manager runs it when the service
 * has ended. It reads no settings: the programs wrote down what is needed.
 */
@Command(
        name = ReleaseCommand.NAME,
        description = "End what an antiphon that was killed left sounding, wherever it was connected.",
        mixinStandardHelpOptions = true)
final class ReleaseCommand implements Callable<Integer> {
    static final String NAME = "release";
    static final String GUARD = "--guard";

    private static final String CLIENT = "antiphon-release";
    private static final int MAX_AGAIN = 4;
    private static final long PAUSE_NANOS = 20_000_000L;
    private static final PortInfo NOBODY = new PortInfo("antiphon-release:nobody", false, true);

    @Option(
            names = GUARD,
            paramLabel = "BACKEND",
            description = "Do it when the standard input ends, as it does when whoever started this is killed.")
    private @Nullable String guarded;

    @Override
    public Integer call() throws IOException {
        return guarded == null ? release() : guard(guarded);
    }

    /** True if {@link #start} knows these arguments. */
    static boolean isPlain(String... args) {
        return args.length > 0
                && args[0].equals(NAME)
                && (args.length == 1 || (args.length == 3 && args[1].equals(GUARD)));
    }

    /** The command without picocli, which takes longer to start than this takes to run. */
    static int start(String... args) {
        try {
            return args.length == 1 ? release() : guard(args[2]);
        } catch (IOException failure) {
            System.err.println("release: " + Shown.line(failure.getMessage()) + "; a standard input needed.");
            return Failure.FAILED;
        }
    }

    /** Waits beside a program that may be killed, and has done before what it will have to do then: that is fast. */
    private static int guard(String backend) throws IOException {
        rehearse(backend);
        while (System.in.read() >= 0) {
            // Nobody has anything to say.
        }
        return release();
    }

    private static void rehearse(String name) {
        try (MidiBackend backend = Backends.open(name, CLIENT)) {
            backend.start();
            backend.list();
            backend.sendOnly(NOBODY, new int[0]);
        } catch (MidiException notNow) {
            // Then the first time is slower.
        }
    }

    /** A server that has just lost a client, on a busy machine, may stand still for longer than one try waits. */
    private static int release() {
        LeftNotes.hurry();
        Backends.preload();
        try {
            List<Outcome> outcomes = tell();
            for (int again = 0; again < MAX_AGAIN && outcomes.stream().anyMatch(ReleaseCommand::failed); again++) {
                LockSupport.parkNanos(PAUSE_NANOS);
                outcomes = tell();
            }
            return outcomes.stream().mapToInt(ReleaseCommand::report).max().orElse(0);
        } catch (IOException failure) {
            System.err.println("release: " + Shown.line(failure.getMessage())
                    + "; a file that can be read and written is needed. Run: antiphon panic");
            return Failure.FAILED;
        }
    }

    private static List<Outcome> tell() throws IOException {
        List<Outcome> outcomes = new ArrayList<>();
        try (LeftNotes left = new LeftNotes(backend -> Backends.open(backend.isEmpty() ? "auto" : backend, CLIENT))) {
            for (Path file : Installation.allHeldNotes()) {
                outcomes.addAll(left.release(file));
            }
        }
        return outcomes;
    }

    private static boolean failed(Outcome outcome) {
        return !outcome.failure().isEmpty();
    }

    private static int report(Outcome outcome) {
        if (failed(outcome)) {
            System.err.println(Shown.line(outcome.failure()));
            return Failure.PORT_UNAVAILABLE;
        }
        System.out.println(
                "released " + Amount.of(outcome.messages(), "end") + " at " + Shown.line(outcome.receiver()));
        return 0;
    }
}
