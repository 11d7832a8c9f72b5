package antiphon.live;

import antiphon.midi.PortInfo;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What a session is to connect and how.
 *
 * @param sources ports to listen to, each by an input of its own; may be empty where the system has virtual ports
 * @param destinations ports to play on; likewise
 * @param thru copy the human's messages to the output
 * @param offsetNanos how long after a message the slowest synthesiser of the destinations sounds
 * @param heldNotes where sounding notes are written down, or null for nowhere
 * @param breakLoops leave out what we send and hear again, see {@link LoopGuard}
 * @param waits the back end waits for its system when that goes; otherwise the session ends
 * @param keyboard there is a {@link Keyboard} too
 * @param wiring what goes where, and the outputs after the first
 */
public record Ports(
        List<Wish> sources,
        List<Wish> destinations,
        boolean thru,
        long offsetNanos,
        @Nullable Path heldNotes,
        boolean breakLoops,
        boolean waits,
        boolean keyboard,
        Wiring wiring) {
    /** Without a {@link Keyboard}, with one output that gets everything. */
    public Ports(
            List<Wish> sources,
            List<Wish> destinations,
            boolean thru,
            long offsetNanos,
            @Nullable Path heldNotes,
            boolean breakLoops,
            boolean waits) {
        this(sources, destinations, thru, offsetNanos, heldNotes, breakLoops, waits, false, Wiring.PLAIN);
    }

    /** The same with a {@link Keyboard}. */
    public Ports withKeyboard() {
        return new Ports(sources, destinations, thru, offsetNanos, heldNotes, breakLoops, waits, true, wiring);
    }

    /** The same wired in this way. */
    public Ports wired(Wiring wanted) {
        return new Ports(sources, destinations, thru, offsetNanos, heldNotes, breakLoops, waits, keyboard, wanted);
    }

    /** Nothing connected, nothing written down. */
    public static Ports unconnected(boolean thru) {
        return new Ports(List.of(), List.of(), thru, 0, null, true, false);
    }

    /** These inputs' sources, in the order of our inputs; an empty list for an input whose port has not come yet. */
    List<List<PortInfo>> inputs() {
        List<List<PortInfo>> inputs = new ArrayList<>();
        for (Wish wish : sources) {
            wish.found().forEach(port -> inputs.add(List.of(port)));
            if (wish.found().isEmpty()) {
                inputs.add(List.of());
            }
        }
        return inputs.isEmpty() ? List.of(List.of()) : inputs;
    }

    /**
     * How many inputs there can be.
     *
     * @param virtual the system lets us make ports: then those that come later than the start, or are chosen in the page, get
     *     inputs of their own
     */
    int maxInputs(boolean virtual) {
        boolean more = virtual && (keyboard || !sources.isEmpty());
        return more ? LivePath.Setup.MAX_INPUTS - (keyboard ? 1 : 0) : inputs().size();
    }

    /** Whom an output is to play on, by its number from 0. */
    List<Wish> destinations(int output) {
        return output == 0 ? destinations : wiring.further().get(output - 1).destinations();
    }

    /** Patterns of ports that an output never plays on. */
    List<String> notOut(int output) {
        return output == 0 ? wiring.notOut() : wiring.further().get(output - 1).exclude();
    }

    /** How long after a message the slowest synthesiser of an output sounds. */
    long offsetNanos(int output) {
        return output == 0 ? offsetNanos : wiring.further().get(output - 1).offsetNanos();
    }

    /** The same of the slowest output. */
    long slowestNanos() {
        return IntStream.range(0, wiring.outputs())
                .mapToLong(this::offsetNanos)
                .max()
                .orElseThrow();
    }

    /** The destinations of an output that are there. */
    List<PortInfo> receivers(int output) {
        return destinations(output).stream()
                .flatMap(wish -> wish.found().stream())
                .distinct()
                .toList();
    }
}
