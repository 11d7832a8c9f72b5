package antiphon.improv;

import antiphon.HotPath;
import antiphon.music.Message;
import antiphon.music.Vocabulary;

/**
 * What the player's keys and sustain pedal make sound, over all channels: a note ends when its key is up and no
 * pedal holds it. One thread; allocates nothing.
 */
@HotPath
final class PlayerHands {
    /** Told when a pitch begins or ends to sound. */
    interface Ear {
        void began(int pitch, int velocity, long nanos);

        void ended(int pitch, long nanos);

        /** A key went up, whether or not the pedal keeps its note. */
        void lifted(long nanos);
    }

    private final int[] heldOnChannels = new int[Vocabulary.PITCHES]; // a bit per channel
    private final int[] ringingOnChannels = new int[Vocabulary.PITCHES];
    private int pedalOnChannels;
    private int heldKeys;

    /** Follows a message; those that are no note and no pedal change nothing. */
    void follow(int message, long nanos, Ear ear) {
        int bit = 1 << Message.channel(message);
        if (Message.isNoteOn(message)) {
            press(Message.data1(message), bit, Message.data2(message), nanos, ear);
        } else if (Message.isNoteOff(message)) {
            release(Message.data1(message), bit, nanos, ear);
        } else if (Message.isControl(message, Message.SUSTAIN_PEDAL)) {
            if (Message.isPedalDown(message)) {
                pedalOnChannels |= bit;
            } else {
                liftPedal(bit, nanos, ear);
            }
        } else if (Message.isControl(message, Message.ALL_NOTES_OFF)) {
            // As if all keys went up: a pedal that is down keeps them ringing (MIDI 1.0, channel mode messages).
            releaseKeys(bit, nanos, ear);
        } else if (Message.isControl(message, Message.RESET_CONTROLLERS)) {
            liftPedal(bit, nanos, ear);
        } else if (Message.isControl(message, Message.ALL_SOUND_OFF)) {
            liftPedal(bit, nanos, ear);
            releaseKeys(bit, nanos, ear);
        }
    }

    private void releaseKeys(int bit, long nanos, Ear ear) {
        for (int pitch = 0; pitch < heldOnChannels.length; pitch++) {
            release(pitch, bit, nanos, ear);
        }
    }

    /** Keys that are physically down. */
    int heldKeys() {
        return heldKeys;
    }

    private void press(int pitch, int bit, int velocity, long nanos, Ear ear) {
        if (isSounding(pitch)) {
            ear.ended(pitch, nanos);
        }
        heldKeys += heldOnChannels[pitch] == 0 ? 1 : 0;
        heldOnChannels[pitch] |= bit;
        ringingOnChannels[pitch] = 0;
        ear.began(pitch, velocity, nanos);
    }

    private void release(int pitch, int bit, long nanos, Ear ear) {
        if ((heldOnChannels[pitch] & bit) == 0) {
            return;
        }
        heldOnChannels[pitch] &= ~bit;
        heldKeys -= heldOnChannels[pitch] == 0 ? 1 : 0;
        ringingOnChannels[pitch] |= bit & pedalOnChannels;
        ear.lifted(nanos);
        if (!isSounding(pitch)) {
            ear.ended(pitch, nanos);
        }
    }

    private void liftPedal(int bit, long nanos, Ear ear) {
        pedalOnChannels &= ~bit;
        for (int pitch = 0; pitch < ringingOnChannels.length; pitch++) {
            if ((ringingOnChannels[pitch] & bit) != 0) {
                ringingOnChannels[pitch] &= ~bit;
                if (!isSounding(pitch)) {
                    ear.ended(pitch, nanos);
                }
            }
        }
    }

    /** True if the pitch is held by a key. */
    boolean isHeld(int pitch) {
        return heldOnChannels[pitch] != 0;
    }

    /** True if the pitch is held by a key or a pedal. */
    boolean isSounding(int pitch) {
        return (heldOnChannels[pitch] | ringingOnChannels[pitch]) != 0;
    }
}
