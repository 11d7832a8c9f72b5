package antiphon.config;

import antiphon.music.ChannelRoute;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A list of {@linkplain ChannelRoute routes}, as people write them. As plain text: a TOML array, or routes with commas. */
record RouteList() implements SettingType<List<String>> {
    private static final Texts TEXTS = new Texts();

    @Override
    public String what() {
        return "a list, ";
    }

    @Override
    public String allowed() {
        return "channels such as \"all\", \"1-4\", \"10>1\" (10 as 1) or \"in-2:1>3\" (of the second input)";
    }

    @Override
    public boolean allows(List<String> value) {
        return value.stream().allMatch(text -> ChannelRoute.parse(text) != null);
    }

    @Override
    public @Nullable List<String> fromToml(Object value) {
        return value instanceof String text ? fromText(text) : TEXTS.fromToml(value);
    }

    @Override
    public @Nullable List<String> fromText(String text) {
        return TEXTS.fromText(text);
    }

    @Override
    public String toText(List<String> value) {
        return TEXTS.toText(value);
    }
}
