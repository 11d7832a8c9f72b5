package antiphon.config;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One row of the {@linkplain SettingTable table of settings}. Immutable.
 *
 * @param id dotted, as in the file: section, then name
 * @param unit of the value, such as "ms"; empty if it has none
 * @param type what the value may be
 * @param standard the value when nobody sets one
 * @param live whether it can change while playing
 * @param help what it does, for people; sentences, and a line break where a new paragraph begins
 */
public record Setting<T>(String id, String unit, SettingType<T> type, T standard, boolean live, String help) {
    /**
     * Compares only the id: no two settings have the same, and comparing all fields, as a record does, would cost time
     * at each start.
     */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Setting<?> setting && setting.id.equals(id);
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }

    /** The environment variable that overrides the file: {@code ANTIPHON_PLAY_TOP_P} for {@code play.top-p}. */
    public String variable() {
        return variable(id);
    }

    static String variable(String id) {
        return "ANTIPHON_" + id.replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT);
    }

    /** The part of the id before the last dot. */
    public String section() {
        return id.substring(0, id.lastIndexOf('.'));
    }

    /** The part of the id after the last dot. */
    public String name() {
        return id.substring(id.lastIndexOf('.') + 1);
    }

    /**
     * Reads a value as people type it.
     *
     * @throws ConfigException with one line: what was found, and what is allowed
     */
    public T parse(String text) {
        @Nullable T value = type.fromText(text);
        if (value == null || !type.allows(value)) {
            throw new ConfigException(List.of(type.mistake(id, text, value != null)));
        }
        return value;
    }

    /** The value as people type it; {@link #parse} reads it back. */
    public String format(T value) {
        return type.toText(value);
    }

    /** Which values are allowed, with their unit. */
    public String allowed() {
        return unit.isEmpty() ? type.allowed() : type.allowed() + " " + unit;
    }
}
