package antiphon.live;

import antiphon.HotPath;
import antiphon.music.Lasting;
import antiphon.music.Message;

/**
 * The messages that end something, numbered from 0 to {@value #COUNT} − 1: the note-off of each key, what takes each
 * {@link Lasting} controller back, and the two channel mode messages that let all go. So what must not be lost can be
 * kept in one bit each, and however many come, there is room.
 */
@HotPath
final class Ends {
    /** Below it are the keys, from it on the controllers. */
    static final int KEYS = Message.CHANNELS * Message.PITCHES;

    /** Below it are what can be held, from it on the channel mode messages. */
    static final int HELD = KEYS + Lasting.COUNT * Message.CHANNELS;

    static final int COUNT = HELD + 2 * Message.CHANNELS;

    private Ends() {}

    /** The number of what a message ends, or -1. */
    static int of(int message) {
        if (Message.isNoteOff(message)) {
            return Message.key(message);
        }
        int lasting = Lasting.of(message);
        if (lasting >= 0) {
            return Lasting.isBack(message) ? of(lasting, Message.channel(message)) : -1;
        }
        if (Message.isControl(message, Message.RESET_CONTROLLERS)) {
            return HELD + Message.channel(message);
        }
        return letsKeysUp(message) ? HELD + Message.CHANNELS + Message.channel(message) : -1;
    }

    private static boolean letsKeysUp(int message) {
        int controller = (Message.status(message) & 0xF0) == Message.CONTROL_CHANGE ? Message.data1(message) : 0;
        return controller == Message.ALL_SOUND_OFF || controller >= Message.ALL_NOTES_OFF;
    }

    /** The number of what a message holds that begins a note or moves a controller away, or -1. */
    static int begunBy(int message) {
        if (Message.isNoteOn(message)) {
            return Message.key(message);
        }
        int lasting = Lasting.of(message);
        return lasting >= 0 && Lasting.isAway(message) ? of(lasting, Message.channel(message)) : -1;
    }

    /** The number of what takes a controller back on a channel. */
    static int of(int lasting, int channel) {
        return KEYS + lasting * Message.CHANNELS + channel;
    }

    /**
     * The number of what should have ended something at one output, from 0: above all other numbers, {@value #COUNT} for each
     * output.
     */
    static int at(int output, int end) {
        return COUNT * (1 + output) + end;
    }

    /** How many words of 64 bits have one for each number, those of so many outputs included. */
    static int words(int outputs) {
        return (COUNT * (1 + outputs) + Long.SIZE - 1) / Long.SIZE;
    }

    /** The message that ends what has this number. */
    static int message(int end) {
        int channel = (end - KEYS) % Message.CHANNELS;
        if (end < KEYS) {
            return Message.noteOff(end / Message.PITCHES, end % Message.PITCHES);
        }
        if (end < HELD) {
            return Lasting.atRest((end - KEYS) / Message.CHANNELS, channel);
        }
        return Message.control(
                channel, end < HELD + Message.CHANNELS ? Message.RESET_CONTROLLERS : Message.ALL_NOTES_OFF, 0);
    }
}
