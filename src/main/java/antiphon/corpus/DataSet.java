package antiphon.corpus;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

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

    /** The data set that this folder holds, if it is one. */
    static Optional<DataSet> in(Path folder) {
        if (Files.exists(folder.resolve("output/catalog.json")) && Files.isDirectory(folder.resolve("midi/exp"))) {
            return Optional.of(new DataSet("pianolatron", true, PianoRolls.sources(folder)));
        }
        if (hasAll(folder, "notes.csv", "beats.csv", "solos.csv")) {
            return Optional.of(new DataSet("jazz_csv", true, JazzSolos.sources(folder)));
        }
        if (hasAll(folder, "tunes.csv", "chords.csv", "notes.csv")) {
            return Optional.of(new DataSet("openewld", false, TuneRendering.sources(folder)));
        }
        if (hasAll(folder, "LICENCES.tsv")) {
            return Optional.of(new DataSet("mutopia", false, NamedByComposer.sources(folder)));
        }
        if (hasAll(folder, "disclaimer.md") && Files.isDirectory(folder.resolve("giantmidi-piano"))) {
            return Optional.of(new DataSet("giantmidi", false, NamedByComposer.sources(folder)));
        }
        // The tiny set, and src/corpus, hold rolls of the Pianolatron.
        if (hasAll(folder, "welte/LICENSE")) {
            return Optional.of(new DataSet("tiny", true, plain(folder)));
        }
        if (hasAll(folder, "001.mid", "909.mid")) {
            return Optional.of(new DataSet("pop909", true, plain(folder)));
        }
        return Optional.empty();
    }

    /** Any other folder or file: its MIDI files and CSVs as they are. */
    static DataSet other(Path path) {
        return new DataSet(String.valueOf(path.normalize().getFileName()), false, "", plain(path));
    }

    /** The same by another name. */
    DataSet named(String other) {
        return new DataSet(other, caveated, prefix, sources);
    }

    private static List<Source> plain(Path path) {
        return List.copyOf(MusicFiles.find(List.of(path)));
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
