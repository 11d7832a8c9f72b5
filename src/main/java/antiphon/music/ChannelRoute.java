package antiphon.music;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which channels go somewhere, and as which. As people write it: {@code all}, {@code 1}, {@code 1-8}, {@code 10>1} for
 * channel 10 as channel 1, {@code in-2} or {@code in-2:all} for one input only, {@code in-2:1-4>3}. Immutable.
 *
 * @param input of this input only, from 0; {@value #ANY_INPUT} for any
 * @param lowest the first channel, 0–15
 * @param highest the last one
 * @param as the channel that they go as, or {@value #UNCHANGED}
 */
public record ChannelRoute(int input, int lowest, int highest, int as) {
    public static final int ANY_INPUT = -1;
    public static final int UNCHANGED = -1;

    /** Of a channel that goes nowhere. */
    public static final int NOWHERE = -1;

    /** Everything, unchanged. */
    public static final ChannelRoute ALL = new ChannelRoute(ANY_INPUT, 0, Message.CHANNELS - 1, UNCHANGED);

    private static final int MAX_INPUTS = 16;
    private static final Pattern INPUT = Pattern.compile("in(?:-(\\d{1,2}))?");
    private static final Pattern CHANNELS = Pattern.compile("(?:all|(\\d{1,2})(?:-(\\d{1,2}))?)(?:>(\\d{1,2}))?");

    /** What people have written; null if it is no route. */
    public static @Nullable ChannelRoute parse(String text) {
        String flat = text.replace(" ", "");
        Matcher whole = INPUT.matcher(flat);
        if (whole.matches()) {
            return of(input(whole), "all");
        }
        int colon = flat.indexOf(':');
        if (colon < 0) {
            return of(ANY_INPUT, flat);
        }
        Matcher named = INPUT.matcher(flat.substring(0, colon));
        return named.matches() ? of(input(named), flat.substring(colon + 1)) : null;
    }

    private static @Nullable ChannelRoute of(int input, String channels) {
        Matcher written = CHANNELS.matcher(channels);
        if (!written.matches() || input < ANY_INPUT || input >= MAX_INPUTS) {
            return null;
        }
        int lowest = number(written.group(1), 1) - 1;
        int highest = number(written.group(2), written.group(1) == null ? Message.CHANNELS : lowest + 1) - 1;
        int as = number(written.group(3), UNCHANGED + 1) - 1;
        boolean channel = lowest >= 0 && lowest <= highest && highest < Message.CHANNELS && as < Message.CHANNELS;
        return channel && (as >= 0 || written.group(3) == null) ? new ChannelRoute(input, lowest, highest, as) : null;
    }

    /** From 0; too high if it was 0. */
    private static int input(Matcher written) {
        int number = number(written.group(1), 1);
        return number == 0 ? MAX_INPUTS : number - 1;
    }

    private static int number(@Nullable String digits, int otherwise) {
        return digits == null ? otherwise : Integer.parseInt(digits);
    }

    /** True if it is for what comes by this input. */
    public boolean isOf(int anInput) {
        return input == ANY_INPUT || input == anInput;
    }

    /**
     * The channel that a channel goes as, by the first of these routes that is for it.
     *
     * @param input that it comes by
     * @return {@value #NOWHERE} if there is none
     */
    public static int target(List<ChannelRoute> routes, int input, int channel) {
        for (ChannelRoute route : routes) {
            if (route.isOf(input) && route.lowest <= channel && channel <= route.highest) {
                return route.as == UNCHANGED ? channel : route.as;
            }
        }
        return NOWHERE;
    }
}
