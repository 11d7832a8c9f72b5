package antiphon.config;

import antiphon.Fuzzing;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Any bytes as a settings file: read, or refused with mistakes that name it. */
public final class SettingsFuzz {
    private static final Path FILE = Fuzzing.folder("toml").resolve("antiphon.toml");

    private SettingsFuzz() {}

    /** One file. */
    public static void fuzzerTestOneInput(byte[] bytes) {
        Fuzzing.write(FILE, bytes);
        try {
            ConfigReader.read(Optional.of(FILE), Map.of(), Map.of());
        } catch (ConfigException refused) {
            // The last may only say that there are more.
            Fuzzing.requireSaid(new IllegalStateException(refused.mistakes().getFirst()), FILE.toString());
        }
    }
}
