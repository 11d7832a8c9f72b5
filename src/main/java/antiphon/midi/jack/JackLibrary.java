package antiphon.midi.jack;

import antiphon.midi.NoServerException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.SymbolLookup;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds libjack on this machine: JACK's own, or PipeWire's stand-in when started under {@code pw-jack}. Kept apart
 * from {@link Jack} so that a missing library gives an ordinary error instead of a failed class initialisation.
 */
final class JackLibrary {
    static final @Nullable SymbolLookup SYMBOLS = find();

    private JackLibrary() {}

    /** @throws NoServerException if libjack is not installed */
    static SymbolLookup require() {
        SymbolLookup symbols = SYMBOLS;
        if (symbols == null) {
            throw new NoServerException("jack: no library " + names().getFirst()
                    + "; JACK or PipeWire's JACK is needed. "
                    + (isPipeWireRunning(System.getenv())
                            ? "PipeWire runs: install its JACK (apt install pipewire-jack)"
                            : "Install it (apt install libjack-jackd2-0)"));
        }
        return symbols;
    }

    /** True if this user's PipeWire has made its socket. */
    static boolean isPipeWireRunning(Map<String, String> environment) {
        String folder =
                environment.getOrDefault("PIPEWIRE_RUNTIME_DIR", environment.getOrDefault("XDG_RUNTIME_DIR", ""));
        return !folder.isEmpty()
                && Files.exists(Path.of(folder, environment.getOrDefault("PIPEWIRE_REMOTE", "pipewire-0")));
    }

    private static @Nullable SymbolLookup find() {
        List<String> all = new ArrayList<>(names());
        if (isPipeWireRunning(System.getenv())) {
            all.addAll(ofPipeWire(Path.of("/usr")));
        }
        for (String name : all) {
            try {
                return SymbolLookup.libraryLookup(name, Arena.global());
            } catch (IllegalArgumentException notHere) {
                // The next name; JackLibrary.require says it when none is left.
            }
        }
        return null;
    }

    /** Where PipeWire keeps its libjack, off the usual path so that it does not hide JACK's own: lib, lib64, lib/ARCH. */
    static List<String> ofPipeWire(Path usr) {
        List<String> found = new ArrayList<>();
        for (String pattern : List.of("lib*", "lib/*")) {
            Path base = usr.resolve(pattern).getParent();
            try (DirectoryStream<Path> folders = Files.newDirectoryStream(
                    base == null ? usr : base, Path.of(pattern).getFileName().toString())) {
                for (Path folder : folders) {
                    Path library = folder.resolve("pipewire-0.3/jack/libjack.so.0");
                    if (Files.exists(library)) {
                        found.add(library.toString());
                    }
                }
            } catch (IOException noSuchFolder) {
                // The next one.
            }
        }
        return found;
    }

    private static List<String> names() {
        String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        if (system.contains("mac")) {
            return List.of("libjack.0.dylib", "/opt/homebrew/lib/libjack.0.dylib", "/usr/local/lib/libjack.0.dylib");
        }
        if (system.contains("win")) {
            return List.of("libjack64.dll", "C:\\Windows\\libjack64.dll");
        }
        return List.of("libjack.so.0");
    }
}
