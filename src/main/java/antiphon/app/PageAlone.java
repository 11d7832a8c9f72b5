package antiphon.app;

import antiphon.config.Config;
import antiphon.midi.MidiBackend;
import antiphon.midi.PortInfo;
import antiphon.midi.open.Backends;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What to do where the page is served and there are no MIDI ports: it is keyboard and piano enough. */
final class PageAlone {
    private static final Logger LOG = LoggerFactory.getLogger(PageAlone.class);

    private PageAlone() {}

    /**
     * The back end given, or, where it cannot make ports and finds none to listen to or none to play on, and nobody has
     * named any, one without ports.
     */
    static MidiBackend ifNoPorts(Config config, MidiBackend backend) {
        boolean named =
                !config.midi().inPorts().isEmpty() || !config.midi().outPorts().isEmpty();
        boolean virtual = backend.capabilities().contains(MidiBackend.Capability.VIRTUAL_PORTS);
        if (named || virtual) {
            return backend;
        }
        boolean in = backend.list().stream().anyMatch(PortInfo::source);
        boolean out = backend.list().stream().anyMatch(PortInfo::destination);
        if (in && out) {
            return backend;
        }
        LOG.info(
                "{} finds {}: playing by the page alone.",
                backend.name(),
                in ? "no MIDI port to play on" : out ? "no MIDI port to listen to" : "no MIDI ports");
        backend.close();
        return Backends.open("none", config.midi().client());
    }
}
