package antiphon.file;

import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

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

    private AtomicFile() {}

    /**
     * Writes the file. Whatever {@code content} throws ends it, with the old file in place and no temporary one left.
     *
     * @throws IOException if it cannot be written; {@link #why} puts that into words
     */
    public static void write(Path target, Content content) throws IOException {
        if (isOther(target)) {
            throw new FileSystemException(target.toString(), null, NO_ORDINARY_FILE);
        }
        // Not createTempFile: that makes files which only their owner may read.
        Path temporary = target.resolveSibling(
                target.getFileName() + "." + ProcessHandle.current().pid() + ".part");
        try {
            content.writeTo(temporary);
            move(temporary, target);
        } catch (IOException | RuntimeException | Error failure) {
            remove(temporary, failure);
            throw failure;
        }
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
        return target + ": cannot be written (" + reason(failure)
                + "). Check permissions and room, or write elsewhere.";
    }

    /** A folder cannot be replaced, and a device must not be. */
    private static boolean isOther(Path target) {
        return Files.exists(target) && !Files.isRegularFile(target);
    }

    /** Some exceptions tell only by their type what is wrong, and have nothing but the file's name for a message. */
    private static String reason(Exception failure) {
        return failure instanceof FileSystemException bare && bare.getReason() == null
                ? failure.getClass().getSimpleName() + ": " + failure.getMessage()
                : String.valueOf(failure.getMessage());
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
