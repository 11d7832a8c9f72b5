package antiphon.app;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.function.Supplier;

/**
 * A log that does not grow for ever: a file that would become too large gets the ending {@code .1}, what had that gets
 * {@code .2}, and so on, and the oldest is deleted. Each line begins with the time. Any thread may write; lines stay whole
 * if each is written at once, as {@link QueuedOutput} does.
 */
final class LogFile extends OutputStream {
    private final Path file;
    private final long maxBytes;
    private final int kept;
    private final Supplier<String> clock;
    private OutputStream out;
    private long bytes;
    private boolean lineBegins = true;

    /**
     * Opens it, and goes on behind what is there.
     *
     * @param maxBytes of one file; a single line may be longer
     * @param kept former files, 1 or more
     * @param clock the time as people write it
     */
    LogFile(Path file, long maxBytes, int kept, Supplier<String> clock) throws IOException {
        this.file = file.toAbsolutePath();
        this.maxBytes = maxBytes;
        this.kept = kept;
        this.clock = clock;
        Path folder = this.file.getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        out = open();
    }

    @Override
    public void write(int single) throws IOException {
        write(new byte[] {(byte) single}, 0, 1);
    }

    @Override
    public synchronized void write(byte[] text, int offset, int length) throws IOException {
        if (length == 0) {
            return;
        }
        byte[] time = lineBegins ? (clock.get() + ' ').getBytes(StandardCharsets.US_ASCII) : new byte[0];
        if (lineBegins && bytes > 0 && bytes + time.length + length > maxBytes) {
            rotate();
        }
        out.write(time);
        out.write(text, offset, length);
        bytes += time.length + length;
        lineBegins = text[offset + length - 1] == '\n';
    }

    @Override
    public synchronized void close() throws IOException {
        out.close();
    }

    private OutputStream open() throws IOException {
        // Unbuffered: what was said last before a crash matters most.
        OutputStream opened = new FileOutputStream(file.toFile(), true);
        bytes = Files.size(file);
        return opened;
    }

    private void rotate() throws IOException {
        out.close();
        try {
            for (int i = kept; i > 0; i--) {
                move(i == 1 ? file : former(i - 1), former(i));
            }
        } finally {
            // If it cannot be renamed it grows on: better than no log.
            out = open();
        }
    }

    private Path former(int number) {
        return file.resolveSibling(file.getFileName() + "." + number);
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        } catch (NoSuchFileException notYetSoMany) {
            // There were fewer turns than files are kept.
        }
    }
}
