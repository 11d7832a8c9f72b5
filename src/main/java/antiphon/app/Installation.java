package antiphon.app;

import antiphon.live.StatusReader;
import java.nio.file.Files;
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

    /**
     * The file of the notes that sound now, for the next start after a crash: in memory
     * ({@code $XDG_RUNTIME_DIR/antiphon}) if that folder can be written to, else with the other state.
     */
    static Path heldNotes(String client) {
        return running().resolve("held-" + fileName(client) + ".notes");
    }

    /** The socket at which a running program is asked for its status; in the same folder as {@link #heldNotes}. */
    static Path statusSocket(String client) {
        return running().resolve(fileName(client) + StatusReader.SUFFIX);
    }

    private static Path running() {
        String runtime = System.getenv().getOrDefault("XDG_RUNTIME_DIR", "");
        return runtime.isEmpty() || !Files.isWritable(Path.of(runtime))
                ? state()
                : Path.of(runtime).resolve("antiphon");
    }

    private static String fileName(String client) {
        return client.replaceAll("[^A-Za-z0-9._-]", "_");
    }
}
