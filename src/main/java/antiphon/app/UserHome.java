package antiphon.app;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/**
 * Where the files of the user who started the program go. Java asks the system's list of users, takes {@code ?} for one
 * that is not in it, as in many containers, and so would write below the working folder; {@code $HOME} is what people
 * and service managers set.
 */
final class UserHome {
    private static final String PROPERTY = "user.home";
    /** Read before {@link #settle} changes it. */
    private static final String OF_ACCOUNT = System.getProperty(PROPERTY, "");

    private static final Set<PosixFilePermission> OURS_ALONE = PosixFilePermissions.fromString("rwx------");
    private static final AtomicBoolean TOLD = new AtomicBoolean();

    private UserHome() {}

    /** Makes this the home that Java and its libraries take too. Call before anything else. */
    static void settle() {
        Path home = of(System.getenv(), OF_ACCOUNT).orElseGet(() -> temporary(temporaryFiles()));
        System.setProperty(PROPERTY, home.toString());
    }

    /**
     * {@code $HOME}; where that is not set, the home that the system's list of users names.
     *
     * @param ofAccount what Java found there
     * @return empty if there is neither
     */
    static Optional<Path> of(Map<String, String> environment, String ofAccount) {
        return Stream.of(environment.getOrDefault("HOME", ""), ofAccount)
                .map(Path::of)
                .filter(Path::isAbsolute)
                .findFirst();
    }

    /**
     * The folder below which files of one kind are kept: what the variable names, else {@code belowHome} in the home.
     * If it cannot be written to, a temporary one of this user's, which is told once.
     *
     * @param variable of the XDG base directory specification, which has a path that is not absolute ignored
     */
    static Path base(Map<String, String> environment, String variable, String belowHome) {
        Path named = Path.of(environment.getOrDefault(variable, ""));
        Optional<Path> wanted = named.isAbsolute()
                ? Optional.of(named)
                : of(environment, OF_ACCOUNT).map(home -> home.resolve(belowHome));
        if (wanted.isPresent() && canBeWritten(wanted.get())) {
            return wanted.get();
        }
        Path instead = temporary(temporaryFiles());
        if (!TOLD.getAndSet(true)) {
            String found = wanted.map(folder -> folder + ": may not be written to")
                    .orElse("HOME: not set, and the system knows no home of this user");
            System.err.println(found + "; needed: a folder for antiphon's own files. They are kept in " + instead
                    + ", which may not last. Set HOME.");
        }
        return instead;
    }

    private static Path temporaryFiles() {
        return Path.of(System.getProperty("java.io.tmpdir", "/tmp"));
    }

    /** True if it is a folder that may be written to, or can be made. */
    private static boolean canBeWritten(Path folder) {
        Path existing = folder;
        while (!Files.exists(existing)) {
            Path parent = existing.getParent();
            if (parent == null) {
                return false;
            }
            existing = parent;
        }
        return Files.isDirectory(existing)
                && Files.isWritable(existing)
                && (existing.equals(folder) || canBeMadeIn(existing));
    }

    /** To root every folder seems writable, also where nothing can be made, as in /proc. */
    private static boolean canBeMadeIn(Path folder) {
        try {
            Files.delete(Files.createTempDirectory(folder, ".antiphon-"));
            return true;
        } catch (IOException failure) {
            return false;
        }
    }

    /**
     * The same at each start, for what a killed program left must be found; but never one that somebody else made, who
     * could then read and change what is in it.
     */
    static Path temporary(Path within) {
        Path folder = within.resolve("antiphon-" + user());
        try {
            return Files.createDirectory(folder, PosixFilePermissions.asFileAttribute(OURS_ALONE));
        } catch (FileAlreadyExistsException again) {
            return isOurs(folder) ? folder : another(within);
        } catch (IOException | UnsupportedOperationException failure) {
            return folder;
        }
    }

    private static Path another(Path within) {
        try {
            return Files.createTempDirectory(within, "antiphon-");
        } catch (IOException failure) {
            throw new UserException(within + ": may not be written to (" + failure.getMessage()
                    + "); needed: a folder for antiphon's own files. Set HOME or XDG_STATE_HOME.");
        }
    }

    private static boolean isOurs(Path folder) {
        try {
            return Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
                    && Files.getPosixFilePermissions(folder).equals(OURS_ALONE)
                    && Files.isWritable(folder);
        } catch (IOException | UnsupportedOperationException failure) {
            return false;
        }
    }

    /** The number that the system knows the user by; the name where the system has no numbers. */
    private static String user() {
        try {
            return String.valueOf(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException noNumber) {
            return System.getProperty("user.name", "").replaceAll("[^A-Za-z0-9._-]", "_");
        }
    }
}
