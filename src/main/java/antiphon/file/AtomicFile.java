package antiphon.file;

import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Writes a file beside its place and moves it there when it is whole, so that nobody ever sees half a file and a
 * failure leaves the old one as it was. Any thread; one writer of the same file at a time in one process.
 */
public final class AtomicFile {
    private static final String NO_ORDINARY_FILE =
            "no ordinary file; a new name or one to replace needed. Choose another.";

    /** Fills the temporary file that it is given. */
    @FunctionalInterface
    public interface Content {
        void writeTo(Path temporary) throws IOException;
    }

    private static final int MAX_LINKS = 40;

    private AtomicFile() {}

    /**
     * Writes the file. Whatever {@code content} throws ends it, with the old file in place and no temporary one left; nor
     * is one left where the process is told to stop, and what a killed process left goes. Where the target is a symbolic
     * link, it stays one and what it points to is written.
     *
     * @throws IOException if it cannot be written; {@link #why} puts that into words
     */
    public static void write(Path target, Content content) throws IOException {
        if (isOther(target)) {
            throw new FileSystemException(target.toString(), null, NO_ORDINARY_FILE);
        }
        Path file = behindLinks(target);
        for (Path left : Temporary.of(folderOf(file), draftsOf(file), false)) {
            Files.deleteIfExists(left);
        }
        // Not createTempFile: that makes files which only their owner may read.
        Path temporary = file.resolveSibling(
                file.getFileName() + "." + ProcessHandle.current().pid() + ".part");
        Temporary.remember(temporary);
        try {
            content.writeTo(temporary);
            move(temporary, file);
        } catch (IOException | RuntimeException | Error failure) {
            remove(temporary, failure);
            throw failure;
        } finally {
            Temporary.forget(temporary);
        }
    }

    /** The unfinished file of another process, whose number is {@code pid}. */
    public record Draft(Path file, long pid) {
        /** One line for people: why another process cannot write there now, and what to do. */
        public String refusal(Path target) {
            return target + ": is being written by process " + pid + "; one at a time allowed. Wait for its end, choose"
                    + " another -o, or, if that is no antiphon, remove " + file + ".";
        }
    }

    /** What another process that runs is writing in this place now, if one is. */
    public static Optional<Draft> writtenElsewhere(Path target) {
        try {
            Path file = behindLinks(target);
            return Temporary.of(folderOf(file), draftsOf(file), true).stream()
                    .findFirst()
                    .map(draft -> new Draft(draft, Temporary.pid(draft, draftsOf(file))));
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    private static Pattern draftsOf(Path file) {
        return Pattern.compile(Pattern.quote(String.valueOf(file.getFileName())) + "\\.([0-9]{1,10})\\.part");
    }

    static Path folderOf(Path file) {
        return file.toAbsolutePath().resolveSibling("");
    }

    /** Where a link leads, also if nothing is there yet. */
    private static Path behindLinks(Path target) throws IOException {
        Path file = target;
        for (int links = 0; Files.isSymbolicLink(file); links++) {
            if (links == MAX_LINKS) {
                throw new FileSystemException(target.toString(), null, "links that lead round in a circle");
            }
            file = file.resolveSibling(Files.readSymbolicLink(file));
        }
        return file;
    }

    /** One line for people: why {@link #write} could not write the file, and what to do. */
    public static String why(Path target, Exception failure) {
        if (isOther(target)) {
            return target + ": " + NO_ORDINARY_FILE;
        }
        if (failure instanceof NoSuchFileException
                && !Files.isDirectory(target.toAbsolutePath().resolveSibling(""))) {
            return target + ": no such folder. Create it first, or write elsewhere.";
        }
        return target + ": cannot be written (" + Reason.of(failure)
                + "). Check permissions and room, or write elsewhere.";
    }

    /** A folder cannot be replaced, and a device must not be. */
    private static boolean isOther(Path target) {
        return Files.exists(target) && !Files.isRegularFile(target);
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static void remove(Path temporary, Throwable because) {
        try {
            Files.deleteIfExists(temporary);
        } catch (IOException second) {
            because.addSuppressed(second);
        }
    }
}
