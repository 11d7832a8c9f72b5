package antiphon.app;

import antiphon.config.Presets;
import antiphon.live.Take;
import antiphon.status.StatusReader;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Where the program is installed and where it may keep its own state. */
final class Installation {
    private static final DateTimeFormatter TAKE_NAME = DateTimeFormatter.ofPattern("yyyy-MM-dd_HH-mm-ss", Locale.ROOT);

    private static final DateTimeFormatter SHOWN_TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

    private static final String HELD = "held-";
    private static final String NOTES = ".notes";

    private Installation() {}

    /**
     * The folder that holds {@code bin}, {@code config} and {@code models}; {@code bin/antiphon} passes it as a system
     * property.
     */
    static Path home() {
        return Path.of(System.getProperty("antiphon.home", "."));
    }

    /** The presets: the user's own and those that come with the program. */
    static Presets presets() {
        return Presets.of(home(), System.getenv());
    }

    /** {@code $XDG_STATE_HOME/antiphon}, by default {@code ~/.local/state/antiphon}; see {@link UserHome#base}. */
    static Path state() {
        return UserHome.base(System.getenv(), "XDG_STATE_HOME", ".local/state").resolve("antiphon");
    }

    /** The token of the page, if none is set: {@code page-token} with the other state. */
    static Path pageToken() {
        return state().resolve("page-token");
    }

    /**
     * The file of the notes that sound now, for the next start after a crash: in memory
     * ({@code $XDG_RUNTIME_DIR/antiphon}) if that folder can be written to, else with the other state.
     */
    static Path heldNotes(String client) {
        return running().resolve(HELD + fileName(client) + NOTES);
    }

    /** All such files that there are. */
    static List<Path> allHeldNotes() throws IOException {
        Path folder = running();
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, HELD + '*' + NOTES)) {
            List<Path> found = new ArrayList<>();
            files.forEach(found::add);
            return found;
        }
    }

    /** The socket at which a running program is asked for its status; in the same folder as {@link #heldNotes}. */
    static Path statusSocket(String client) {
        return running().resolve(fileName(client) + StatusReader.SUFFIX);
    }

    /** Where {@code keep} writes takes if record.dir is not set: {@code $XDG_DATA_HOME/antiphon/takes}. */
    static Path takes() {
        return UserHome.base(System.getenv(), "XDG_DATA_HOME", ".local/share").resolve("antiphon/takes");
    }

    /** Where the page's lessons and the networks made of them are: {@code $XDG_DATA_HOME/antiphon/lessons}. */
    static Path lessons() {
        return UserHome.base(System.getenv(), "XDG_DATA_HOME", ".local/share").resolve("antiphon/lessons");
    }

    /** The time, as people write it. */
    static String now() {
        return LocalDateTime.now(ZoneId.systemDefault()).format(SHOWN_TIME);
    }

    /** A name for a new journal, made of the time, so that the names in a folder sort by time; no file has it yet. */
    static Path newTake(Path folder) {
        String time = LocalDateTime.now(ZoneId.systemDefault()).format(TAKE_NAME);
        Path file = folder.resolve(time + Take.SUFFIX);
        try {
            Files.createDirectories(folder);
        } catch (IOException unwritable) {
            // Whoever writes to it will say so. Also if a file has the folder's name.
            return file;
        }
        for (int again = 2; ; again++) {
            try {
                return Files.createFile(file);
            } catch (FileAlreadyExistsException taken) {
                file = folder.resolve(time + "_" + again + Take.SUFFIX);
            } catch (IOException unwritable) {
                // Whoever writes to it will say so.
                return file;
            }
        }
    }

    /** Removes what was begun and could not be finished. */
    static void discard(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException stays) {
            // A file that cannot be removed either: the first failure is told.
        }
    }

    private static Path running() {
        Path runtime = Path.of(System.getenv().getOrDefault("XDG_RUNTIME_DIR", ""));
        boolean usable = runtime.isAbsolute() && Files.isDirectory(runtime) && Files.isWritable(runtime);
        return usable ? runtime.resolve("antiphon") : state();
    }

    private static String fileName(String client) {
        return client.replaceAll("[^A-Za-z0-9._-]", "_");
    }
}
