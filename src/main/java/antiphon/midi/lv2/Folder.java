package antiphon.midi.lv2;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The folder where plugins put their files. A cold thread. */
final class Folder {
    private static final String SET = "ANTIPHON_LV2_DIR";
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,32}");

    /** A folder of our own process; {@code /proc/self} itself is a link, and everybody's. */
    private static final Path SELF = Path.of("/proc/self/fd");

    private final Path path;

    Folder(Path path) {
        this.path = path;
    }

    /** As the plugin finds it, see src/main/c/lv2/memory.c. */
    static Path ofUser() {
        String set = System.getenv(SET);
        return set == null || set.isEmpty() ? Path.of("/dev/shm", "antiphon-" + owner(SELF)) : Path.of(set);
    }

    private static String owner(Path file) {
        try {
            return String.valueOf(Files.getAttribute(file, "unix:uid", LinkOption.NOFOLLOW_LINKS));
        } catch (IOException | UnsupportedOperationException unknown) {
            return "nobody";
        }
    }

    /** The ids of the files that are there. None if the folder is not ours: anybody could have put something there. */
    List<String> ids() {
        List<String> ids = new ArrayList<>();
        if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS) && owner(path).equals(owner(SELF))) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(path)) {
                files.forEach(file -> ids.add(file.getFileName().toString()));
            } catch (IOException gone) {
                return List.of();
            }
        }
        ids.removeIf(id -> !ID.matcher(id).matches());
        return ids;
    }

    Path file(String id) {
        return path.resolve(id);
    }
}
