package antiphon.config;

import antiphon.improv.Memory;
import org.jspecify.annotations.Nullable;

/** A {@link Memory}; true and false of older files are read as session and off. */
record MemoryType() implements SettingType<Memory> {
    private static final Choice<Memory> CHOICE = new Choice<>(Memory.class);

    @Override
    public String what() {
        return CHOICE.what();
    }

    @Override
    public String allowed() {
        return CHOICE.allowed();
    }

    @Override
    public boolean allows(Memory value) {
        return true;
    }

    @Override
    public @Nullable Memory fromToml(Object value) {
        return fromText(value.toString());
    }

    @Override
    public @Nullable Memory fromText(String text) {
        return switch (text.strip()) {
            case "true" -> Memory.SESSION;
            case "false" -> Memory.OFF;
            default -> CHOICE.fromText(text);
        };
    }

    @Override
    public String toText(Memory value) {
        return CHOICE.toText(value);
    }

    @Override
    public String toToml(Memory value) {
        return CHOICE.toToml(value);
    }
}
