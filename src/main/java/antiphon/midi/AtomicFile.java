package antiphon.midi;

import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Writes a file beside its place and moves it there when it is whole, so that nobody ever sees half a file and a
 * failure leaves the old one as it was.
 */
final class AtomicFile {
    /** Fills the temporary file it is given. */
    @FunctionalInterface
    interface Content {
        void writeTo(Path temporary) throws IOException;
    }

    private AtomicFile() {}

    /** @throws MidiException if it cannot be written */
    static void write(Path target, Content content) {
        if (Files.exists(target) && !Files.isRegularFile(target)) {
            // A folder cannot be replaced, and a device must not be.
            throw new MidiException(
                    target + ": no ordinary file; a new name or one to replace needed. Choose another.");
        }
        // Not createTempFile: that makes files which only their owner may read.
        Path temporary = target.resolveSibling(
                target.getFileName() + "." + ProcessHandle.current().pid() + ".part");
        try {
            try {
                content.writeTo(temporary);
                move(temporary, target);
            } finally {
                Files.deleteIfExists(temporary);
            }
        } catch (NoSuchFileException e) {
            throw new MidiException(target + ": no such folder. Create it first, or write elsewhere.", e);
        } catch (IOException e) {
            throw new MidiException(
                    target + ": cannot be written (" + e.getMessage() + "). Check permissions and room, or write"
                            + " elsewhere.",
                    e);
        }
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
