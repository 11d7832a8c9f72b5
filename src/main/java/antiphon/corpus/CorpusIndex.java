package antiphon.corpus;

import antiphon.midi.MidiException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Music to learn from, on disk: which pieces there are and where they lie, so that one at a time can be read. It has
 * the pieces of a {@link Corpus} of the same files, in the same order. The files must not change while it is used.
 *
 * <p>Memory while it is made: less than 100 bytes for each piece of a CSV that {@code import} wrote, see
 * {@link CsvPieces} for others; for each MIDI file less than 100 bytes and its path below the folder that was given, see
 * {@link MusicFiles}; and one piece for each processor. Afterwards about half of that is left. Immutable; any thread.
 */
public final class CorpusIndex {
    private static final List<Split> SIDES = List.of(Split.values());
    private static final int FILE = 0;
    private static final int PLACE = 1;
    private static final int NOTES = 2;
    private static final int WHOLE_FILE = -1;

    private final MusicFiles files;
    private final CsvPieces csvPieces = new CsvPieces();

    /** The CSVs with further columns, see {@link CsvPieces#find}. */
    private final BitSet further = new BitSet();

    /** For each of the {@link #SIDES} its pieces: the file, the place in a CSV, the number of notes. */
    private final List<IntTable> sides = new ArrayList<>();

    private final String description;

    /** Hears how the reading goes, on the caller's thread. */
    @FunctionalInterface
    public interface Listener {
        /** A file was skipped, or is damaged and used as far as it can be read; one line for people. */
        void skipped(String message);

        /** How far it is, as a line for people; called often. */
        default void progress(String state) {}
    }

    private CorpusIndex(List<Path> paths, Listener listener, int threads) {
        files = MusicFiles.find(paths, listener::skipped);
        SIDES.forEach(side -> sides.add(new IntTable(3)));
        try (InOrder workers = new InOrder(threads)) {
            Reading reading = new Reading(workers, listener);
            workers.run(files.size(), reading::facts, reading::take);
            description = Corpus.description(paths, size(), reading.notes);
        } catch (IOException interrupted) {
            throw new CorpusException("corpus: interrupted while it was read. Run it again.", interrupted);
        }
        if (size() == 0) {
            throw Corpus.nothing(paths, files.size());
        }
    }

    /**
     * Reads MIDI files, CSVs of notes, and folders of either, once, on all processors. A file that cannot be used is
     * skipped with a notice; a piece that comes twice, be it in another key, counts once.
     *
     * @throws CorpusException one line, if there is no piece
     */
    public static CorpusIndex of(List<Path> paths, Listener listener) {
        return of(paths, listener, Runtime.getRuntime().availableProcessors());
    }

    static CorpusIndex of(List<Path> paths, Listener listener, int threads) {
        return new CorpusIndex(paths, listener, threads);
    }

    /** What it was read from, and how much it is. */
    public String description() {
        return description;
    }

    /** How many pieces there are. */
    int size() {
        return sides.stream().mapToInt(IntTable::rows).sum();
    }

    private IntTable pieces(Split side) {
        return sides.get(SIDES.indexOf(side));
    }

    /** How many pieces are on a side. */
    int size(Split side) {
        return pieces(side).rows();
    }

    /**
     * Reads a piece.
     *
     * @param number of the piece on its side, 0 the first
     * @throws CorpusException one line, if it is not there any more as it was
     */
    Piece read(Split side, int number) {
        IntTable pieces = pieces(side);
        int file = pieces.get(number, FILE);
        int place = pieces.get(number, PLACE);
        Path path = files.get(file).path();
        Exception cause = null;
        try {
            Piece piece = place == WHOLE_FILE
                    ? files.get(file).read().getFirst()
                    : csvPieces.read(path, place, further.get(file));
            if (piece.performance().notes().size() == pieces.get(number, NOTES)) {
                return piece;
            }
        } catch (MidiException | CorpusException | IOException gone) {
            cause = gone;
        }
        throw changed(path, cause);
    }

    private static CorpusException changed(Path path, @Nullable Exception cause) {
        String message = path + ": changed while it was in use; the same file needed from beginning to end."
                + " Run it again when nothing writes to the corpus.";
        return cause == null ? new CorpusException(message) : new CorpusException(message, cause);
    }

    /** What decides about a piece; or, if there is a fault, why there is none; and the damage to be told, if any. */
    private record Facts(int notes, long fingerprint, Split side, String fault, String damage) {
        static final Facts NONE = fault("");

        static Facts of(Piece piece) {
            return new Facts(
                    piece.performance().notes().size(),
                    DigestMap.key(Fingerprint.of(piece.performance())),
                    Split.of(piece),
                    "",
                    "");
        }

        Facts damaged(String line) {
            return new Facts(notes, fingerprint, side, fault, line);
        }

        static Facts fault(String fault) {
            return new Facts(0, 0, Split.TRAIN, fault, "");
        }
    }

    /** The reading of all files, in their order. */
    private final class Reading {
        private final InOrder workers;
        private final Listener listener;
        private final KnownPieces known = new KnownPieces();
        private int skipped;
        private long notes;

        Reading(InOrder workers, Listener listener) {
            this.workers = workers;
            this.listener = listener;
        }

        /** The facts of a MIDI file, on any thread. */
        Facts facts(int file) {
            SourceFile source = files.get(file);
            StringBuilder damage = new StringBuilder();
            try {
                return source.isCsv() || source.isArchive()
                        ? Facts.NONE
                        : Facts.of(source.read(damage::append).getFirst()).damaged(damage.toString());
            } catch (MidiException | CorpusException unusable) {
                return Facts.fault(String.valueOf(unusable.getMessage()));
            } catch (OutOfMemoryError tooLarge) {
                return Facts.fault(Corpus.tooLarge(source.path().toString()));
            }
        }

        void take(int file, Facts facts) throws IOException {
            listener.progress("reading: " + file + " of " + files.size() + " files");
            if (files.get(file).isArchive()) {
                skip(files.get(file).path() + ": an archive; MIDI files, CSVs and folders of them needed. Make a CSV of"
                        + " it first: antiphon import.");
            } else if (files.get(file).isCsv()) {
                takeCsv(file, files.get(file).path());
            } else if (facts.fault.isEmpty()) {
                if (!facts.damage.isEmpty()) {
                    listener.skipped(facts.damage);
                }
                keep(file, WHOLE_FILE, facts);
            } else {
                skip(facts.fault);
            }
        }

        private void takeCsv(int file, Path path) throws IOException {
            int placesBefore = csvPieces.size();
            IntTable firsts = new IntTable(1);
            listener.progress(path + ": looking for pieces");
            try {
                further.set(file, csvPieces.find(path, firsts));
                keepAll(file, firsts, facts(file, path, firsts));
            } catch (InterruptedIOException interrupted) {
                throw interrupted;
            } catch (CorpusException | IOException unusable) {
                csvPieces.truncate(placesBefore);
                skip(NotesCsv.fault(path, unusable));
            }
        }

        /** For each piece of a CSV its notes, its side and its fingerprint. */
        private IntTable facts(int file, Path path, IntTable firsts) throws IOException {
            int pieces = firsts.rows();
            IntTable table = new IntTable(4, pieces);
            workers.run(
                    pieces,
                    piece -> Facts.of(csvPieces.read(path, firsts.get(piece, 0), further.get(file))),
                    (piece, facts) -> {
                        listener.progress(path + ": " + piece + " of " + pieces + " pieces read");
                        table.add(
                                facts.notes,
                                SIDES.indexOf(facts.side),
                                IntTable.high(facts.fingerprint),
                                IntTable.low(facts.fingerprint));
                    });
            return table;
        }

        /** Only when all have been read, because a CSV with one line at fault is skipped as a whole. */
        private void keepAll(int file, IntTable firsts, IntTable table) {
            for (int piece = 0; piece < table.rows(); piece++) {
                Split side = SIDES.get(table.get(piece, 1));
                keep(file, firsts.get(piece, 0), new Facts(table.get(piece, 0), table.getLong(piece, 2), side, "", ""));
            }
        }

        private void keep(int file, int place, Facts facts) {
            if (known.isNewToTheNote(facts.notes, facts.fingerprint)) {
                pieces(facts.side).add(file, place, facts.notes);
                notes += facts.notes;
            }
        }

        private void skip(String fault) {
            skipped++;
            listener.skipped(Corpus.skipped(fault, skipped, files.size()));
        }
    }
}
