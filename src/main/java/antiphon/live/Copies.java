package antiphon.live;

import antiphon.HotPath;
import antiphon.midi.MidiBackend.OutputPort;
import antiphon.music.ChannelRoute;
import antiphon.music.Message;
import java.util.List;

/**
 * Where the messages of one input are copied to, and what these copies have begun there, so that it is ended there. The
 * input's thread only, but for {@link #route}.
 */
@HotPath
final class Copies {
    private static final int CHANNEL_MESSAGES_BELOW = 0xF0;

    private final int input;
    private final OutputPort[] ports;
    private final Followed[] followed;

    /** What is heard, whoever hears it: its end is heard too, whatever is heard by then. */
    private final Followed heard = new Followed();

    private volatile Routing routing;

    Copies(int input, List<OutputPort> ports, Routing routing) {
        this.input = input;
        this.ports = ports.toArray(OutputPort[]::new);
        this.routing = routing;
        followed = new Followed[this.ports.length];
        for (int output = 0; output < followed.length; output++) {
            followed[output] = new Followed();
        }
    }

    /** From now on these routes hold. Any thread. */
    void route(Routing wanted) {
        routing = wanted;
    }

    private static boolean isOfChannel(int message) {
        return Message.status(message) < CHANNEL_MESSAGES_BELOW;
    }

    /**
     * The message as it goes to an output, or {@link Followed#NOTHING}.
     *
     * @param may false if it goes there only to end what was begun there
     */
    int at(int output, int message, boolean may) {
        if (!isOfChannel(message)) {
            return may && routing.carries(output, input) ? message : Followed.NOTHING;
        }
        int routed = may ? routing.thru(output, input, Message.channel(message)) : ChannelRoute.NOWHERE;
        return followed[output].of(message, routed);
    }

    /** What ends at an output what this message ends; {@link Followed#NOTHING} if nothing of it ever began there. */
    int endOf(int output, int message) {
        return followed[output].endOf(message);
    }

    /** True if the message goes to the first output as it is, if it does, and what it ends began there as it is. */
    boolean isPlain(int message) {
        return !isOfChannel(message) || (routing.isPlain(input) && followed[0].isPlain(message));
    }

    /** True for the end of something that was copied somewhere. */
    boolean endsBegun(int message) {
        for (Followed each : followed) {
            if (each.endsBegun(message)) {
                return true;
            }
        }
        return false;
    }

    /** Gives a message to an output as {@link #at} said. Returns false if that has not taken it. */
    boolean copy(int output, int message, int as, long nanos) {
        if (!ports[output].thru(as, nanos)) {
            return false;
        }
        if (isOfChannel(message)) {
            followed[output].went(message, as);
        }
        return true;
    }

    /** The same for a system exclusive message. True if none goes there. */
    boolean copyLong(int output, byte[] bytes, int length, long nanos) {
        return !routing.carries(output, input) || ports[output].thruLong(bytes, length, nanos);
    }

    /** Gives a message to all outputs as it is. */
    void toAll(int message, long nanos) {
        for (OutputPort port : ports) {
            port.thru(message, nanos);
        }
    }

    /** True if a message is heard: its channel is, or it ends what was heard. */
    boolean hears(int message) {
        return !isOfChannel(message) || routing.hears(input, Message.channel(message)) || heard.endsBegun(message);
    }

    /** A message was heard. */
    void heard(int message) {
        heard.went(message, message);
    }
}
