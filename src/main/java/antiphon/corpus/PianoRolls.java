package antiphon.corpus;

import antiphon.music.Note;
import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Reproducing piano rolls of 1905 to 1930 as the Pianolatron project publishes them, with the catalogue that tells
 * composer and kind of roll. Rolls for pianos that could not play loud and soft are left out: nothing can be learned
 * from them about touch. Pure.
 */
final class PianoRolls {
    private static final String ENDING = "_exp";

    private PianoRolls() {}

    static List<Source> sources(Path folder, Consumer<String> told) {
        Map<String, Map<String, Object>> catalogue = catalogue(folder.resolve("output/catalog.json"));
        return MusicFiles.find(List.of(folder.resolve("midi/exp")), told).stream()
                .map(file -> (Source) damage -> read(file, catalogue, damage))
                .toList();
    }

    private static List<Piece> read(
            SourceFile file, Map<String, Map<String, Object>> catalogue, Consumer<String> told) {
        String id = file.name().endsWith(ENDING)
                ? file.name().substring(0, file.name().length() - ENDING.length())
                : file.name();
        Map<String, Object> entry = catalogue.getOrDefault(id, Map.of());
        if (text(entry, "type").endsWith("-note")) {
            throw new UnfitException("roll for a piano without loud and soft");
        }
        return file.read(told).stream()
                .map(piece -> {
                    if (hasOneVelocity(piece)) {
                        throw new UnfitException("roll played with one velocity");
                    }
                    return new Piece(
                            id, piece.performance(), List.of(), NamedByComposer.group(text(entry, "composer")));
                })
                .toList();
    }

    private static boolean hasOneVelocity(Piece piece) {
        return piece.performance().notes().stream()
                        .mapToInt(Note::velocity)
                        .distinct()
                        .count()
                == 1;
    }

    private static String text(Map<String, Object> entry, String key) {
        return entry.get(key) instanceof String text ? text : "";
    }

    private static Map<String, Map<String, Object>> catalogue(Path path) {
        Map<String, Map<String, Object>> byId = new HashMap<>();
        try {
            for (Object entry : JSON.std.listFrom(Files.readString(path))) {
                if (entry instanceof Map<?, ?> map && map.get("druid") instanceof String id) {
                    Map<String, Object> known = new HashMap<>();
                    map.forEach((key, value) -> known.put(String.valueOf(key), value));
                    byId.put(id, known);
                }
            }
        } catch (IOException failure) {
            throw new CorpusException(
                    path + ": cannot be read (" + failure.getMessage() + "); the catalogue of the rolls needed.",
                    failure);
        }
        return byId;
    }
}
