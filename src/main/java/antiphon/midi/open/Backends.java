package antiphon.midi.open;

import antiphon.host.Host;
import antiphon.midi.MidiBackend;
import antiphon.midi.MidiException;
import antiphon.midi.NoServerException;
import antiphon.midi.alsa.AlsaBackend;
import antiphon.midi.device.CoreMidiBackend;
import antiphon.midi.device.JavaSoundBackend;
import antiphon.midi.jack.JackBackend;
import antiphon.midi.lv2.Lv2Backend;
import antiphon.midi.lv2.Lv2Options;
import antiphon.midi.memory.SilentBackend;
import antiphon.midi.rtp.RtpBackend;
import antiphon.midi.rtp.RtpOptions;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens back ends by the names of the command line. */
public final class Backends {
    /** What {@link #open} knows, in the order people should read it. */
    public static final List<String> NAMES =
            List.of("auto", "jack", "alsa", "coremidi", "javasound", "rtp", "lv2", "none");

    private Backends() {}

    /** Not made at {@link #preload}: log.level is not yet read then. */
    private static Logger log() {
        return LoggerFactory.getLogger(Backends.class);
    }

    /**
     * Loads on a thread of its own what {@link #open} will probably need, so that the program's start does not wait for
     * it. Never fails; {@code open} says what is missing.
     */
    public static void preload() {
        Thread.ofPlatform().daemon().name("antiphon-preload").start(JackBackend::preload);
    }

    /**
     * Opens a back end. {@code auto} takes JACK if there is a server, else ALSA's sequencer on Linux, CoreMIDI on a
     * Mac, javasound elsewhere, and says so.
     *
     * @param name one of {@link #NAMES}
     * @param clientName what we are called where clients have names; JACK changes it if it is taken
     * @throws MidiException if there is no such back end, or it cannot run here
     */
    public static MidiBackend open(String name, String clientName) {
        return open(name, clientName, RtpOptions.local(), Lv2Options.all());
    }

    /** The same, with how a session over the network is to be held, or which plugins are played with, if any. */
    public static MidiBackend open(String name, String clientName, RtpOptions network, Lv2Options plugins) {
        return switch (name) {
            case "auto" -> openAny(clientName);
            case "jack" -> openJack(clientName);
            case "alsa" -> openAlsa(clientName);
            case "coremidi" -> CoreMidiBackend.open();
            case "javasound" -> new JavaSoundBackend();
            case "rtp" -> RtpBackend.open(clientName, network, Host.threads()::raise);
            case "lv2" -> Lv2Backend.open(clientName, plugins, Host.threads()::raise);
            case "none" -> new SilentBackend();
            default ->
                throw new MidiException("midi.backend = \"" + name + "\"; allowed: " + String.join(", ", NAMES)
                        + ". Choose one of these.");
        };
    }

    /** No JACK is no error here. But a server that is there and refuses is: whoever runs one wants to play with it. */
    private static MidiBackend openAny(String clientName) {
        try {
            return openJack(clientName);
        } catch (NoServerException noJack) {
            if (CoreMidiBackend.isMac()) {
                return CoreMidiBackend.open();
            }
            return openWithoutJack(clientName, noJack);
        }
    }

    private static MidiBackend openWithoutJack(String clientName, NoServerException noJack) {
        try {
            MidiBackend alsa = openAlsa(clientName);
            log().info("{}. Using alsa.", noJack.reason());
            return alsa;
        } catch (NoServerException noAlsa) {
            log().info("{}. Using javasound.", noJack.reason());
            log().debug("{}.", noAlsa.reason());
            return new JavaSoundBackend();
        }
    }

    private static MidiBackend openAlsa(String clientName) {
        return AlsaBackend.open(clientName, Host.threads()::raise);
    }

    private static MidiBackend openJack(String clientName) {
        return JackBackend.open(clientName, false, "", Host.threads()::name);
    }
}
