package antiphon.dashboard;

import antiphon.music.Lasting;
import antiphon.music.Message;
import java.io.IOException;
import java.util.BitSet;
import java.util.function.IntConsumer;

/**
 * What one browser plays on the keyboard that all browsers share: it ends only what it has begun itself, and when it goes,
 * all of that. One thread at a time.
 */
final class BrowserHands {
    private static final int PROGRAM_CHANGE = 0xC0;
    private static final int CHANNEL_PRESSURE = 0xD0;
    private static final int PITCH_BEND = 0xE0;

    private final IntConsumer keyboard;
    private final BitSet held = new BitSet(Message.CHANNELS * Message.PITCHES);

    /** The last message of each channel and lasting controller: pedals, bend, modulation, pressure. */
    private final int[] lasting = new int[Message.CHANNELS * Lasting.COUNT];

    /** @param keyboard takes messages, packed as {@link Message} has them */
    BrowserHands(IntConsumer keyboard) {
        this.keyboard = keyboard;
        for (int i = 0; i < lasting.length; i++) {
            lasting[i] = atRest(i);
        }
    }

    private static int atRest(int i) {
        return Lasting.atRest(i % Lasting.COUNT, i / Lasting.COUNT);
    }

    /**
     * Packs a message: a note, a controller up to 119, a program change, the pressure of a channel, or a bend. Clocks and
     * system exclusive are not for browsers; the controllers from 120 on would end what others play.
     *
     * @param data1 from 0 to 127
     * @param data2 likewise; 0 if the message has none
     * @throws IOException if it is none of these
     */
    static int message(int status, int data1, int data2) throws IOException {
        boolean known =
                switch (status & ~0x0F) {
                    case Message.NOTE_ON, Message.NOTE_OFF, PITCH_BEND -> true;
                    case Message.CONTROL_CHANGE -> data1 < Message.ALL_SOUND_OFF;
                    case PROGRAM_CHANGE, CHANNEL_PRESSURE -> data2 == 0;
                    default -> false;
                };
        if (!known) {
            throw new IOException("status");
        }
        return Message.of(status, data1, data2);
    }

    /**
     * Plays a message. A key that is down is let up before it is struck again. Who lets up a key or a pedal that is not
     * down has done nothing: it may be another browser's.
     */
    void play(int message) {
        int number = Lasting.of(message);
        if (Message.isNoteOn(message)) {
            int key = Message.key(message);
            release(key);
            held.set(key);
            keyboard.accept(message);
        } else if (Message.isNoteOff(message)) {
            release(Message.key(message));
        } else if (number < 0) {
            keyboard.accept(message);
        } else {
            move(Message.channel(message) * Lasting.COUNT + number, message);
        }
    }

    private void release(int key) {
        if (held.get(key)) {
            held.clear(key);
            keyboard.accept(Message.noteOff(key / Message.PITCHES, key % Message.PITCHES));
        }
    }

    private void move(int i, int message) {
        if (lasting[i] != message) {
            lasting[i] = message;
            keyboard.accept(message);
        }
    }

    /** Lets go of all keys and pedals, and takes back what is bent. */
    void letGo() {
        for (int key = held.nextSetBit(0); key >= 0; key = held.nextSetBit(key + 1)) {
            release(key);
        }
        for (int i = 0; i < lasting.length; i++) {
            move(i, atRest(i));
        }
    }
}
