package antiphon.file;

import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;

/** Why a file could not be read or written, in a few words for people. */
public final class Reason {
    private Reason() {}

    /** Some exceptions tell only by their type what is wrong, and have nothing but the file's name for a message. */
    public static String of(Exception failure) {
        if (failure instanceof UncheckedIOException wrapped && wrapped.getCause() != null) {
            return of(wrapped.getCause());
        }
        if (failure instanceof FileSystemException file && file.getReason() == null) {
            return switch (file) {
                case AccessDeniedException denied -> "permission denied";
                case NoSuchFileException gone -> "no such file: " + gone.getMessage();
                case FileSystemLoopException loop -> "it leads round in a circle";
                default -> failure.getClass().getSimpleName() + ": " + failure.getMessage();
            };
        }
        return String.valueOf(failure.getMessage());
    }
}
