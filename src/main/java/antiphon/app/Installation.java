package antiphon.app;

import java.nio.file.Path;

/** Where the program is installed and where it may keep its own state. */
final class Installation {
    private Installation() {}

    /** The folder that holds {@code bin}, {@code config} and {@code models}; {@code bin/antiphon} says which it is. */
    static Path home() {
        return Path.of(System.getProperty("antiphon.home", "."));
    }

    /** {@code $XDG_STATE_HOME/antiphon}, by default {@code ~/.local/state/antiphon}. */
    static Path state() {
        String stateHome = System.getenv().getOrDefault("XDG_STATE_HOME", "");
        Path base = stateHome.isEmpty()
                ? Path.of(System.getProperty("user.home", "."), ".local", "state")
                : Path.of(stateHome);
        return base.resolve("antiphon");
    }
}
