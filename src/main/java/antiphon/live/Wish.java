package antiphon.live;

import antiphon.midi.PortInfo;
import java.util.List;

/**
 * Ports that are to be connected: those there are, and those to come.
 *
 * @param pattern part of a name, see {@link antiphon.midi.PortPatterns}
 * @param found what it matches at the start; may be empty
 */
public record Wish(String pattern, List<PortInfo> found) {
    public Wish {
        found = List.copyOf(found);
    }

    /** This port and no other. */
    public static Wish of(PortInfo port) {
        return new Wish(port.name(), List.of(port));
    }
}
