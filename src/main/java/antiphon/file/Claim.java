package antiphon.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.LongPredicate;
import java.util.regex.Pattern;

/**
 * Keeps a place for one process that writes there again and again over a long time; for what is written once
 * {@link AtomicFile#writtenElsewhere} does. The claim is a file beside the place that has the process's number in its name,
 * goes when the process is told to end, and counts no more when it is gone.
 */
public final class Claim {
    private Claim() {}

    /** Another process that runs has the place; the message is one line for people. */
    public static final class TakenException extends IOException {
        private static final long serialVersionUID = 1;

        TakenException(String message) {
            super(message);
        }
    }

    /**
     * Does some work while no other process that asks can have the place. Where no file can be made there the work is done all
     * the same: it tells better why it cannot write.
     *
     * @throws TakenException before the work if another process has it
     */
    public static void during(Path place, Runnable work) throws TakenException {
        Path file = place.resolveSibling(
                place.getFileName() + "." + ProcessHandle.current().pid() + ".claim");
        Pattern claims =
                Pattern.compile(Pattern.quote(String.valueOf(place.getFileName())) + "\\.([0-9]{1,10})\\.claim");
        requireFree(place, claims, pid -> true);
        try {
            make(file, claims);
            // Of two that began at once the one with the lower number goes on.
            requireFree(place, claims, pid -> pid < ProcessHandle.current().pid());
            work.run();
        } finally {
            Temporary.remove(file);
        }
    }

    private static void make(Path file, Pattern claims) {
        try {
            Path folder = AtomicFile.folderOf(file);
            Files.createDirectories(folder);
            for (Path left : Temporary.of(folder, claims, false)) {
                Files.deleteIfExists(left);
            }
            Temporary.remember(file);
            Files.write(file, new byte[0]);
        } catch (IOException cannot) {
            // The work will meet the same.
            Temporary.forget(file);
        }
    }

    private static void requireFree(Path place, Pattern claims, LongPredicate counts) throws TakenException {
        List<Path> others = Temporary.of(AtomicFile.folderOf(place), claims, true);
        for (Path other : others) {
            AtomicFile.Draft draft = new AtomicFile.Draft(other, Temporary.pid(other, claims));
            if (counts.test(draft.pid())) {
                throw new TakenException(draft.refusal(place));
            }
        }
    }
}
