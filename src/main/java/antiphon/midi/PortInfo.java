package antiphon.midi;

/**
 * A MIDI port of another program or a device.
 *
 * @param name what people know it by, and what patterns match
 * @param source true if messages come from it (we can open it as our input's source)
 * @param destination true if messages can be sent to it
 */
public record PortInfo(String name, boolean source, boolean destination) {}
