package antiphon.corpus;

import antiphon.Amount;
import antiphon.midi.MidiException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Music to learn from or to be judged by, in memory. Immutable.
 *
 * @param pieces at least one, none twice
 * @param description for the model's metadata: what it was loaded from, and how much it is
 */
public record Corpus(List<Piece> pieces, String description) {
    public Corpus {
        pieces = List.copyOf(pieces);
        if (pieces.isEmpty()) {
            throw new CorpusException("corpus: no pieces; at least one needed. Name a folder with MIDI files.");
        }
    }

    /**
     * Loads MIDI files, CSVs of notes, and folders of either. A file that cannot be used is skipped with a notice; a
     * piece that comes twice, be it in another key, counts once.
     *
     * @param notices takes a line for people for each file skipped
     * @throws CorpusException one line, if there is nothing to load
     */
    public static Corpus load(List<Path> paths, Consumer<String> notices) {
        MusicFiles files = MusicFiles.find(paths);
        List<Piece> pieces = new ArrayList<>();
        KnownPieces known = new KnownPieces();
        int skipped = 0;
        for (SourceFile file : files) {
            try {
                for (Piece piece : file.read()) {
                    if (known.isNewToTheNote(piece)) {
                        pieces.add(piece);
                    }
                }
            } catch (MidiException | CorpusException unusable) {
                skipped++;
                notices.accept(skipped(String.valueOf(unusable.getMessage()), skipped, files.size()));
            }
        }
        if (pieces.isEmpty()) {
            throw nothing(paths, files.size());
        }
        return new Corpus(pieces, description(paths, pieces.size(), notes(pieces)));
    }

    /** The notice that a file is skipped: what is wrong with it, and how many were skipped so far, of how many. */
    static String skipped(String fault, int skipped, int files) {
        return fault + " Skipped (" + skipped + " of " + files + ").";
    }

    /** What a corpus is loaded from, and how much it is. */
    static String description(List<Path> paths, int pieces, long notes) {
        return text(paths) + ": " + Amount.of(pieces, "piece") + ", " + Amount.of(notes, "note");
    }

    /** That there is no piece in any of so many files. */
    static CorpusException nothing(List<Path> paths, int files) {
        return new CorpusException(text(paths) + ": no MIDI file or CSV with notes among " + Amount.of(files, "file")
                + "; at least one needed. Name a folder that has some.");
    }

    private static String text(List<Path> paths) {
        return paths.stream().map(Path::toString).collect(Collectors.joining(", "));
    }

    private static long notes(List<Piece> pieces) {
        return pieces.stream()
                .mapToLong(piece -> piece.performance().notes().size())
                .sum();
    }

    /** Notes in all pieces. */
    public long notes() {
        return notes(pieces);
    }
}
