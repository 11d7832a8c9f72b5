package antiphon.midi.alsa;

import antiphon.midi.NoServerException;
import java.lang.foreign.Arena;
import java.lang.foreign.SymbolLookup;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Finds libasound and the kernel's sequencer. Kept apart from {@link Alsa} so that a missing library gives an ordinary
 * error instead of a failed class initialisation.
 */
final class AlsaLibrary {
    private static final Path SEQUENCER = Path.of("/dev/snd/seq");

    static final @Nullable SymbolLookup SYMBOLS = find();

    private AlsaLibrary() {}

    /** @throws NoServerException if libasound is not installed */
    static SymbolLookup require() {
        SymbolLookup symbols = SYMBOLS;
        if (symbols == null) {
            throw new NoServerException(
                    "alsa: no library libasound.so.2; it is needed. Install it (apt install libasound2)");
        }
        return symbols;
    }

    /**
     * Asked before libasound is, which would write lines of its own to the standard error.
     *
     * @throws NoServerException if the kernel has no sequencer, or does not let us use it
     */
    static void requireSequencer() {
        if (!Files.exists(SEQUENCER)) {
            throw new NoServerException(
                    "alsa: no " + SEQUENCER + "; the kernel's sequencer is needed. Load it (modprobe snd-seq)");
        }
        if (!Files.isReadable(SEQUENCER) || !Files.isWritable(SEQUENCER)) {
            throw new NoServerException("alsa: " + SEQUENCER + " may not be used by this user; reading and writing are"
                    + " needed. Join its group (usermod -aG audio USER) and log in again");
        }
    }

    private static @Nullable SymbolLookup find() {
        try {
            return SymbolLookup.libraryLookup("libasound.so.2", Arena.global());
        } catch (IllegalArgumentException notHere) {
            return null;
        }
    }
}
