package antiphon.corpus;

import antiphon.file.AtomicFile;
import antiphon.file.Temporary;
import antiphon.midi.MidiException;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongPredicate;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

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
        /** A file was skipped, is damaged and used as far as it can be read, or a whole data set was left out. */
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
        Temporary.removeLeftFolders(Archive.PREFIX);
        requireAlone(output, pid -> true);
        MidiImport run = new MidiImport(without, withCaveated, listener);
        try {
            AtomicFile.write(output, draft -> run.writeAll(paths, output, draft, without));
            return List.copyOf(run.tallies);
        } catch (IOException | UncheckedIOException failure) {
            throw new CorpusException(AtomicFile.why(output, failure), failure);
        }
    }

    /** Two imports to one output would each replace what the other wrote. */
    private static void requireAlone(Path output, LongPredicate counts) {
        AtomicFile.writtenElsewhere(output)
                .filter(draft -> counts.test(draft.pid()))
                .ifPresent(draft -> {
                    throw new CorpusException(draft.refusal(output));
                });
    }

    private void writeAll(List<Path> paths, Path output, Path draft, Set<String> unwanted) throws IOException {
        try (BufferedWriter out = Files.newBufferedWriter(draft)) {
            // Of two that began at once the one with the lower number goes on.
            requireAlone(output, pid -> pid < ProcessHandle.current().pid());
            NotesCsv.writeHeader(out);
            for (Path path : paths) {
                write(path, out);
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
    private void write(Path path, BufferedWriter out) throws IOException {
        if (Archive.is(path)) {
            writeArchive(path, out);
        } else if (Files.isDirectory(path) && DataSet.is(path)) {
            write(DataSet.in(path, listener::skipped).orElseThrow(), out, null);
        } else {
            List<Path> special = Files.isDirectory(path) ? special(path) : List.of();
            DataSet others = DataSet.other(path, Set.copyOf(special), listener::skipped);
            if (special.isEmpty() || !others.sources().isEmpty()) {
                write(others, out, null);
            }
            for (Path part : special) {
                if (Archive.is(part)) {
                    writeArchive(part, out);
                } else {
                    write(DataSet.in(part, listener::skipped).orElseThrow(), out, null);
                }
            }
        }
    }

    /** The children of a folder that are data sets or archives. */
    private List<Path> special(Path folder) throws IOException {
        try (Stream<Path> children = Files.list(folder)) {
            return children.filter(child -> Archive.is(child) || (Files.isDirectory(child) && DataSet.is(child)))
                    .sorted()
                    .toList();
        } catch (AccessDeniedException denied) {
            throw new CorpusException(folder + ": cannot be read (permission denied). Check its permissions.", denied);
        }
    }

    private void writeArchive(Path path, BufferedWriter out) throws IOException {
        files++;
        try (Archive archive = Archive.unpack(path)) {
            DataSet whole = DataSet.in(archive.root(), listener::skipped)
                    .orElseGet(() -> DataSet.other(archive.root(), Set.of(), listener::skipped)
                            .named(Endings.withoutArchive(path), ""));
            write(whole, out, archive);
        } catch (Archive.BoundsException beyond) {
            listener.skipped(path + ": " + beyond.getMessage() + " Skipped what is left of it.");
        } catch (CorpusException unusable) {
            listener.skipped(unusable.getMessage() + " Skipped.");
        }
    }

    private void write(DataSet set, BufferedWriter out, @Nullable Archive within) throws IOException {
        met.add(set.name());
        if (without.test(set.name()) || (set.caveated() && !withCaveated)) {
            listener.skipped(set.name() + ": left out as told.");
            return;
        }
        ImportTally tally = new ImportTally(set.name());
        tallies.add(tally);
        new Writing(set, tally, out, within).writeAll();
    }

    /** The writing of one data set, or of one archive in it. */
    private final class Writing {
        private final DataSet set;
        private final ImportTally tally;
        private final BufferedWriter out;
        private final @Nullable Archive within;

        Writing(DataSet set, ImportTally tally, BufferedWriter out, @Nullable Archive within) {
            this.set = set;
            this.tally = tally;
            this.out = out;
            this.within = within;
        }

        void writeAll() throws IOException {
            int done = 0;
            for (Source source : set.sources()) {
                files++;
                String where = source instanceof SourceFile file ? file.path().toString() : set.name();
                try {
                    write(source);
                } catch (Archive.BoundsException beyond) {
                    if (within != null) {
                        throw beyond;
                    }
                    skip(where + ": " + beyond.getMessage());
                } catch (UnfitException unfit) {
                    tally.drop(String.valueOf(unfit.getMessage()));
                } catch (MidiException | CorpusException unusable) {
                    skip(String.valueOf(unusable.getMessage()));
                } catch (OutOfMemoryError tooLarge) {
                    skip(Corpus.tooLarge(where));
                }
                done++;
                listener.progress(set.name(), done, set.sources().size());
            }
        }

        private void write(Source source) throws IOException {
            if (source instanceof SourceFile file && file.isArchive()) {
                writeInner(file);
                return;
            }
            for (Piece piece : source.read(line -> listener.skipped(shown(line)))) {
                keep(piece, set, tally, out);
            }
        }

        /** An archive below a folder or in another archive. */
        private void writeInner(SourceFile file) throws IOException {
            try (Archive archive = Archive.unpack(file.path(), within)) {
                DataSet inner = DataSet.other(archive.root(), Set.of(), listener::skipped)
                        .named(set.name(), set.prefix() + file.folderName() + archive.prefix());
                new Writing(inner, tally, out, archive).writeAll();
            }
        }

        private void skip(String fault) {
            tally.drop(UNREADABLE);
            listener.skipped(shown(fault) + " Skipped (" + tally.dropped(UNREADABLE) + " of "
                    + set.sources().size() + ").");
        }

        private String shown(String line) {
            return Archive.shown(line, within);
        }
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
