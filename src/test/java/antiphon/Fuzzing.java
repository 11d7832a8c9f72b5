package antiphon;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What the fuzz targets have in common: classes named {@code …Fuzz} with a {@code fuzzerTestOneInput}, which Jazzer calls
 * with bytes that reach more and more of the code ({@code src/bench/fuzz.sh}), and {@link FuzzFindingsTest} with what is kept
 * in {@code src/test/resources/fuzz}.
 */
public final class Fuzzing {
    /** In memory where there is such a folder: a fuzzer writes a file thousands of times a second. */
    private static final Path FAST = Path.of("/dev/shm");

    private static final int LONGEST_LINE = 2_000;

    private Fuzzing() {}

    /** Fails with these words unless it is so. */
    public static void require(boolean so, String otherwise) {
        if (!so) {
            throw new AssertionError(otherwise);
        }
    }

    /** A refusal for people: not endless, and it names the file. Whoever shows it makes one plain line of it. */
    public static void requireSaid(RuntimeException refusal, String file) {
        String line = String.valueOf(refusal.getMessage());
        require(line.contains(file), "does not name the file: " + line);
        require(line.length() <= LONGEST_LINE, "too long: " + line);
    }

    /** A folder of this process. */
    public static Path folder(String name) {
        try {
            Path folder = Files.isDirectory(FAST)
                    ? Files.createTempDirectory(FAST, "antiphon-fuzz-" + name)
                    : Files.createTempDirectory("antiphon-fuzz-" + name);
            folder.toFile().deleteOnExit();
            return folder;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** The file with these bytes, written anew. It goes with the process. */
    public static Path write(Path file, byte[] bytes) {
        try {
            Files.write(file, bytes);
            file.toFile().deleteOnExit();
            return file;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
