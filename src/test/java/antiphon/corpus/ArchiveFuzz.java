package antiphon.corpus;

import antiphon.Fuzzing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Any bytes as an archive, of the kind that the first byte chooses: unpacked into its own folder and nowhere else, or refused
 * in one line, and removed afterwards.
 */
public final class ArchiveFuzz {
    private static final List<String> ENDINGS = List.of(".zip", ".tar", ".tar.gz", ".tar.xz", ".mid.gz");

    /** With temporary folders in it: all that may be written is seen. */
    private static final Path FOLDER = Fuzzing.folder("archive");

    static {
        System.setProperty("java.io.tmpdir", FOLDER.toString());
    }

    private ArchiveFuzz() {}

    /** One archive. */
    public static void fuzzerTestOneInput(byte[] bytes) throws IOException {
        if (bytes.length == 0) {
            return;
        }
        Path file = FOLDER.resolve("any" + ENDINGS.get((bytes[0] & 0xFF) % ENDINGS.size()));
        Fuzzing.write(file, Arrays.copyOfRange(bytes, 1, bytes.length));
        try (Archive unpacked = Archive.unpack(file)) {
            Fuzzing.require(unpacked != null, "nothing");
        } catch (CorpusException refused) {
            Fuzzing.requireSaid(refused, String.valueOf(file.getFileName()));
        } finally {
            Files.delete(file);
        }
        try (Stream<Path> left = Files.list(FOLDER)) {
            List<Path> all = left.toList();
            Fuzzing.require(all.isEmpty(), "left behind: " + all);
        }
    }
}
