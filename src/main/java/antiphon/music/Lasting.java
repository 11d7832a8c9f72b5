package antiphon.music;

import antiphon.HotPath;

/**
 * The controllers whose value lasts until it is changed, so that they must go back to rest when the music stops: what
 * they hold would sound for ever, and what they bend stays bent. Numbered from 0 to {@value #COUNT} − 1.
 */
public final class Lasting {
    public static final int COUNT = 6;

    /** Numbers below this one are pedals: they hold notes. */
    private static final int PEDALS = 3;

    private static final int SUSTAIN = 0;
    private static final int SOSTENUTO = 1;
    private static final int HOLD_2 = 2;
    private static final int MODULATION = 3;
    private static final int BEND = 4;
    private static final int PRESSURE = 5;

    private static final int SOSTENUTO_PEDAL = 66;
    private static final int HOLD_2_PEDAL = 69;
    private static final int MODULATION_WHEEL = 1;
    private static final int CHANNEL_PRESSURE = 0xD0;
    private static final int PITCH_BEND = 0xE0;

    /** The more significant byte of a bend of nothing; the other one is 0. */
    private static final int CENTRE = 64;

    private Lasting() {}

    /** The number of the controller that a message moves, or -1 if it moves none of these. */
    @HotPath
    public static int of(int message) {
        return switch (Message.status(message) & 0xF0) {
            case Message.CONTROL_CHANGE ->
                switch (Message.data1(message)) {
                    case Message.SUSTAIN_PEDAL -> SUSTAIN;
                    case SOSTENUTO_PEDAL -> SOSTENUTO;
                    case HOLD_2_PEDAL -> HOLD_2;
                    case MODULATION_WHEEL -> MODULATION;
                    default -> -1;
                };
            case PITCH_BEND -> BEND;
            case CHANNEL_PRESSURE -> PRESSURE;
            default -> -1;
        };
    }

    /** True if a message of these leaves its controller away from rest. A pedal that is half down is. */
    @HotPath
    public static boolean isAway(int message) {
        return message != atRest(of(message), Message.channel(message));
    }

    /** True if a message of these takes its controller back: to its rest or, of a pedal, to where it holds no notes. */
    @HotPath
    public static boolean isBack(int message) {
        return of(message) < PEDALS ? !Message.isPedalDown(message) : !isAway(message);
    }

    /** The message that takes a controller back to rest. */
    @HotPath
    public static int atRest(int lasting, int channel) {
        return switch (lasting) {
            case SUSTAIN -> Message.control(channel, Message.SUSTAIN_PEDAL, 0);
            case SOSTENUTO -> Message.control(channel, SOSTENUTO_PEDAL, 0);
            case HOLD_2 -> Message.control(channel, HOLD_2_PEDAL, 0);
            case MODULATION -> Message.control(channel, MODULATION_WHEEL, 0);
            case BEND -> Message.of(PITCH_BEND | channel, 0, CENTRE);
            default -> Message.of(CHANNEL_PRESSURE | channel, 0, 0);
        };
    }
}
