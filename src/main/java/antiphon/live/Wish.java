package antiphon.live;

import antiphon.midi.PortInfo;
import antiphon.midi.PortPatterns;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Ports that are to be connected: those there are, and those to come.
 *
 * @param pattern part of a name, see {@link PortPatterns}; for people if there is a choice
 * @param found what it matches at the start; may be empty
 * @param choice of all ports those to take, for who named none and leaves it to us; null for what the pattern matches
 * @param exact the pattern is the name of one port, whatever stars are in it
 */
public record Wish(
        String pattern, List<PortInfo> found, @Nullable UnaryOperator<List<PortInfo>> choice, boolean exact) {
    public Wish {
        found = List.copyOf(found);
    }

    /** What the pattern matches. */
    public Wish(String pattern, List<PortInfo> found) {
        this(pattern, found, null, false);
    }

    /** A choice. */
    public Wish(String pattern, List<PortInfo> found, UnaryOperator<List<PortInfo>> choice) {
        this(pattern, found, choice, false);
    }

    /** This port and no other. */
    public static Wish of(PortInfo port) {
        return new Wish(port.name(), List.of(port), null, true);
    }

    /** The port of this name and no other, now or when it comes. */
    static Wish exactly(String name) {
        return new Wish(name, List.of(), null, true);
    }

    /** True if nobody named a port and we choose. */
    boolean isChoice() {
        return choice != null;
    }

    /** Of these ports those that are wished for. */
    List<PortInfo> matching(List<PortInfo> ports) {
        if (exact) {
            return ports.stream().filter(port -> port.name().equals(pattern)).toList();
        }
        return choice == null ? PortPatterns.matching(pattern, ports) : choice.apply(ports);
    }
}
