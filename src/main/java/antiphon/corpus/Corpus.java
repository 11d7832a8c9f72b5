package antiphon.corpus;

import antiphon.Amount;
import antiphon.midi.MidiException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Music to learn from or to be judged by, in memory. Immutable.
 *
 * @param pieces at least one, none twice
 * @param description for the model's metadata: what it was loaded from, and how much it is
 */
public record Corpus(List<Piece> pieces, String description) {
    private static final String TWICE = "the same piece came before, be it in another key.";

    public Corpus {
        pieces = List.copyOf(pieces);
        if (pieces.isEmpty()) {
            throw new CorpusException("corpus: no pieces; at least one needed. Name a folder with MIDI files.");
        }
    }

    /**
     * Loads MIDI files, CSVs of notes, folders and archives of either. A file that cannot be used is skipped with a notice; a
     * piece that comes twice, be it in another key, counts once.
     *
     * @param notices takes a line for people for each file skipped, and for each that is damaged and yet used
     * @throws CorpusException one line, if there is nothing to load
     */
    public static Corpus load(List<Path> paths, Consumer<String> notices) {
        return load(paths, notices, Listener.NONE);
    }

    /** The same, with somebody who hears of each file what became of it. */
    public static Corpus load(List<Path> paths, Consumer<String> notices, Listener listener) {
        MusicFiles files = MusicFiles.find(paths, notices);
        Loading loading = new Loading(notices, listener, files.size());
        loading.readAll(files, "", null);
        if (loading.pieces.isEmpty()) {
            throw nothing(paths, files.size());
        }
        return new Corpus(loading.pieces, description(paths, loading.pieces.size(), notes(loading.pieces)));
    }

    /** Hears of each music file whether it was kept; those in an archive are named as if it were a folder. */
    public interface Listener {
        /** Hears nothing. */
        Listener NONE = new Listener() {};

        /** It is learned from. */
        default void kept(String file, long notes) {}

        /** It is not, and why: a sentence that does not name it. */
        default void dropped(String file, String why) {}
    }

    /** The reading of all files, those in archives too. */
    private static final class Loading {
        private final List<Piece> pieces = new ArrayList<>();
        private final KnownPieces known = new KnownPieces();
        private final Consumer<String> notices;
        private final Listener listener;
        private int files;
        private int skipped;

        Loading(Consumer<String> notices, Listener listener, int files) {
            this.notices = notices;
            this.listener = listener;
            this.files = files;
        }

        void readAll(MusicFiles all, String prefix, @Nullable Archive within) {
            for (SourceFile file : all) {
                try {
                    if (file.isArchive()) {
                        readArchive(file, prefix, within);
                    } else {
                        read(file, prefix, within);
                    }
                } catch (Archive.BoundsException beyond) {
                    if (within != null) {
                        throw beyond;
                    }
                    skip(file, within, file.path() + ": " + beyond.getMessage());
                } catch (MidiException | CorpusException unusable) {
                    skip(file, within, String.valueOf(unusable.getMessage()));
                } catch (OutOfMemoryError tooLarge) {
                    skip(file, within, tooLarge(file.path().toString()));
                }
            }
        }

        private void read(SourceFile file, String prefix, @Nullable Archive within) {
            List<Piece> fresh = new ArrayList<>();
            for (Piece piece : file.read(line -> notices.accept(Archive.shown(line, within)))) {
                if (known.isNewToTheNote(piece)) {
                    fresh.add(prefix.isEmpty() ? piece : piece.named(prefix + piece.name()));
                }
            }
            pieces.addAll(fresh);
            String name = Archive.shown(file.path().toString(), within);
            if (fresh.isEmpty()) {
                listener.dropped(name, TWICE);
            } else {
                listener.kept(name, notes(fresh));
            }
        }

        private void readArchive(SourceFile file, String prefix, @Nullable Archive within) {
            try (Archive archive = Archive.unpack(file.path(), within)) {
                MusicFiles inner = MusicFiles.find(List.of(archive.root()), notices);
                files += inner.size();
                readAll(inner, prefix + file.folderName() + archive.prefix(), archive);
            }
        }

        private void skip(SourceFile file, @Nullable Archive within, String fault) {
            skipped++;
            notices.accept(skipped(Archive.shown(fault, within), skipped, files));
            String where = file.path() + ": ";
            listener.dropped(
                    Archive.shown(file.path().toString(), within),
                    fault.startsWith(where) ? fault.substring(where.length()) : Archive.shown(fault, within));
        }
    }

    /** That a file needs more memory than the program may use. */
    static String tooLarge(String where) {
        return where + ": needs more memory than the "
                + (Runtime.getRuntime().maxMemory() >> 20)
                + " MiB there are; a smaller file or more memory needed. Split it, or set ANTIPHON_JAVA_OPTS=-Xmx8g.";
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
