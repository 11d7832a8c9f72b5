package antiphon.config;

import java.util.List;

/** Presets, found by their names. Any cold thread. */
public interface PresetsByName {
    /** Where there are none. */
    PresetsByName NONE = new PresetsByName() {
        @Override
        public List<String> names() {
            return List.of();
        }

        @Override
        public Preset named(String name) {
            throw new ConfigException(List.of("preset " + name + ": no such preset; allowed: none."));
        }
    };

    /** The names of all, sorted. */
    List<String> names();

    /**
     * Reads the preset with this name.
     *
     * @throws ConfigException if there is none, or with every mistake in it
     */
    Preset named(String name);
}
