package antiphon.live;

import antiphon.HotPath;
import antiphon.music.Message;

/**
 * On which channel what was begun went to one output: its end goes there too, whatever the routes are by then. And as long
 * as something is begun, more of the same goes there: two channels would need two ends. Of one source and one output; one
 * thread.
 */
@HotPath
final class Followed {
    /** Instead of a message: nothing. No message is 0. */
    static final int NOTHING = 0;

    private static final int CHANNEL_MESSAGES_BELOW = 0xF0;

    /** By the number of what ends it, see {@link Ends}, the channel that was taken last, plus one; 0 if there was none. */
    private final byte[] taken = new byte[Ends.HELD];

    private final boolean[] begun = new boolean[Ends.HELD];

    /**
     * The message as it goes to the output, or {@link #NOTHING}.
     *
     * @param message a channel message, as it came
     * @param routed the channel that it would go as now; negative if it would not go
     */
    int of(int message, int routed) {
        int begins = Ends.begunBy(message);
        int number = number(message, begins);
        if (number >= 0 && taken[number] != 0) {
            boolean ends = Ends.of(message) >= 0;
            if (begun[number] ? ends || routed >= 0 : begins < 0 && routed >= 0) {
                return on(message, taken[number] - 1);
            }
        }
        return routed < 0 ? NOTHING : on(message, routed);
    }

    /** The message that ends at the output what this one ends; {@link #NOTHING} if it ends nothing that ever began there. */
    int endOf(int message) {
        int end = Ends.of(message);
        return end >= 0 && end < Ends.HELD && taken[end] != 0 ? on(Ends.message(end), taken[end] - 1) : NOTHING;
    }

    /** True if what this message begins or ends was never on another channel than now. */
    boolean isPlain(int message) {
        int number = number(message, Ends.begunBy(message));
        return number < 0 || taken[number] == 0 || taken[number] == Message.channel(message) + 1;
    }

    /** True for the end of something that was begun. */
    boolean endsBegun(int message) {
        int end = Ends.of(message);
        return end >= 0 && end < Ends.HELD && begun[end];
    }

    /** The message went to the output, as this one. */
    void went(int message, int as) {
        int begins = Ends.begunBy(message);
        int number = begins >= 0 ? begins : Ends.of(message);
        if (number >= 0 && number < Ends.HELD) {
            begun[number] = begins >= 0;
            if (begins >= 0) {
                taken[number] = (byte) (Message.channel(as) + 1);
            }
        }
    }

    /** All that was begun has been ended. */
    void ended() {
        for (int number = 0; number < begun.length; number++) {
            begun[number] = false;
        }
    }

    private static int number(int message, int begins) {
        if (begins >= 0) {
            return begins;
        }
        int end = Ends.of(message);
        if (end >= 0) {
            return end < Ends.HELD ? end : -1;
        }
        // The pressure of a key goes where the key went.
        return Message.isOfKey(message) ? Message.key(message) : -1;
    }

    private static int on(int message, int channel) {
        return Message.status(message) < CHANNEL_MESSAGES_BELOW ? (message & ~0x0F) | channel : message;
    }
}
