package antiphon.config;

import antiphon.file.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlParseResult;

/**
 * Which controllers of MIDI keyboards move which settings: one each. Immutable.
 *
 * @param bindings in the order in which they were made
 */
public record ControllerMap(List<Binding> bindings) {
    private static final int MAX_CHANNEL = 16;
    private static final int BANK = 0;
    private static final int BANK_FINE = 32;
    private static final int SUSTAIN = 64;
    private static final int SOSTENUTO = 66;
    private static final int HOLD = 69;
    private static final int FIRST_CHANNEL_MODE = 120;

    private static final String HEAD =
            """
            # Which controllers move which settings of antiphon: channel (1 to 16) and number of each.
            # Written by `antiphon learn` and by the page; read when the program starts.
            """;

    public ControllerMap {
        bindings = List.copyOf(bindings);
    }

    /**
     * One of them.
     *
     * @param setting that {@link #canMove} allows
     * @param channel 1–16, as people count
     * @param controller that {@link #canBeBound} allows
     */
    public record Binding(Setting<?> setting, int channel, int controller) {}

    /** None. */
    public static ControllerMap empty() {
        return new ControllerMap(List.of());
    }

    /** True if a controller can move this setting: it can change while playing, and positions mean something to it. */
    public static boolean canMove(Setting<?> setting) {
        return LiveSettings.control(setting).isPresent()
                && Knob.text(setting, 0).isPresent();
    }

    /**
     * True if this controller may move settings. Pedals are music, banks belong to program changes, and what lies above
     * 119 ends notes.
     */
    public static boolean canBeBound(int controller) {
        return switch (controller) {
            case BANK, BANK_FINE, SUSTAIN, SOSTENUTO, HOLD -> false;
            default -> controller >= 0 && controller < FIRST_CHANNEL_MODE;
        };
    }

    /** The same, and this one, in place of what the setting or the controller was bound to. */
    public ControllerMap with(Binding added) {
        List<Binding> kept = new ArrayList<>(bindings);
        kept.removeIf(each -> each.setting().equals(added.setting())
                || (each.channel() == added.channel() && each.controller() == added.controller()));
        kept.add(added);
        return new ControllerMap(kept);
    }

    /** The same without what moves this setting. */
    public ControllerMap without(Setting<?> setting) {
        return new ControllerMap(bindings.stream()
                .filter(each -> !each.setting().equals(setting))
                .toList());
    }

    /** What this controller moves. */
    public Optional<Setting<?>> moved(int channel, int controller) {
        return bindings.stream()
                .filter(each -> each.channel() == channel && each.controller() == controller)
                .<Setting<?>>map(Binding::setting)
                .findFirst();
    }

    /**
     * Reads a file that {@link #write} wrote; empty if there is none.
     *
     * @throws ConfigException with one line for each mistake
     */
    public static ControllerMap read(Path file) {
        if (!Files.exists(file)) {
            return empty();
        }
        TomlParseResult parsed;
        try {
            parsed = Toml.parse(SettingsFile.read(file));
        } catch (IOException unreadable) {
            throw new ConfigException(List.of(file + ": cannot be read (" + unreadable.getMessage()
                    + "); allowed: what antiphon learn wrote. Mend or remove it."));
        }
        List<String> mistakes = new ArrayList<>();
        parsed.errors()
                .forEach(error -> mistakes.add(file + ":" + error.position().line()
                        + ": not TOML; allowed: what antiphon learn wrote. Mend or remove it."));
        ControllerMap map = empty();
        for (String id : parsed.keySet()) {
            Object value = parsed.get(List.of(id));
            Optional<Binding> binding = binding(id, value);
            if (binding.isPresent()) {
                map = map.with(binding.get());
            } else {
                mistakes.add(
                        file + ": " + id + " = " + (value instanceof TomlArray array ? array.toList() : value)
                                + "; allowed: a setting that can change while playing, with [channel 1 to 16, controller 1 to 119].");
            }
        }
        if (!mistakes.isEmpty()) {
            throw new ConfigException(mistakes);
        }
        return map;
    }

    private static Optional<Binding> binding(String id, @Nullable Object value) {
        if (!(value instanceof TomlArray array)
                || array.size() != 2
                || !(array.get(0) instanceof Long channel)
                || !(array.get(1) instanceof Long controller)) {
            return Optional.empty();
        }
        boolean right =
                channel >= 1 && channel <= MAX_CHANNEL && controller <= Knob.MAX && canBeBound(controller.intValue());
        return SettingTable.byId(id)
                .filter(setting -> right && canMove(setting))
                .map(setting -> new Binding(setting, channel.intValue(), controller.intValue()));
    }

    /** Writes the file, whole or not at all; makes its folder. */
    public void write(Path file) throws IOException {
        StringBuilder text = new StringBuilder(HEAD);
        for (Binding each : bindings) {
            text.append('"')
                    .append(each.setting().id())
                    .append("\" = [")
                    .append(each.channel())
                    .append(", ");
            text.append(each.controller()).append("]\n");
        }
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        AtomicFile.write(file, temporary -> Files.writeString(temporary, text));
    }
}
