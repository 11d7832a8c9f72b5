package antiphon.file;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Files and folders that must not outlive the process. Those that are still there when it is told to end (Ctrl-C,
 * SIGTERM) go then. After a kill -9 nothing can: so each has the number of its process in its name, and the next process
 * removes those whose process is gone. Any thread.
 */
public final class Temporary {
    private static final Set<Path> OURS = new LinkedHashSet<>();
    private static boolean ending;
    private static boolean hooked;

    private Temporary() {}

    /** Makes a folder {@code PREFIX-PROCESS-NUMBER} in the system's temporary folder. */
    public static Path folder(String prefix) throws IOException {
        synchronized (OURS) {
            Path folder = Files.createTempDirectory(
                    prefix + "-" + ProcessHandle.current().pid() + "-");
            remember(folder);
            return folder;
        }
    }

    /** Takes note of a file that will be made, or refuses because the process is about to end. */
    static void remember(Path path) throws IOException {
        synchronized (OURS) {
            requireGoingOn();
            hook();
            OURS.add(path);
        }
    }

    private static void hook() {
        if (!hooked) {
            try {
                Runtime.getRuntime().addShutdownHook(new Thread(Temporary::removeAll, "antiphon-temporary"));
            } catch (IllegalStateException endsAlready) {
                // A session that is told to stop writes its take while the process ends, and waits for it.
            }
            hooked = true;
        }
    }

    /** To be called before a file is made in a temporary folder: from the end of the process on it is refused. */
    public static void requireGoingOn() throws IOException {
        synchronized (OURS) {
            if (ending) {
                throw new IOException("told to stop");
            }
        }
    }

    static void forget(Path path) {
        synchronized (OURS) {
            OURS.remove(path);
        }
    }

    private static void removeAll() {
        synchronized (OURS) {
            ending = true;
            OURS.forEach(Temporary::deleteTree);
        }
    }

    /** Removes a temporary file, or a folder with all that is in it. */
    public static void remove(Path path) {
        deleteTree(path);
        forget(path);
    }

    /** What cannot be removed stays for the next process, which tries again. */
    private static void deleteTree(Path path) {
        if (!Files.exists(path)) {
            return;
        }
        try {
            Trees.remove(path);
        } catch (IOException stays) {
            path.toFile().deleteOnExit();
        }
    }

    /** Removes the folders with this prefix that processes left which are gone. */
    public static void removeLeftFolders(String prefix) {
        Path parent = Path.of(System.getProperty("java.io.tmpdir"));
        for (Path left : of(parent, Pattern.compile(Pattern.quote(prefix) + "-([0-9]{1,10})-[0-9]+"), false)) {
            deleteTree(left);
        }
    }

    /**
     * The files or folders in a folder whose names match.
     *
     * @param name its first group is the number of a process
     * @param alive of other processes that are running, or of those that are gone
     */
    static List<Path> of(Path folder, Pattern name, boolean alive) {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(folder)) {
            for (Path each : all) {
                long pid = pid(each, name);
                if (pid >= 0 && isOfOther(pid, alive)) {
                    found.add(each);
                }
            }
        } catch (IOException unreadable) {
            return List.of();
        }
        return found;
    }

    /** The number of the process in a name that matches. */
    static long pid(Path file, Pattern name) {
        Matcher matcher = name.matcher(String.valueOf(file.getFileName()));
        return matcher.matches() ? Long.parseLong(matcher.group(1)) : -1;
    }

    private static boolean isOfOther(long pid, boolean alive) {
        return pid != ProcessHandle.current().pid()
                && ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false) == alive;
    }
}
