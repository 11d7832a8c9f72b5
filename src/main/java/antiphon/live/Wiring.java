package antiphon.live;

import antiphon.music.ChannelRoute;
import java.util.List;

/**
 * What goes where: which ports are left alone, which channels are heard, and what each of our outputs gets. Immutable.
 *
 * @param notIn patterns of ports that are never listened to, see {@link antiphon.midi.PortPatterns}
 * @param heard the channels that are heard; empty for all
 * @param first what the first output gets; whom it plays on is in {@link Ports}
 * @param notOut patterns of ports that the first output never plays on
 * @param further the outputs after the first
 */
public record Wiring(
        List<String> notIn, List<ChannelRoute> heard, Rules first, List<String> notOut, List<Further> further) {
    /** Outputs that there can be. */
    public static final int MAX_OUTPUTS = 4;

    /** One output, which gets everything. */
    public static final Wiring PLAIN = new Wiring(List.of(), List.of(), Rules.EVERYTHING, List.of(), List.of());

    public Wiring {
        notIn = List.copyOf(notIn);
        heard = List.copyOf(heard);
        notOut = List.copyOf(notOut);
        further = List.copyOf(further);
    }

    /**
     * What an output gets.
     *
     * @param answers by the channel that the partner plays on; the input of a route does not matter
     * @param thru what is copied of what the inputs bring
     * @param clock the MIDI clock that the partner sends
     */
    public record Rules(List<ChannelRoute> answers, List<ChannelRoute> thru, boolean clock) {
        /** All of it, unchanged. */
        public static final Rules EVERYTHING = new Rules(List.of(ChannelRoute.ALL), List.of(ChannelRoute.ALL), true);

        /** Nothing at all. */
        static final Rules NOTHING = new Rules(List.of(), List.of(), false);

        public Rules {
            answers = List.copyOf(answers);
            thru = List.copyOf(thru);
        }
    }

    /**
     * An output after the first.
     *
     * @param destinations ports to play on; may be empty where the system has virtual ports
     * @param exclude patterns of ports that it never plays on
     * @param offsetNanos how long after a message its slowest synthesiser sounds
     */
    public record Further(List<Wish> destinations, List<String> exclude, long offsetNanos, Rules rules) {
        public Further {
            destinations = List.copyOf(destinations);
            exclude = List.copyOf(exclude);
        }
    }

    /** What an output is called in the settings, by its number from 0: {@code midi.out}, {@code out2} … */
    public static String section(int output) {
        return output == 0 ? "midi.out" : "out" + (output + 1);
    }

    /** How many outputs there are. */
    int outputs() {
        return 1 + further.size();
    }

    Rules rules(int output) {
        return output == 0 ? first : further.get(output - 1).rules();
    }
}
