package antiphon.config;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlParseResult;

/** A list of whole numbers from {@code min} to {@code max}. As plain text: a TOML array, or numbers with commas. */
record NumberList(int min, int max) implements SettingType<List<Integer>> {
    @Override
    public String what() {
        return "a list, ";
    }

    @Override
    public String allowed() {
        return "whole numbers from " + min + " to " + max + ", such as [0, 1]";
    }

    @Override
    public boolean allows(List<Integer> value) {
        return value.stream().allMatch(number -> number >= min && number <= max);
    }

    @Override
    public @Nullable List<Integer> fromToml(Object value) {
        if (!(value instanceof TomlArray array)) {
            return null;
        }
        List<Integer> numbers = new ArrayList<>();
        for (Object element : array.toList()) {
            if (!(element instanceof Long number) || number != number.intValue()) {
                return null;
            }
            numbers.add(number.intValue());
        }
        return List.copyOf(numbers);
    }

    @Override
    public @Nullable List<Integer> fromText(String text) {
        String bare = text.strip();
        TomlParseResult parsed = Toml.parse("list = " + (bare.startsWith("[") ? bare : "[" + bare + "]"));
        Object list = parsed.get("list");
        return parsed.hasErrors() || list == null ? null : fromToml(list);
    }

    @Override
    public String toText(List<Integer> value) {
        return value.toString();
    }
}
