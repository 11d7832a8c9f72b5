package antiphon.music;

/**
 * What would go on sounding after some messages: keys that are down, pedals (64, 66, 67, 69), pitch bend, modulation and
 * channel pressure. A key that was struck several times without an off counts as often, because readers of files pair
 * each on with an off. One thread.
 */
public final class Unended {
    /** Holds nothing, so it is none of {@link Lasting}; but whoever plays the file on would play it softly. */
    private static final int SOFT_PEDAL = 67;

    private final int[] held = new int[Message.CHANNELS * Message.PITCHES];
    private final boolean[][] away = new boolean[Message.CHANNELS][Lasting.COUNT];
    private final boolean[] soft = new boolean[Message.CHANNELS];

    /** Takes the next message. */
    public void accept(int message) {
        int channel = Message.channel(message);
        int lasting = Lasting.of(message);
        if (Message.isNoteOn(message)) {
            held[Message.key(message)]++;
        } else if (Message.isNoteOff(message)) {
            int key = Message.key(message);
            held[key] = Math.max(0, held[key] - 1);
        } else if (Message.isControl(message, Message.RESET_CONTROLLERS)) {
            away[channel] = new boolean[Lasting.COUNT];
            soft[channel] = false;
        } else if (Message.isControl(message, SOFT_PEDAL)) {
            soft[channel] = Message.data2(message) > 0;
        } else if (lasting >= 0) {
            away[channel][lasting] = Lasting.isAway(message);
        }
    }

    /** Sends what ends all of it, and forgets it. */
    public void end(MessageSink sink, long dueNanos) {
        for (int key = 0; key < held.length; key++) {
            for (; held[key] > 0; held[key]--) {
                sink.send(Message.noteOff(key / Message.PITCHES, key % Message.PITCHES), dueNanos);
            }
        }
        for (int channel = 0; channel < Message.CHANNELS; channel++) {
            for (int lasting = 0; lasting < Lasting.COUNT; lasting++) {
                if (away[channel][lasting]) {
                    sink.send(Lasting.atRest(lasting, channel), dueNanos);
                    away[channel][lasting] = false;
                }
            }
            if (soft[channel]) {
                sink.send(Message.control(channel, SOFT_PEDAL, 0), dueNanos);
                soft[channel] = false;
            }
        }
    }
}
