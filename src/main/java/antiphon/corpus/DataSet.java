package antiphon.corpus;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A published collection of music that needs more than its MIDI files to be read well: tempo-mapped piano rolls with
 * a catalogue, solos as tables, scores without touch. Known by the files that only it has, not by its folder's name.
 *
 * @param name short, for people and for {@code --without}
 * @param caveated whether its licence may not cover all that it holds; see the model card
 * @param prefix what its pieces' names begin with, for pieces of two sets may have the same name
 * @param sources its pieces, in a fixed order
 */
record DataSet(String name, boolean caveated, String prefix, List<Source> sources) {

    private DataSet(String name, boolean caveated, List<Source> sources) {
        this(name, caveated, name + "/", sources);
    }

    /** How the data set in a folder is read. */
    private record Kind(String name, boolean caveated, Function<Path, List<Source>> sources) {}

    /** Whether this folder holds a data set. */
    static boolean is(Path folder) {
        return kind(folder, line -> {}).isPresent();
    }

    /** The data set that this folder holds, if it is one. */
    static Optional<DataSet> in(Path folder, Consumer<String> told) {
        return kind(folder, told)
                .map(kind ->
                        new DataSet(kind.name(), kind.caveated(), kind.sources().apply(folder)));
    }

    private static Optional<Kind> kind(Path folder, Consumer<String> told) {
        if (Files.exists(folder.resolve("output/catalog.json")) && Files.isDirectory(folder.resolve("midi/exp"))) {
            return Optional.of(new Kind("pianolatron", true, rolls -> PianoRolls.sources(rolls, told)));
        }
        if (hasAll(folder, "notes.csv", "beats.csv", "solos.csv")) {
            return Optional.of(new Kind("jazz_csv", true, JazzSolos::sources));
        }
        if (hasAll(folder, "tunes.csv", "chords.csv", "notes.csv")) {
            return Optional.of(new Kind("openewld", false, TuneRendering::sources));
        }
        if (hasAll(folder, "LICENCES.tsv")) {
            return Optional.of(new Kind("mutopia", false, scores -> NamedByComposer.sources(scores, told)));
        }
        if (hasAll(folder, "disclaimer.md") && Files.isDirectory(folder.resolve("giantmidi-piano"))) {
            return Optional.of(new Kind("giantmidi", false, played -> NamedByComposer.sources(played, told)));
        }
        // The tiny set, and src/corpus, hold rolls of the Pianolatron.
        if (hasAll(folder, "welte/LICENSE")) {
            return Optional.of(new Kind("tiny", true, small -> plain(small, Set.of(), told)));
        }
        if (hasAll(folder, "001.mid", "909.mid")) {
            return Optional.of(new Kind("pop909", true, songs -> plain(songs, Set.of(), told)));
        }
        return Optional.empty();
    }

    /**
     * Any other folder or file: its MIDI files and CSVs as they are.
     *
     * @param special the files and folders in it that are read otherwise
     */
    static DataSet other(Path path, Set<Path> special, Consumer<String> told) {
        return new DataSet(String.valueOf(path.normalize().getFileName()), false, "", plain(path, special, told));
    }

    /** The same by another name, with its pieces' names after this. */
    DataSet named(String other, String prefix) {
        return new DataSet(other, caveated, prefix, sources);
    }

    private static List<Source> plain(Path path, Set<Path> special, Consumer<String> told) {
        return List.copyOf(MusicFiles.find(List.of(path), special, told));
    }

    private static boolean hasAll(Path folder, String... names) {
        for (String name : names) {
            if (!Files.isRegularFile(folder.resolve(name))) {
                return false;
            }
        }
        return true;
    }
}
