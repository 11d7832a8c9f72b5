package antiphon.midi.jack;

import antiphon.midi.MidiException;
import java.lang.foreign.Arena;
import java.lang.foreign.SymbolLookup;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Finds libjack on this machine: JACK's own, or PipeWire's stand-in when started under {@code pw-jack}. Kept apart
 * from {@link Jack} so that a missing library gives an ordinary error instead of a failed class initialisation.
 */
final class JackLibrary {
    static final @Nullable SymbolLookup SYMBOLS = find();

    private JackLibrary() {}

    /** @throws MidiException if libjack is not installed */
    static SymbolLookup require() {
        SymbolLookup symbols = SYMBOLS;
        if (symbols == null) {
            throw new MidiException("jack: no library " + names().getFirst() + "; JACK or PipeWire's JACK is needed. "
                    + "Install it (apt install libjack-jackd2-0), or use --backend javasound.");
        }
        return symbols;
    }

    private static @Nullable SymbolLookup find() {
        for (String name : names()) {
            try {
                return SymbolLookup.libraryLookup(name, Arena.global());
            } catch (IllegalArgumentException notHere) {
                // The next name; JackLibrary.require says it when none is left.
            }
        }
        return null;
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
