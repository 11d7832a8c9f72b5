package antiphon.corpus;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** What a file is by the ending of its name. Stateless. */
final class Endings {
    private static final List<String> MIDI = List.of(".mid", ".midi", ".rmi", ".kar");
    private static final String CSV = ".csv";
    private static final List<String> TAR = List.of(".tar.xz", ".txz", ".tar.gz", ".tgz", ".tar");
    private static final String ZIP = ".zip";
    private static final String GZ = ".gz";

    private Endings() {}

    private static boolean has(Path file, String ending) {
        return nameOf(file).toLowerCase(Locale.ROOT).endsWith(ending);
    }

    private static String nameOf(Path file) {
        return String.valueOf(file.getFileName());
    }

    static boolean isCsv(Path file) {
        return has(file, CSV);
    }

    /** MIDI or a CSV. */
    static boolean isMusic(Path file) {
        return isCsv(file) || MIDI.stream().anyMatch(ending -> has(file, ending));
    }

    static boolean isZip(Path file) {
        return has(file, ZIP);
    }

    static boolean isTar(Path file) {
        return TAR.stream().anyMatch(ending -> has(file, ending));
    }

    /** A music file that is packed alone. */
    static boolean isPackedMusic(Path file) {
        return has(file, GZ) && !isTar(file) && isMusic(Path.of(withoutArchive(file)));
    }

    static boolean isArchive(Path file) {
        return isZip(file) || isTar(file) || isPackedMusic(file);
    }

    /** An archive's name without the ending that makes it one. */
    static String withoutArchive(Path file) {
        String name = nameOf(file);
        String ending = Stream.concat(TAR.stream(), Stream.of(ZIP, GZ))
                .filter(each -> has(file, each))
                .findFirst()
                .orElse("");
        return name.substring(0, name.length() - ending.length());
    }
}
