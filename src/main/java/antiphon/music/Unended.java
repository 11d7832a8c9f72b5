package antiphon.music;

/**
 * What would go on sounding after some messages: keys that are down, pedals (64, 66, 67, 69), pitch bend, modulation and
 * channel pressure. A key that was struck several times without an off counts as often, because readers of files pair
 * each on with an off. One thread.
 */
public final class Unended {
    private static final int[] CONTROLLERS = {Message.SUSTAIN_PEDAL, 66, 67, 69, 1};
    private static final int CHANNEL_PRESSURE = 0xD0;
    private static final int PITCH_BEND = 0xE0;
    private static final int BEND_MIDDLE = 64;

    private final int[] held = new int[Message.CHANNELS * Message.PITCHES];
    private final boolean[][] controllers = new boolean[Message.CHANNELS][CONTROLLERS.length];
    private final boolean[] bent = new boolean[Message.CHANNELS];
    private final boolean[] pressed = new boolean[Message.CHANNELS];

    /** Takes the next message. */
    public void accept(int message) {
        int channel = Message.channel(message);
        if (Message.isNoteOn(message)) {
            held[Message.key(message)]++;
        } else if (Message.isNoteOff(message)) {
            int key = Message.key(message);
            held[key] = Math.max(0, held[key] - 1);
        } else if (Message.isControl(message, Message.RESET_CONTROLLERS)) {
            controllers[channel] = new boolean[CONTROLLERS.length];
            bent[channel] = false;
            pressed[channel] = false;
        } else {
            switch (Message.status(message) & 0xF0) {
                case Message.CONTROL_CHANGE -> {
                    for (int i = 0; i < CONTROLLERS.length; i++) {
                        if (Message.data1(message) == CONTROLLERS[i]) {
                            controllers[channel][i] = Message.data2(message) > 0;
                        }
                    }
                }
                case PITCH_BEND -> bent[channel] = Message.data1(message) != 0 || Message.data2(message) != BEND_MIDDLE;
                case CHANNEL_PRESSURE -> pressed[channel] = Message.data1(message) > 0;
                default -> {}
            }
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
            for (int i = 0; i < CONTROLLERS.length; i++) {
                if (controllers[channel][i]) {
                    sink.send(Message.control(channel, CONTROLLERS[i], 0), dueNanos);
                    controllers[channel][i] = false;
                }
            }
            if (bent[channel]) {
                sink.send(Message.of(PITCH_BEND | channel, 0, BEND_MIDDLE), dueNanos);
                bent[channel] = false;
            }
            if (pressed[channel]) {
                sink.send(Message.of(CHANNEL_PRESSURE | channel, 0, 0), dueNanos);
                pressed[channel] = false;
            }
        }
    }
}
