package antiphon.corpus;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What symbolic links led to in one search, so that nothing counts twice and none leads round in a circle. One thread. */
final class Links {
    /** The folders that are searched anyway, and the files that are read anyway. */
    private final List<Path> roots = new ArrayList<>();

    private final Set<Path> folders = new HashSet<>();
    private final Set<Path> files = new HashSet<>();

    Links(List<Path> paths) {
        for (Path path : paths) {
            if (Files.exists(path)) {
                try {
                    roots.add(path.toRealPath());
                } catch (IOException unreadable) {
                    // It is told where the path itself is read.
                    roots.add(path.toAbsolutePath());
                }
            }
        }
    }

    /** Whether a folder that a link led to, or that lies in one, is new. */
    boolean mayEnter(Path real) {
        boolean above = roots.stream().anyMatch(root -> root.startsWith(real));
        return !above && !isSearchedAnyway(real) && folders.add(real);
    }

    /** The same of a file. */
    boolean mayTake(Path real) {
        return !isSearchedAnyway(real) && files.add(real);
    }

    private boolean isSearchedAnyway(Path real) {
        return roots.stream().anyMatch(real::startsWith);
    }
}
