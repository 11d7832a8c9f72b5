package antiphon.train;

import antiphon.midi.MidiException;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Writes MIDI files (and CSVs of notes) into one CSV of notes: see {@link NotesCsv}.
 *
 * <p>Reads one file at a time, so memory does not grow with the corpus. A file that cannot be used is skipped, and
 * said so.
 *
 * @param pieces written
 * @param notes written
 * @param skipped files that could not be used
 */
public record MidiImport(int pieces, long notes, int skipped) {

    /** Hears how an import goes, on the importing thread. */
    public interface Listener {
        /** A file was skipped. */
        void skipped(String message);

        /** So many of the files are done. */
        default void progress(int done, int files) {}
    }

    /**
     * Imports files, and folders to the bottom.
     *
     * @param output replaced only once all is written
     * @throws TrainException one line, if there is nothing to import or the output cannot be written
     */
    public static MidiImport run(List<Path> paths, Path output, Listener listener) {
        List<SourceFile> files = SourceFile.find(paths);
        if (Files.exists(output) && !Files.isRegularFile(output)) {
            throw new TrainException(
                    output + ": no ordinary file; a new name or one to replace needed. Choose another.");
        }
        Path draft = output.resolveSibling(output.getFileName() + ".part");
        try {
            MidiImport counts = write(files, draft, listener);
            if (counts.pieces == 0) {
                throw new TrainException("import: no music among " + files.size()
                        + " files; at least one MIDI file with a note needed. Name another folder.");
            }
            Files.move(draft, output, StandardCopyOption.REPLACE_EXISTING);
            return counts;
        } catch (IOException failure) {
            throw new TrainException(
                    output + ": cannot be written (" + failure.getMessage() + "). Give -o another place.", failure);
        } finally {
            discard(draft, listener::skipped);
        }
    }

    private static void discard(Path draft, Consumer<String> notices) {
        try {
            Files.deleteIfExists(draft);
        } catch (IOException failure) {
            notices.accept(draft + ": cannot be removed (" + failure.getMessage() + "). Remove it by hand.");
        }
    }

    private static MidiImport write(List<SourceFile> files, Path draft, Listener listener) throws IOException {
        Set<String> names = new HashSet<>();
        long notes = 0;
        int skipped = 0;
        int done = 0;
        try (BufferedWriter out = Files.newBufferedWriter(draft)) {
            NotesCsv.writeHeader(out);
            for (SourceFile file : files) {
                try {
                    for (Piece piece : file.read()) {
                        NotesCsv.writePiece(out, new Piece(unused(piece.name(), names), piece.performance()));
                        notes += piece.performance().notes().size();
                    }
                } catch (MidiException | TrainException unusable) {
                    skipped++;
                    listener.skipped(unusable.getMessage() + " Skipped (" + skipped + " of " + files.size() + ").");
                }
                done++;
                listener.progress(done, files.size());
            }
        }
        return new MidiImport(names.size(), notes, skipped);
    }

    /** Two pieces of one name would become one. */
    private static String unused(String name, Set<String> names) {
        String unused = name;
        for (int number = 2; !names.add(unused); number++) {
            unused = name + " (" + number + ")";
        }
        return unused;
    }
}
