package antiphon.live;

import antiphon.HotPath;
import antiphon.music.Message;

/**
 * Which messages of the inputs are orders to the program and no music: some keys, program changes and controllers. They
 * are not copied to the output and not heard; the tap tells of them ({@link Tap#COMMANDED}). Immutable; any thread.
 */
public final class Commands {
    /** None: everything is music. */
    public static final Commands NONE = new Commands(0, 0, 0, 0, new long[2 * Message.CHANNELS]);

    private static final int PROGRAM_CHANGE = 0xC0;
    private static final int CONTROL_CHANGE = 0xB0;

    private final int firstKey;
    private final int keys;
    private final int firstProgram;
    private final int programs;

    /** A bit for each controller: 128 for each channel. */
    private final long[] controllers;

    private Commands(int firstKey, int keys, int firstProgram, int programs, long[] controllers) {
        this.firstKey = firstKey;
        this.keys = keys;
        this.firstProgram = firstProgram;
        this.programs = programs;
        this.controllers = controllers;
    }

    /**
     * These, and so many keys from this one on, on every channel.
     *
     * @param first 0–127
     */
    public Commands withKeys(int first, int count) {
        return new Commands(first, count, firstProgram, programs, controllers);
    }

    /**
     * These, and so many program changes from this one on, on every channel.
     *
     * @param first 0–127, as it is sent
     */
    public Commands withPrograms(int first, int count) {
        return new Commands(firstKey, keys, first, count, controllers);
    }

    /**
     * These, and a controller.
     *
     * @param channel 0–15
     * @param controller 0–127
     */
    public Commands withController(int channel, int controller) {
        long[] more = controllers.clone();
        more[word(channel, controller)] |= 1L << controller;
        return new Commands(firstKey, keys, firstProgram, programs, more);
    }

    private static int word(int channel, int controller) {
        return 2 * channel + controller / Long.SIZE;
    }

    /** True if this message is none of the music: the release of such a key too. */
    @HotPath
    boolean include(int message) {
        int first = Message.data1(message);
        if (Message.isOfKey(message)) {
            return first >= firstKey && first < firstKey + keys;
        }
        int kind = Message.status(message) & 0xF0;
        return kind == CONTROL_CHANGE
                ? (controllers[word(Message.channel(message), first)] & 1L << first) != 0
                : kind == PROGRAM_CHANGE && first >= firstProgram && first < firstProgram + programs;
    }
}
