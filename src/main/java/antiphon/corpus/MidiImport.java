package antiphon.corpus;

import antiphon.file.AtomicFile;
import antiphon.midi.MidiException;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Writes music into one CSV of notes, see {@link NotesCsv}: MIDI files, CSVs, folders and archives of them, and the
 * {@link DataSet}s among them, each read as it needs.
 *
 * <p>Reads one file at a time, so memory does not grow with the corpus. A piece that cannot be used, or that came
 * before, is left out and counted, with the reason. One thread.
 */
public final class MidiImport {
    private static final String TWICE = "the same piece came before";
    private static final String UNREADABLE = "no music that can be read";

    private final Predicate<String> without;
    private final boolean withCaveated;
    private final Listener listener;
    private final KnownPieces known = new KnownPieces();
    private final Set<String> names = new HashSet<>();
    private final List<ImportTally> tallies = new ArrayList<>();
    private final Set<String> met = new TreeSet<>();
    private int files;

    /** Hears how an import goes, on the importing thread. */
    public interface Listener {
        /** A file was skipped, or a whole data set left out. */
        void skipped(String message);

        /** So many of the pieces of a data set are done. */
        default void progress(String dataSet, int done, int pieces) {}
    }

    private MidiImport(Set<String> without, boolean withCaveated, Listener listener) {
        this.without = without::contains;
        this.withCaveated = withCaveated;
        this.listener = listener;
    }

    /**
     * Imports files, folders to the bottom, and archives.
     *
     * @param output replaced only once all is written
     * @param without names of data sets to leave out
     * @param withCaveated whether data sets may take part whose licence may not cover all that they hold
     * @return what was kept and dropped, for each data set and each other path
     * @throws CorpusException one line, if there is nothing to import or the output cannot be written
     */
    public static List<ImportTally> run(
            List<Path> paths, Path output, Set<String> without, boolean withCaveated, Listener listener) {
        MidiImport run = new MidiImport(without, withCaveated, listener);
        try {
            AtomicFile.write(output, draft -> run.writeAll(paths, draft, without));
            return List.copyOf(run.tallies);
        } catch (IOException | UncheckedIOException failure) {
            throw new CorpusException(AtomicFile.why(output, failure), failure);
        }
    }

    private void writeAll(List<Path> paths, Path draft, Set<String> unwanted) throws IOException {
        try (BufferedWriter out = Files.newBufferedWriter(draft)) {
            NotesCsv.writeHeader(out);
            for (Path path : paths) {
                write(path, out, true);
            }
        }
        requireKnown(unwanted);
        if (names.isEmpty()) {
            throw new CorpusException("import: no music among " + files
                    + " files; at least one MIDI file with a note needed. Name another folder.");
        }
    }

    private void requireKnown(Set<String> unwanted) {
        for (String name : unwanted) {
            if (!met.contains(name)) {
                throw new CorpusException("--without " + name + ": no such data set; found " + String.join(", ", met)
                        + ". Correct the name.");
            }
        }
    }

    /** A path; the data sets and archives directly in a folder count as if they had been named. */
    private void write(Path path, BufferedWriter out, boolean named) throws IOException {
        if (Archive.is(path)) {
            try (Archive archive = Archive.unpack(path)) {
                String name = String.valueOf(path.getFileName()).replaceAll("\\.(tar|t[xg]z).*$", "");
                DataSet whole = DataSet.in(archive.root()).orElse(DataSet.other(archive.root()));
                write(whole.name().startsWith("antiphon-import") ? whole.named(name) : whole, out);
            }
            return;
        }
        if (Files.isDirectory(path)) {
            if (DataSet.in(path).isPresent()) {
                write(DataSet.in(path).orElseThrow(), out);
                return;
            }
            List<Path> parts = named ? parts(path) : List.of();
            if (!parts.isEmpty()) {
                for (Path part : parts) {
                    write(part, out, false);
                }
                return;
            }
        }
        write(DataSet.other(path), out);
    }

    /** The children of a folder, if data sets or archives are among them. */
    private static List<Path> parts(Path folder) throws IOException {
        try (Stream<Path> children = Files.list(folder)) {
            List<Path> sorted = children.sorted()
                    .filter(child -> Files.isDirectory(child) || Archive.is(child) || SourceFile.isMusic(child))
                    .toList();
            boolean special = sorted.stream()
                    .anyMatch(child -> Archive.is(child)
                            || (Files.isDirectory(child) && DataSet.in(child).isPresent()));
            return special ? sorted : List.of();
        }
    }

    private void write(DataSet set, BufferedWriter out) throws IOException {
        met.add(set.name());
        if (without.test(set.name()) || (set.caveated() && !withCaveated)) {
            listener.skipped(set.name() + ": left out as told.");
            return;
        }
        ImportTally tally = new ImportTally(set.name());
        int done = 0;
        for (Source source : set.sources()) {
            files++;
            try {
                for (Piece piece : source.read()) {
                    keep(piece, set, tally, out);
                }
            } catch (UnfitException unfit) {
                tally.drop(String.valueOf(unfit.getMessage()));
            } catch (MidiException | CorpusException unusable) {
                tally.drop(UNREADABLE);
                listener.skipped(unusable.getMessage() + " Skipped (" + tally.dropped(UNREADABLE) + " of "
                        + set.sources().size() + ").");
            }
            done++;
            listener.progress(set.name(), done, set.sources().size());
        }
        tallies.add(tally);
    }

    private void keep(Piece piece, DataSet set, ImportTally tally, BufferedWriter out) throws IOException {
        if (!known.isNew(piece)) {
            tally.drop(TWICE);
            return;
        }
        NotesCsv.writePiece(out, piece.named(unused(set.prefix() + piece.name())));
        tally.keep(piece);
    }

    /** A name that no piece has yet, because two pieces with one name would become one. */
    private String unused(String name) {
        String unused = name;
        for (int number = 2; !names.add(unused); number++) {
            unused = name + " (" + number + ")";
        }
        return unused;
    }
}
