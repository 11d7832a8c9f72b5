package antiphon.app;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option of every command that opens ports. */
final class BackendOption {
    @Option(
            names = "--backend",
            paramLabel = "NAME",
            description = "auto, jack, alsa, coremidi, javasound, rtp or lv2.")
    private @Nullable String name;

    /** Puts it among the other options. */
    void addTo(SettingsOptions options) {
        options.put("midi.backend", name);
    }
}
