package antiphon.app;

import antiphon.config.Config;
import antiphon.config.ConfigException;
import antiphon.config.LiveSettings;
import antiphon.config.Preset;
import antiphon.config.Presets;
import antiphon.config.Setting;
import antiphon.config.SteerSetting;
import antiphon.improv.Control;
import antiphon.live.Controls;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * Which preset is chosen in a session. What the one before it set and the new one does not goes back to what the settings
 * say; everything else stays as it is. One cold thread at a time.
 */
final class PresetChoice {
    private final Presets presets;
    private Config plain;
    private volatile @Nullable Preset chosen;

    /**
     * Begins with the preset that the program starts with, if any.
     *
     * @param plain the settings without a preset
     */
    PresetChoice(Presets presets, Config plain) {
        this.presets = presets;
        this.plain = plain;
        String first = plain.value(SteerSetting.PRESET).strip();
        chosen = first.isEmpty() ? null : presets.named(first);
    }

    /** The presets that program changes and keys choose, in their order. Fails if one of those that are named is none. */
    static List<String> order(Config config, Presets presets) {
        List<String> named = config.value(SteerSetting.ORDER);
        List<String> known = presets.names();
        for (String name : named) {
            if (!known.contains(name)) {
                throw new ConfigException(List.of(
                        "preset.order: " + name + ": no such preset; allowed: " + String.join(", ", known) + "."));
            }
        }
        return named.isEmpty() ? known : named;
    }

    /** The settings were read again. */
    void follow(Config again) {
        plain = again;
    }

    /** The name of the one that was chosen last; empty if none was. Any thread. */
    String name() {
        Preset now = chosen;
        return now == null ? "" : now.name();
    }

    /**
     * Chooses another, or the same again as its file now is.
     *
     * @return what is to be said; empty if the engine did not take it
     * @throws ConfigException if there is no such preset, or it is wrong: everything stays as it is
     */
    String choose(String name, Controls controls) {
        Preset next = presets.named(name);
        Map<Setting<?>, Object> values = new LinkedHashMap<>();
        Preset before = chosen;
        if (before != null) {
            before.values().keySet().forEach(setting -> values.put(setting, plain.value(setting)));
        }
        values.putAll(next.values());
        if (!controls.applyAll(changes(values, controls))) {
            return "";
        }
        chosen = next;
        return "preset = " + next.name() + ": " + next.description();
    }

    /** What differs from now. Modes come last, so that they begin with everything else in place. */
    private static SequencedMap<Control, Long> changes(Map<Setting<?>, Object> values, Controls controls) {
        SequencedMap<Control, Long> changes = new LinkedHashMap<>();
        SequencedMap<Control, Long> modes = new LinkedHashMap<>();
        values.forEach((setting, value) -> {
            Control control = LiveSettings.control(setting).orElseThrow();
            long packed = LiveSettings.pack(setting, value);
            // Seed 0 means any: the one that is drawn already is as good.
            boolean same = packed == controls.value(control) || (control == Control.SEED && packed == 0);
            if (!same) {
                (control.ofPart() == Control.MODE ? modes : changes).put(control, packed);
            }
        });
        changes.putAll(modes);
        return changes;
    }
}
