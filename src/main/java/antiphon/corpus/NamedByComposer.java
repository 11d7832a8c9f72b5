package antiphon.corpus;

import java.nio.file.Path;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Collections whose file names begin with the composer: {@code Chopin, Frédéric, Études.mid},
 * {@code Brahms_Johannes_Sonata.mid}, {@code CzernyC__Op_821.mid}. Pure.
 */
final class NamedByComposer {
    private static final Pattern SURNAME = Pattern.compile("^\\p{Lu}[\\p{Ll}']+");
    private static final Set<String> NOBODY = Set.of("", "traditional", "anonymous", "unknown");

    private NamedByComposer() {}

    /** The MIDI files of a folder, each with its composer as group. */
    static List<Source> sources(Path folder, Consumer<String> told) {
        return MusicFiles.find(List.of(folder), told).stream()
                .map(file -> (Source) damage -> file.read(damage).stream()
                        .map(piece -> new Piece(
                                piece.name(),
                                Touch.given(piece.performance()),
                                piece.phraseOnsetsNanos(),
                                composer(file.path())))
                        .toList())
                .toList();
    }

    private static String composer(Path file) {
        Matcher surname = SURNAME.matcher(String.valueOf(file.getFileName()));
        return surname.find() ? group(surname.group()) : "";
    }

    /** The group of a person: the first part of the surname, in small letters without accents; empty for nobody. */
    static String group(String surname) {
        String first = surname.split("[-,_ ]", 2)[0];
        String letters = Normalizer.normalize(first, Normalizer.Form.NFKD)
                .replaceAll("[^A-Za-z]", "")
                .toLowerCase(Locale.ROOT);
        return NOBODY.contains(letters) ? "" : letters;
    }
}
