package antiphon.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlParseResult;

/**
 * What kind of value a setting has, which values are allowed, and how people write them in a file or in plain text.
 *
 * @param <T> the value as the program uses it; immutable
 */
public interface SettingType<T> {
    /** Such as "a number"; with {@link #allowed} it completes "allowed: ". Empty if {@code allowed} says it all. */
    String what();

    /** Which values are allowed, such as "above 0, at most 1". */
    String allowed();

    boolean allows(T value);

    /** The value as the TOML parser gives it, or null if it is not of this kind. */
    @Nullable
    T fromToml(Object value);

    /** The value from the environment or a flag, or null if the text does not read as one. */
    @Nullable
    T fromText(String text);

    /** The value as plain text that {@link #fromText} reads back. */
    String toText(T value);

    /** The value as it is written in a TOML file. */
    default String toToml(T value) {
        return toText(value);
    }

    /**
     * The message for a wrong value, without where it was found.
     *
     * @param key what it was called there: the id or a former name of the setting
     * @param found as it was written
     * @param rightKind whether it is at least a value of the type, only out of range
     */
    default String mistake(String key, String found, boolean rightKind) {
        String what = rightKind ? "" : what();
        return key + " = " + ConfigException.shortened(found) + "; allowed: " + what + allowed() + ".";
    }

    /** A decimal number in a range whose ends may or may not belong to it. NaN never does. */
    record Decimal(String allowed, double min, boolean minAllowed, double max, boolean maxAllowed)
            implements SettingType<Double> {
        static Decimal between(double min, double max) {
            return new Decimal(plain(min) + " to " + plain(max), min, true, max, true);
        }

        static Decimal aboveToMax(double above, double max) {
            return new Decimal("above " + plain(above) + ", at most " + plain(max), above, false, max, true);
        }

        static Decimal minToBelow(double min, double below) {
            return new Decimal("at least " + plain(min) + ", below " + plain(below), min, true, below, false);
        }

        private static String plain(double number) {
            return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
        }

        @Override
        public String what() {
            return "a number, ";
        }

        @Override
        public boolean allows(Double value) {
            boolean highEnough = minAllowed ? value >= min : value > min;
            return highEnough && (maxAllowed ? value <= max : value < max);
        }

        @Override
        public @Nullable Double fromToml(Object value) {
            // Both are taken, because people write 1 for 1.0.
            return value instanceof Double || value instanceof Long ? ((Number) value).doubleValue() : null;
        }

        @Override
        public @Nullable Double fromText(String text) {
            try {
                return Double.valueOf(text.strip());
            } catch (NumberFormatException notNumber) {
                return null;
            }
        }

        @Override
        public String toText(Double value) {
            return plain(value);
        }
    }

    /** A whole number from {@code min} to {@code max}. */
    record Whole(long min, long max) implements SettingType<Long> {
        @Override
        public String what() {
            return "a whole number, ";
        }

        @Override
        public String allowed() {
            return max == Long.MAX_VALUE ? "at least " + min : min + " to " + max;
        }

        @Override
        public boolean allows(Long value) {
            return value >= min && value <= max;
        }

        @Override
        public @Nullable Long fromToml(Object value) {
            return value instanceof Long whole ? whole : null;
        }

        @Override
        public @Nullable Long fromText(String text) {
            try {
                return Long.valueOf(text.strip());
            } catch (NumberFormatException notNumber) {
                return null;
            }
        }

        @Override
        public String toText(Long value) {
            return value.toString();
        }
    }

    /** A whole number from {@code min} to {@code max}, or a word, which the program knows as another number. */
    record WholeOr(String word, long meaning, long min, long max) implements SettingType<Long> {
        @Override
        public String what() {
            return "";
        }

        @Override
        public String allowed() {
            return word + " or " + min + " to " + max;
        }

        @Override
        public boolean allows(Long value) {
            return value == meaning || (value >= min && value <= max);
        }

        @Override
        public @Nullable Long fromToml(Object value) {
            return value instanceof Long whole ? notMeaning(whole) : fromText(value.toString());
        }

        @Override
        public @Nullable Long fromText(String text) {
            if (text.strip().equals(word)) {
                return meaning;
            }
            try {
                return notMeaning(Long.parseLong(text.strip()));
            } catch (NumberFormatException notNumber) {
                return null;
            }
        }

        /** What the word means can be said by the word alone. */
        private @Nullable Long notMeaning(long number) {
            return number == meaning ? null : number;
        }

        @Override
        public String toText(Long value) {
            return value == meaning ? word : value.toString();
        }

        @Override
        public String toToml(Long value) {
            return value == meaning ? '"' + word + '"' : value.toString();
        }
    }

    /** true or false. */
    record Switch() implements SettingType<Boolean> {
        @Override
        public String what() {
            return "";
        }

        @Override
        public String allowed() {
            return "true or false";
        }

        @Override
        public boolean allows(Boolean value) {
            return true;
        }

        @Override
        public @Nullable Boolean fromToml(Object value) {
            return value instanceof Boolean yes ? yes : null;
        }

        @Override
        public @Nullable Boolean fromText(String text) {
            return switch (text.strip()) {
                case "true" -> true;
                case "false" -> false;
                default -> null;
            };
        }

        @Override
        public String toText(Boolean value) {
            return value.toString();
        }
    }

    /** One of an enumeration's constants, written in lower case. */
    record Choice<E extends Enum<E>>(Class<E> type) implements SettingType<E> {
        @Override
        public String what() {
            return "";
        }

        @Override
        public String allowed() {
            List<String> names = new ArrayList<>();
            for (E constant : type.getEnumConstants()) {
                names.add(toText(constant));
            }
            String last = names.removeLast();
            return String.join(", ", names) + " or " + last;
        }

        @Override
        public boolean allows(E value) {
            return true;
        }

        @Override
        public @Nullable E fromToml(Object value) {
            return value instanceof String text ? fromText(text) : null;
        }

        @Override
        public @Nullable E fromText(String text) {
            for (E constant : type.getEnumConstants()) {
                if (toText(constant).equals(text)) {
                    return constant;
                }
            }
            return null;
        }

        @Override
        public String toText(E value) {
            return value.name().toLowerCase(Locale.ROOT);
        }

        @Override
        public String toToml(E value) {
            return quoted(toText(value));
        }
    }

    /** Text that matches a pattern as a whole. */
    record Text(Pattern pattern, String allowed) implements SettingType<String> {
        @Override
        public String what() {
            return "text, ";
        }

        @Override
        public boolean allows(String value) {
            return pattern.matcher(value).matches();
        }

        @Override
        public @Nullable String fromToml(Object value) {
            return value instanceof String text ? text : null;
        }

        @Override
        public String fromText(String text) {
            return text;
        }

        @Override
        public String toText(String value) {
            return value;
        }

        @Override
        public String toToml(String value) {
            return quoted(value);
        }
    }

    /** A list of texts. As plain text: a TOML array, or texts with commas between. */
    record Texts() implements SettingType<List<String>> {
        @Override
        public String what() {
            return "a list, ";
        }

        @Override
        public String allowed() {
            return "texts that are not empty, such as [\"Keystation\"]";
        }

        @Override
        public boolean allows(List<String> value) {
            return value.stream().noneMatch(String::isBlank);
        }

        @Override
        public @Nullable List<String> fromToml(Object value) {
            if (!(value instanceof TomlArray array)) {
                return null;
            }
            List<String> texts = new ArrayList<>();
            for (Object element : array.toList()) {
                if (!(element instanceof String text)) {
                    return null;
                }
                texts.add(text);
            }
            return List.copyOf(texts);
        }

        @Override
        public @Nullable List<String> fromText(String text) {
            if (text.isBlank()) {
                return List.of();
            }
            if (text.strip().startsWith("[")) {
                TomlParseResult parsed = Toml.parse("list = " + text);
                Object list = parsed.get("list");
                return parsed.hasErrors() || list == null ? null : fromToml(list);
            }
            return Pattern.compile(",").splitAsStream(text).map(String::strip).toList();
        }

        /** Always an array: a text may itself have commas. */
        @Override
        public String toText(List<String> value) {
            return value.stream().map(SettingType::quoted).collect(Collectors.joining(", ", "[", "]"));
        }
    }

    /** A TOML string, whatever characters are in it. */
    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        text.codePoints().forEach(c -> {
            if (c == '"' || c == '\\') {
                quoted.append('\\').appendCodePoint(c);
            } else if (Character.isISOControl(c)) {
                quoted.append(String.format("\\u%04X", c));
            } else {
                quoted.appendCodePoint(c);
            }
        });
        return quoted.append('"').toString();
    }

    /** Text that is allowed when {@code pattern} matches all of it. */
    static Text text(String pattern, String allowed) {
        return new Text(Pattern.compile(pattern), allowed);
    }
}
