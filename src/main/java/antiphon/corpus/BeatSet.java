package antiphon.corpus;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * A data set with known beats. Immutable.
 *
 * @param name short, for people
 * @param pieces at least one
 */
public record BeatSet(String name, List<BeatPiece> pieces) {
    private static final List<String> NEEDED = List.of("pop909", "pop909_annotations", "jazz_csv", "openewld");
    private static final String PACKED = ".tar.xz";

    public BeatSet {
        pieces = List.copyOf(pieces);
    }

    /**
     * Loads songs with their accompaniment and without, jazz solos, and lead sheets without and with a simple
     * accompaniment. The same folder gives the same pieces.
     *
     * @param folder holds pop909, pop909_annotations, jazz_csv and openewld, as {@code .tar.xz} or unpacked
     * @param size pieces of a set at most, taken evenly from all of it
     * @throws CorpusException one line, if something is missing or cannot be read
     */
    public static List<BeatSet> load(Path folder, int size) {
        require(folder, NEEDED);
        List<BeatPiece> songs = within(
                folder,
                "pop909",
                midi -> within(
                        folder, "pop909_annotations", annotations -> AnnotatedSongs.read(midi, annotations, size)));
        List<BeatPiece> solos = within(folder, "jazz_csv", tables -> JazzBeats.read(tables, size));
        List<BeatPiece> tunes = within(folder, "openewld", tables -> LeadSheets.read(tables, size));
        return List.of(
                new BeatSet("pop909 song", songs),
                melodies("pop909 melody", songs),
                new BeatSet("jazz solo", solos),
                melodies("openewld melody", tunes),
                new BeatSet("openewld chords", tunes));
    }

    private static BeatSet melodies(String name, List<BeatPiece> pieces) {
        return new BeatSet(name, pieces.stream().map(BeatPiece::melody).toList());
    }

    /** Refuses a folder that does not hold these data sets. */
    static void require(Path folder, List<String> needed) {
        List<String> found = needed.stream().filter(name -> has(folder, name)).toList();
        if (found.size() < needed.size()) {
            List<String> missing = new ArrayList<>(needed);
            missing.removeAll(found);
            throw new CorpusException(folder + ": no " + String.join(", ", missing) + "; each of "
                    + String.join(", ", needed) + " needed, as " + PACKED
                    + " or unpacked. Name the folder that holds them all.");
        }
    }

    private static boolean has(Path folder, String name) {
        return Files.isDirectory(folder.resolve(name)) || Files.isRegularFile(folder.resolve(name + PACKED));
    }

    /** Reads a data set that lies in a folder, packed or not. */
    static <T> T within(Path folder, String name, Function<Path, T> read) {
        Path unpacked = folder.resolve(name);
        if (Files.isDirectory(unpacked)) {
            return read.apply(unpacked);
        }
        try (Archive archive = Archive.unpack(folder.resolve(name + PACKED))) {
            return read.apply(archive.root());
        }
    }
}
