package antiphon.corpus;

import antiphon.file.Reason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.RandomAccess;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The music files among some paths, and the archives, which may hold some, in a fixed order. Each costs 8 bytes and the bytes of its path below the folder
 * that was given, and at most a quarter of that for room to grow; twice as much for a moment when the room grows. While
 * a folder is listed, also about 100 bytes for each file and folder directly in it. Immutable; any thread.
 */
final class MusicFiles extends AbstractList<SourceFile> implements RandomAccess {
    private static final int END = 0;
    private static final int ROOT = 1;

    /** Stands for what a folder holds, so that it is sorted where its files belong. */
    private static final String INSIDE = "0";

    private final List<Path> roots = new ArrayList<>();
    private final IntTable files = new IntTable(2);
    private byte[] names = new byte[1024];

    /** The few whose names do not survive being text, as they do not in every locale. */
    private final Map<Integer, Path> unwritable = new HashMap<>();

    private MusicFiles() {}

    /**
     * The music files among the paths given, folders searched to the bottom in order of names. A symbolic link is
     * followed where it leads out of them; a file or folder that is there already, or was reached by another link,
     * counts once, and a link to a folder above itself is passed over.
     *
     * @param told takes a line for people for each folder or link that cannot be read
     * @throws CorpusException if a path does not exist or cannot be read
     */
    static MusicFiles find(List<Path> paths, Consumer<String> told) {
        return find(paths, Set.of(), told);
    }

    /** @param without folders and files to pass over */
    static MusicFiles find(List<Path> paths, Set<Path> without, Consumer<String> told) {
        MusicFiles found = new MusicFiles();
        Links links = new Links(paths);
        for (Path path : paths) {
            found.roots.add(path);
            if (Files.isDirectory(path)) {
                found.new Search(links, without, told).addRoot(path);
            } else if (Files.exists(path)) {
                found.add(path, "");
            } else {
                throw new CorpusException(path + ": no such file or folder; MIDI files, a folder of them, or a CSV of"
                        + " notes needed. Check the name.");
            }
        }
        return found;
    }

    /** The search through one folder. */
    private final class Search {
        private final Links links;
        private final Set<Path> without;
        private final Consumer<String> told;

        Search(Links links, Set<Path> without, Consumer<String> told) {
            this.links = links;
            this.without = without;
            this.told = told;
        }

        void addRoot(Path folder) {
            try {
                addFilesIn(folder, null);
            } catch (IOException | UncheckedIOException failure) {
                throw new CorpusException(
                        folder + ": cannot be read (" + Reason.of(failure) + "). Check its permissions.", failure);
            }
        }

        /**
         * Adds them in the order of their whole paths, as text: {@code a-b/c} is before {@code a/c}.
         *
         * @param real where the folder lies, if a link led to it
         */
        private void addFilesIn(Path folder, @Nullable Path real) throws IOException {
            List<Path> children;
            try (Stream<Path> all = Files.list(folder)) {
                children = all.filter(child -> !without.contains(child))
                        .map(MusicFiles::sortable)
                        .flatMap(Stream::ofNullable)
                        .sorted()
                        .toList();
            }
            for (Path child : children) {
                Path name = child.getName(0);
                try {
                    addChild(folder.resolve(name), real == null ? null : real.resolve(name), child.getNameCount() == 2);
                } catch (IOException | UncheckedIOException unreadable) {
                    told.accept(folder.resolve(name) + ": cannot be read (" + Reason.of(unreadable) + "). Skipped.");
                }
            }
        }

        private void addChild(Path child, @Nullable Path real, boolean isFolder) throws IOException {
            Path place = Files.isSymbolicLink(child) ? child.toRealPath() : real;
            if (place != null && !(isFolder ? links.mayEnter(place) : links.mayTake(place))) {
                return;
            }
            if (isFolder) {
                addFilesIn(child, place);
            } else {
                add(child, root().relativize(child).toString());
            }
        }
    }

    /** A child's name if it is music; if it is a folder, what sorts as that which it holds; null if it is neither. */
    private static @Nullable Path sortable(Path child) {
        Path name = Objects.requireNonNull(child.getFileName());
        if (Files.isDirectory(child)) {
            return name.resolve(INSIDE);
        }
        boolean dangling = Files.isSymbolicLink(child) && !Files.exists(child);
        return (Endings.isMusic(child) || Endings.isArchive(child)) && (dangling || Files.isRegularFile(child))
                ? name
                : null;
    }

    private Path root() {
        return roots.getLast();
    }

    private void add(Path file, String below) {
        byte[] name = below.getBytes(StandardCharsets.UTF_8);
        if (!isWrittenBy(name, file)) {
            unwritable.put(size(), file);
            name = new byte[0];
        }
        int begin = begin(size());
        int end = Math.addExact(begin, name.length);
        if (end > names.length) {
            names = Arrays.copyOf(names, (int) Math.min(Integer.MAX_VALUE - 8, end + (long) end / 4));
        }
        System.arraycopy(name, 0, names, begin, name.length);
        files.add(end, roots.size() - 1);
    }

    private boolean isWrittenBy(byte[] name, Path file) {
        try {
            return path(root(), new String(name, StandardCharsets.UTF_8)).equals(file);
        } catch (InvalidPathException unwritable) {
            return false;
        }
    }

    private static Path path(Path root, String below) {
        return below.isEmpty() ? root : root.resolve(below);
    }

    private int begin(int index) {
        return index == 0 ? 0 : files.get(index - 1, END);
    }

    @Override
    public int size() {
        return files.rows();
    }

    @Override
    public SourceFile get(int index) {
        Objects.checkIndex(index, size());
        Path root = roots.get(files.get(index, ROOT));
        int begin = begin(index);
        Path written = path(root, new String(names, begin, files.get(index, END) - begin, StandardCharsets.UTF_8));
        Path path = unwritable.getOrDefault(index, written);
        return path.equals(root) ? SourceFile.of(path) : SourceFile.of(root, path);
    }
}
