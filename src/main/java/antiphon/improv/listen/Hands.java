package antiphon.improv.listen;

import antiphon.HotPath;
import antiphon.music.Message;
import antiphon.music.NotePairing;

/**
 * What the human's keys and sustain pedals make sound, all inputs and channels taken together. However many keys and
 * pedals hold a pitch, it sounds once. If it is struck again, by any key, it ends and begins again. It ends when no key
 * and no pedal holds it any more. One thread; allocates nothing while no more notes sound than one input has keys, on
 * all of its channels.
 */
@HotPath
public final class Hands {
    /** Told when a pitch begins or ends to sound. */
    public interface Ear {
        void began(int pitch, int velocity, long nanos);

        void ended(int pitch, long nanos);

        /** A key went up, whether or not its pitch sounds on. */
        void lifted(long nanos);
    }

    /** The input by which a part hears other parts, each on a channel of its own. */
    public static final int PARTS = 16;

    /** 16 real ones and that of the parts, and what makes whole words of bits. */
    private static final int INPUTS = 20;

    private static final int OCTAVE = 12;
    private static final int INITIAL_NOTES = Message.CHANNELS * Message.PITCHES;

    /** Numbers of 64 bits that a pitch needs for a bit of each input and channel. */
    private static final int WORDS = INPUTS * Message.CHANNELS / Long.SIZE;

    private final NotePairing pairing = new NotePairing(NotePairing.Overlap.RESTRIKE, INITIAL_NOTES);
    private final Merger merger = new Merger();

    /** Notes that sound of each pitch, one for each input and channel at most. */
    private final int[] notes = new int[Message.PITCHES];

    /** Inputs and channels by which each pitch is held. */
    private final int[] keys = new int[Message.PITCHES];

    private final long[] keyBits = new long[Message.PITCHES * WORDS];
    private int heldKeys;

    /**
     * Follows a message. Messages that neither are notes nor change notes are ignored.
     *
     * @param input whose keys and pedals these are, 0–15, or {@link #PARTS}
     * @param message packed, see {@link Message}
     * @param nanos when it was played, not before the last call's
     */
    public void follow(int input, int message, long nanos, Ear ear) {
        merger.ear = ear;
        pairing.accept(input, input, message, nanos, merger);
    }

    /** An input was unplugged: its keys and pedals count as released. */
    public void lose(int input, long nanos, Ear ear) {
        merger.ear = ear;
        pairing.lose(input, input, nanos, merger);
    }

    /** Pitches of which a key is down. */
    public int heldKeys() {
        return heldKeys;
    }

    /** True if the pitch is held by a key. */
    public boolean isHeld(int pitch) {
        return keys[pitch] > 0;
    }

    /** True if the pitch is held by a key or a pedal. */
    public boolean isSounding(int pitch) {
        return notes[pitch] > 0;
    }

    /** True if a pitch a semitone away is held by a key, an octave apart or not. */
    public boolean isSemitoneFromHeld(int pitch) {
        return anyOf(keys, pitch + 1) || anyOf(keys, pitch + OCTAVE - 1);
    }

    /** True if a pitch a semitone away is held by a key or a pedal, an octave apart or not. */
    public boolean isSemitoneFromSounding(int pitch) {
        return anyOf(notes, pitch + 1) || anyOf(notes, pitch + OCTAVE - 1);
    }

    /** True if there are any of this pitch's class. */
    private static boolean anyOf(int[] counts, int pitch) {
        for (int other = pitch % OCTAVE; other < counts.length; other += OCTAVE) {
            if (counts[other] > 0) {
                return true;
            }
        }
        return false;
    }

    /** Makes one sounding pitch of the notes of all inputs and channels. */
    private final class Merger implements NotePairing.Ear {
        private Ear ear = new Deaf();

        @Override
        public void began(int input, int channel, int pitch, int velocity, long nanos) {
            if (notes[pitch] > 0) {
                ear.ended(pitch, nanos);
            }
            notes[pitch]++;
            press(pitch, wordOf(input, channel, pitch), bitOf(input, channel));
            ear.began(pitch, velocity, nanos);
        }

        @Override
        public void ended(int input, int channel, int pitch, int velocity, long onsetNanos, long nanos) {
            notes[pitch]--;
            if (notes[pitch] == 0) {
                ear.ended(pitch, nanos);
            }
        }

        @Override
        public void lifted(int input, int channel, int pitch, long nanos) {
            keyBits[wordOf(input, channel, pitch)] &= ~bitOf(input, channel);
            keys[pitch]--;
            heldKeys -= keys[pitch] == 0 ? 1 : 0;
            ear.lifted(nanos);
        }

        /** A key that is pressed again without having been released counts once. */
        private void press(int pitch, int word, long bit) {
            if ((keyBits[word] & bit) == 0) {
                keyBits[word] |= bit;
                heldKeys += keys[pitch] == 0 ? 1 : 0;
                keys[pitch]++;
            }
        }

        private static int wordOf(int input, int channel, int pitch) {
            return pitch * WORDS + (input * Message.CHANNELS + channel) / Long.SIZE;
        }

        private static long bitOf(int input, int channel) {
            return 1L << (input * Message.CHANNELS + channel);
        }
    }

    /** Used before the first message: does nothing. */
    private static final class Deaf implements Ear {
        @Override
        public void began(int pitch, int velocity, long nanos) {}

        @Override
        public void ended(int pitch, long nanos) {}

        @Override
        public void lifted(long nanos) {}
    }
}
