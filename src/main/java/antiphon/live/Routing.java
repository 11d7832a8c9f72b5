package antiphon.live;

import antiphon.HotPath;
import antiphon.music.ChannelRoute;
import antiphon.music.Message;
import java.util.List;

/**
 * A {@link Wiring} as tables: for each output the channel that each channel of the partner and of each input goes as.
 * Immutable, so any thread may read it; when the wiring changes there is another one.
 */
final class Routing {
    private final byte[][] answers;
    private final byte[][][] thru;
    private final boolean[][] carries;
    private final boolean[][] heard;

    /** By input: to the first output every channel goes as it is. */
    private final boolean[] plain;

    private final boolean[] clock;

    private Routing(int outputs, int inputs) {
        answers = new byte[outputs][Message.CHANNELS];
        thru = new byte[outputs][inputs][Message.CHANNELS];
        carries = new boolean[outputs][inputs];
        heard = new boolean[inputs][Message.CHANNELS];
        plain = new boolean[inputs];
        clock = new boolean[outputs];
    }

    /** @param inputs how many there can be */
    static Routing of(Wiring wiring, int inputs) {
        return of(wiring, wiring.outputs(), inputs);
    }

    /** The same for so many outputs: nothing goes to those that the wiring does not have, and what it has too many of is left out. */
    static Routing of(Wiring wiring, int outputs, int inputs) {
        Routing routing = new Routing(outputs, inputs);
        for (int output = 0; output < outputs; output++) {
            Wiring.Rules rules = output < wiring.outputs() ? wiring.rules(output) : Wiring.Rules.NOTHING;
            routing.clock[output] = rules.clock();
            for (int channel = 0; channel < Message.CHANNELS; channel++) {
                routing.answers[output][channel] =
                        (byte) ChannelRoute.target(rules.answers(), ChannelRoute.ANY_INPUT, channel);
                for (int input = 0; input < inputs; input++) {
                    int target = ChannelRoute.target(rules.thru(), input, channel);
                    routing.thru[output][input][channel] = (byte) target;
                    routing.carries[output][input] |= target != ChannelRoute.NOWHERE;
                }
            }
        }
        for (int input = 0; input < inputs; input++) {
            List<ChannelRoute> rules = heard(wiring.heard(), input);
            routing.plain[input] = true;
            for (int channel = 0; channel < Message.CHANNELS; channel++) {
                routing.plain[input] &= routing.thru[0][input][channel] == channel;
                routing.heard[input][channel] = ChannelRoute.target(rules, input, channel) != ChannelRoute.NOWHERE;
            }
        }
        return routing;
    }

    /** Rules that name the input are its own; otherwise those for any hold; where there are none, all is heard. */
    private static List<ChannelRoute> heard(List<ChannelRoute> rules, int input) {
        List<ChannelRoute> own =
                rules.stream().filter(rule -> rule.input() == input).toList();
        List<ChannelRoute> any = rules.stream()
                .filter(rule -> rule.input() == ChannelRoute.ANY_INPUT)
                .toList();
        return !own.isEmpty() ? own : any.isEmpty() ? List.of(ChannelRoute.ALL) : any;
    }

    int outputs() {
        return answers.length;
    }

    /** The channel that what the partner plays on a channel goes to an output as, or {@link ChannelRoute#NOWHERE}. */
    @HotPath
    int answers(int output, int channel) {
        return answers[output][channel];
    }

    /** The same of what an input brings, if it is copied. */
    @HotPath
    int thru(int output, int input, int channel) {
        return thru[output][input][channel];
    }

    /** True if some channel of the input goes to the output: then what is of no channel goes there too. */
    @HotPath
    boolean carries(int output, int input) {
        return carries[output][input];
    }

    /** True if every channel of the input goes to the first output as it is. */
    @HotPath
    boolean isPlain(int input) {
        return plain[input];
    }

    @HotPath
    boolean hears(int input, int channel) {
        return heard[input][channel];
    }

    @HotPath
    boolean hasClock(int output) {
        return clock[output];
    }
}
