package antiphon.midi;

import java.util.List;

/**
 * A MIDI port of another program or a device.
 *
 * @param name what people know it by
 * @param aliases other names the system has for it, which patterns match as well; often the device's own
 * @param source true if messages come from it (we can open it as our input's source)
 * @param destination true if messages can be sent to it
 */
public record PortInfo(String name, List<String> aliases, boolean source, boolean destination) {
    public PortInfo {
        aliases = List.copyOf(aliases);
    }

    public PortInfo(String name, boolean source, boolean destination) {
        this(name, List.of(), source, destination);
    }

    /** True if one of these is the same port, whatever else is known of it now. */
    public boolean isAmong(List<PortInfo> ports) {
        return ports.stream().anyMatch(port -> port.name.equals(name));
    }
}
