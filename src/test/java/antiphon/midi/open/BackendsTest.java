package antiphon.midi.open;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import antiphon.midi.MidiBackend;
import antiphon.midi.MidiException;
import antiphon.midi.device.CoreMidiBackend;
import antiphon.music.Message;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class BackendsTest {
    @Test
    void shouldSayWhichNamesThereAre() {
        assertThatThrownBy(() -> Backends.open("asio", "antiphon"))
                .isInstanceOf(MidiException.class)
                .hasMessage("midi.backend = \"asio\"; allowed: auto, jack, alsa, coremidi, javasound, rtp, lv2, none."
                        + " Choose one of these.");
    }

    @Test
    void shouldAlwaysFindSomeBackendByItself() {
        try (MidiBackend backend = Backends.open("auto", "antiphon")) {
            assertThat(backend.name()).isIn("jack", "alsa", "coremidi", "javasound");
            assertThat(backend.list()).isNotNull();
        }
    }

    @Test
    void shouldForgetEverythingWithNone() {
        try (MidiBackend backend = Backends.open("none", "antiphon")) {
            MidiBackend.OutputPort output = backend.openOutput("out", List.of());
            backend.start();
            assertThat(output.send(Message.noteOn(0, 60, 1), 0)).isTrue();
            assertThat(backend.list()).isEmpty();
        }
    }

    /** Where the tests run there is no kernel sound; .ci/alsa has some. */
    @Test
    void shouldSayInOneLineWhatIsMissingForAlsa() {
        if (!Files.exists(Path.of("/dev/snd/seq"))) {
            assertThatThrownBy(() -> Backends.open("alsa", "antiphon"))
                    .isInstanceOf(MidiException.class)
                    .hasMessageStartingWith("alsa: no ")
                    .hasMessageContaining(" needed. ")
                    .hasMessageEndingWith(", or use --backend javasound.");
        }
    }

    @Test
    void shouldRefuseCoreMidiElsewhereInOneLine() {
        if (!CoreMidiBackend.isMac()) {
            assertThatThrownBy(() -> Backends.open("coremidi", "antiphon"))
                    .isInstanceOf(MidiException.class)
                    .hasMessageEndingWith("Use --backend jack or javasound.");
        }
    }
}
