package antiphon.midi;

import java.util.List;

/**
 * A MIDI port of another program or a device.
 *
 * @param name what people know it by
 * @param aliases other names the system has for it, which patterns match as well; often the device's own
 * @param source true if messages come from it (we can open it as our input's source)
 * @param destination true if messages can be sent to it
 * @param physical true if it is known to be a device's, not a program's
 * @param terminal true if messages are known to begin or end there, not to pass through
 */
public record PortInfo(
        String name, List<String> aliases, boolean source, boolean destination, boolean physical, boolean terminal) {
    public PortInfo {
        aliases = List.copyOf(aliases);
    }

    public PortInfo(String name, boolean source, boolean destination) {
        this(name, List.of(), source, destination);
    }

    /** Of which no more is known. */
    public PortInfo(String name, List<String> aliases, boolean source, boolean destination) {
        this(name, aliases, source, destination, false, false);
    }

    /** The same port, which as seen from us is neither listened to nor played on unless these say so. */
    public PortInfo only(boolean asSource, boolean asDestination) {
        return new PortInfo(name, aliases, source && asSource, destination && asDestination, physical, terminal);
    }

    /** True if one of these is the same port, whatever else is known of it now. */
    public boolean isAmong(List<PortInfo> ports) {
        return ports.stream().anyMatch(port -> port.name.equals(name));
    }
}
