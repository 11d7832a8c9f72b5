package antiphon.config;

import antiphon.music.Scale;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A {@link Scale} by its name: {@code auto}, {@code chromatic}, or a tonic and a kind with a space between, such as {@code
 * Bb major}. The letters' case does not count.
 */
record ScaleType() implements SettingType<Scale> {
    private static final int OCTAVE = 12;
    private static final String LETTERS = "cdefgab";
    private static final int[] PITCH_CLASSES = {0, 2, 4, 5, 7, 9, 11};

    /** Other names that people have for a kind. */
    private static final Map<String, Scale.Kind> OTHER_NAMES = Map.of(
            "ionian", Scale.Kind.MAJOR,
            "aeolian", Scale.Kind.MINOR,
            "natural minor", Scale.Kind.MINOR,
            "pentatonic", Scale.Kind.MAJOR_PENTATONIC);

    private static final Map<String, Scale.Kind> KINDS = kinds();

    private static Map<String, Scale.Kind> kinds() {
        Map<String, Scale.Kind> kinds = new LinkedHashMap<>();
        for (Scale.Kind kind : Scale.Kind.values()) {
            if (kind.hasTonic()) {
                kinds.put(kind.text(), kind);
            }
        }
        return kinds;
    }

    /** The kinds that need a tonic, for people. */
    static String kindsText() {
        return String.join(", ", KINDS.keySet());
    }

    @Override
    public String what() {
        return "";
    }

    @Override
    public String allowed() {
        return "auto, chromatic, or a tonic and a scale, such as C major, F# blues, Eb minor pentatonic";
    }

    @Override
    public boolean allows(Scale value) {
        return true;
    }

    @Override
    public @Nullable Scale fromToml(Object value) {
        return value instanceof String text ? fromText(text) : null;
    }

    @Override
    public @Nullable Scale fromText(String text) {
        String[] words = words(text);
        if (words.length == 1) {
            return Stream.of(Scale.Kind.AUTO, Scale.Kind.CHROMATIC)
                    .filter(kind -> kind.text().equals(words[0]))
                    .findFirst()
                    .map(kind -> new Scale(kind, 0))
                    .orElse(null);
        }
        int tonic = tonic(words[0]);
        Scale.Kind kind = KINDS.getOrDefault(words[1], OTHER_NAMES.get(words[1]));
        return tonic < 0 || kind == null ? null : new Scale(kind, tonic);
    }

    /** One word, or the first and all others. */
    private static String[] words(String text) {
        return text.strip()
                .toLowerCase(Locale.ROOT)
                .replace('\u266F', '#')
                .replace('\u266D', 'b')
                .replaceAll("[\\s_-]+", " ")
                .split(" ", 2);
    }

    /** The pitch class of a tonic's name; -1 if it is none. */
    private static int tonic(String name) {
        int letter = name.isEmpty() ? -1 : LETTERS.indexOf(name.charAt(0));
        if (letter < 0) {
            return -1;
        }
        return switch (name.substring(1)) {
            case "" -> PITCH_CLASSES[letter];
            case "#" -> (PITCH_CLASSES[letter] + 1) % OCTAVE;
            case "b" -> (PITCH_CLASSES[letter] + OCTAVE - 1) % OCTAVE;
            default -> -1;
        };
    }

    @Override
    public String toText(Scale value) {
        return value.text();
    }

    @Override
    public String toToml(Scale value) {
        return '"' + value.text() + '"';
    }

    /** Says besides which one was probably meant. */
    @Override
    public String mistake(String key, String found, boolean rightKind) {
        String near = nearest(found.replace("\"", ""));
        return SettingType.super.mistake(key, found, rightKind) + (near.isEmpty() ? "" : " Did you mean " + near + "?");
    }

    private static String nearest(String found) {
        String[] words = words(found);
        int tonic = tonic(words[0]);
        if (tonic >= 0) {
            String kind = words.length == 1 ? null : Nearest.to(words[1], KINDS.keySet());
            return new Scale(kind == null ? Scale.Kind.MAJOR : KINDS.getOrDefault(kind, Scale.Kind.MAJOR), tonic)
                    .text();
        }
        List<String> names = new ArrayList<>(List.of(Scale.Kind.AUTO.text(), Scale.Kind.CHROMATIC.text()));
        for (Scale.Kind kind : KINDS.values()) {
            for (int i = 0; i < OCTAVE; i++) {
                names.add(new Scale(kind, i).text());
            }
        }
        Map<String, String> byLowerCase =
                names.stream().collect(Collectors.toMap(name -> name.toLowerCase(Locale.ROOT), name -> name));
        String near = Nearest.to(String.join(" ", words), byLowerCase.keySet());
        return near == null ? "" : byLowerCase.getOrDefault(near, "");
    }
}
