package antiphon.config;

import antiphon.improv.Band;
import antiphon.improv.Mode;
import org.jspecify.annotations.Nullable;

/** The number of a {@link Mode}, by its name, or {@code off} for {@value Band.Beside#OFF}: there is no such part. */
record PartModeType() implements SettingType<Long> {
    private static final String OFF = "off";
    private static final long OFF_NUMBER = Band.Beside.OFF;
    private static final Choice<Mode> CHOICE = new Choice<>(Mode.class);

    @Override
    public String what() {
        return CHOICE.what();
    }

    @Override
    public String allowed() {
        return OFF + ", " + CHOICE.allowed();
    }

    @Override
    public boolean allows(Long value) {
        return true;
    }

    @Override
    public @Nullable Long fromToml(Object value) {
        return value instanceof String text ? fromText(text) : null;
    }

    @Override
    public @Nullable Long fromText(String text) {
        if (text.equals(OFF)) {
            return OFF_NUMBER;
        }
        Mode mode = CHOICE.fromText(text);
        return mode == null ? null : (long) mode.number();
    }

    @Override
    public String toText(Long value) {
        return value == OFF_NUMBER ? OFF : CHOICE.toText(Mode.of(value.intValue()));
    }

    @Override
    public String toToml(Long value) {
        return '"' + toText(value) + '"';
    }
}
