package antiphon.music;

import antiphon.HotPath;
import java.util.Arrays;

/**
 * Makes notes of note-ons, note-offs and sustain pedals; the only place in the program that does.
 *
 * <p>A key belongs to a lane: a track, an input, a voice. A note-off ends only notes of its own lane, port, channel and
 * pitch. A pedal belongs to a channel of a port, as on a synthesiser, whichever lane moves it: while it is down a note
 * whose key comes up rings on, until the pedal rises or the same key is struck again.
 *
 * <p>Source: MIDI 1.0 Detailed Specification, channel mode messages and controllers 64 and 121. Controllers 123 to
 * 127 let all keys of the channel up, and a pedal that is down keeps their notes; 120 ends all that sounds on the
 * channel and leaves the pedal where it is; 121 lifts the pedal. All other messages change nothing.
 *
 * <p>Where one message ends several notes they end in ascending pitch, notes of one pitch in the order in which they
 * began or, if they ring, in which their keys came up. Controller 120 ends first what rings, then what is held.
 *
 * <p>One thread. Each message costs a few steps and a few more for each note that it ends, whatever else sounds.
 * Allocates nothing while no more notes sound than it was made for, on at most 16 ports.
 */
@HotPath
public final class NotePairing {
    /** What a note-on does when its key is down already. */
    public enum Overlap {
        /** The note that sounds ends and another begins; one note-off lifts the key. As hands play. */
        RESTRIKE,
        /** Both sound, and each note-off ends the oldest. As files are read. */
        QUEUE
    }

    /** Told what begins and ends, after it has happened. It must not call the pairing that tells it. */
    @FunctionalInterface
    public interface Ear {
        default void began(int lane, int channel, int pitch, int velocity, long nanos) {}

        /**
         * A note is over: its key is up and no pedal holds it, or its key was struck again.
         *
         * @param velocity of its note-on
         */
        void ended(int lane, int channel, int pitch, int velocity, long onsetNanos, long nanos);

        /**
         * A key that was down came up, whether or not the pedal keeps its note; before the note's end if that is now.
         * Not told where {@link Overlap#RESTRIKE} ends a note.
         */
        default void lifted(int lane, int channel, int pitch, long nanos) {}
    }

    private static final int NONE = NoteLists.NONE;

    /** A note's state: its key is down, or it rings by the pedal. */
    private static final int HELD = 0;

    private static final int RINGING = 1;

    private static final int PORTS = 256;
    private static final int INITIAL_PORTS = 16;
    private static final int PITCH_BITS = 7;

    /** The top bits of both data bytes, which no message has. */
    private static final int NO_DATA_BYTES = Message.of(0, 0x80, 0x80);

    private final Overlap overlap;

    /** The notes of a key, by {@link #listOfKey}; of all lanes' keys, by {@link #listOfTone}; the held of a lane. */
    private final NoteLists ofKeys;

    private final NoteLists ofTones;
    private final NoteLists ofLanes;

    // Of each note:
    private int[] lanes;
    private int[] tones;
    private int[] velocities;
    private long[] onsetsNanos;

    /** From {@link #sounding} on, the notes that are free. */
    private int[] free;

    private int sounding;

    /** Each port's sixteen channels stand together, in the order in which the ports were first heard of. */
    private final int[] placeOfPort = new int[PORTS];

    private int ports;

    // Of each channel:
    private boolean[] pedalDown;
    private long[] pitches; // a bit for each pitch that has notes, two numbers for each state

    /**
     * Makes one in which nothing sounds.
     *
     * @param initialNotes how many notes may sound at once before it must allocate; 1 or more
     */
    public NotePairing(Overlap overlap, int initialNotes) {
        this.overlap = overlap;
        ofKeys = new NoteLists(initialNotes);
        ofTones = new NoteLists(initialNotes);
        ofLanes = new NoteLists(initialNotes);
        lanes = new int[initialNotes];
        tones = new int[initialNotes];
        velocities = new int[initialNotes];
        onsetsNanos = new long[initialNotes];
        free = new int[initialNotes];
        Arrays.setAll(free, note -> note);
        Arrays.fill(placeOfPort, NONE);
        pedalDown = new boolean[INITIAL_PORTS * Message.CHANNELS];
        pitches = new long[pedalDown.length * 4];
    }

    /**
     * Takes the next message.
     *
     * @param lane who holds the key
     * @param port whose channels these are, 0–255
     * @param message packed, see {@link Message}
     * @param nanos when it was played, not before the last call's
     */
    public void accept(int lane, int port, int message, long nanos, Ear ear) {
        if ((message & NO_DATA_BYTES) != 0) {
            return;
        }
        if (Message.isNoteOn(message)) {
            press(lane, toneOf(port, message), Message.data2(message), nanos, ear);
        } else if (Message.isNoteOff(message)) {
            int note = ofKeys.first(listOfKey(lane, toneOf(port, message), HELD));
            if (note != NONE) {
                lift(note, isPedalDown(note), nanos, ear);
            }
        } else if ((message & 0xF0) == Message.CONTROL_CHANGE) {
            control(channelOf(port, Message.channel(message)), message, nanos, ear);
        }
    }

    /** The lane is over, as at the end of a track: its keys that are down come up. */
    public void endLane(int lane, long nanos, Ear ear) {
        for (int note = ofLanes.first(lane); note != NONE; note = ofLanes.first(lane)) {
            lift(note, isPedalDown(note), nanos, ear);
        }
    }

    /** An input was unplugged: the lane's keys on this port come up, and so do the port's pedals. */
    public void lose(int lane, int port, long nanos, Ear ear) {
        int first = channelOf(port, 0);
        for (int channel = 0; channel < Message.CHANNELS; channel++) {
            pedalDown[first + channel] = false;
        }
        for (int pitch = 0; pitch < Message.PITCHES; pitch++) {
            for (int channel = 0; channel < Message.CHANNELS; channel++) {
                int tone = tone(first + channel, pitch);
                endAll(ofTones, listOfTone(tone, RINGING), nanos, ear);
                long held = listOfKey(lane, tone, HELD);
                for (int note = ofKeys.first(held); note != NONE; note = ofKeys.first(held)) {
                    lift(note, false, nanos, ear);
                }
            }
        }
    }

    /** All keys and pedals come up, and nothing sounds any more. */
    public void finish(long nanos, Ear ear) {
        for (int channel = 0; channel < ports * Message.CHANNELS; channel++) {
            pedalDown[channel] = false;
            endRinging(channel, nanos, ear);
            releaseKeys(channel, false, nanos, ear);
        }
    }

    /** Notes that sound, by key or by pedal. */
    public int sounding() {
        return sounding;
    }

    private void control(int channel, int message, long nanos, Ear ear) {
        int controller = Message.data1(message);
        if (controller == Message.SUSTAIN_PEDAL && Message.isPedalDown(message)) {
            pedalDown[channel] = true;
        } else if (controller == Message.SUSTAIN_PEDAL || controller == Message.RESET_CONTROLLERS) {
            pedalDown[channel] = false;
            endRinging(channel, nanos, ear);
        } else if (controller == Message.ALL_SOUND_OFF) {
            endRinging(channel, nanos, ear);
            releaseKeys(channel, false, nanos, ear);
        } else if (controller >= Message.ALL_NOTES_OFF && controller <= Message.POLY_ON) {
            releaseKeys(channel, pedalDown[channel], nanos, ear);
        }
    }

    private void press(int lane, int tone, int velocity, long nanos, Ear ear) {
        endAll(ofKeys, listOfKey(lane, tone, RINGING), nanos, ear);
        if (overlap == Overlap.RESTRIKE) {
            endAll(ofKeys, listOfKey(lane, tone, HELD), nanos, ear);
        }
        if (sounding == free.length) {
            grow();
        }
        int note = free[sounding++];
        lanes[note] = lane;
        tones[note] = tone;
        velocities[note] = velocity;
        onsetsNanos[note] = nanos;
        enter(note, HELD);
        ofLanes.add(lane, note);
        ear.began(lane, channelOf(tone), pitchOf(tone), velocity, nanos);
    }

    /** @param rings whether the pedal keeps it */
    private void lift(int note, boolean rings, long nanos, Ear ear) {
        int lane = lanes[note];
        int tone = tones[note];
        leave(note, HELD);
        ofLanes.remove(lane, note);
        if (rings) {
            enter(note, RINGING);
            ear.lifted(lane, channelOf(tone), pitchOf(tone), nanos);
        } else {
            free[--sounding] = note;
            ear.lifted(lane, channelOf(tone), pitchOf(tone), nanos);
            ear.ended(lane, channelOf(tone), pitchOf(tone), velocities[note], onsetsNanos[note], nanos);
        }
    }

    private void releaseKeys(int channel, boolean ring, long nanos, Ear ear) {
        for (int half = 0; half < 2; half++) {
            for (long bits = pitches[channel * 4 + HELD * 2 + half]; bits != 0; bits &= bits - 1) {
                int pitch = half * Long.SIZE + Long.numberOfTrailingZeros(bits);
                long held = listOfTone(tone(channel, pitch), HELD);
                for (int note = ofTones.first(held); note != NONE; note = ofTones.first(held)) {
                    lift(note, ring, nanos, ear);
                }
            }
        }
    }

    private void endRinging(int channel, long nanos, Ear ear) {
        for (int half = 0; half < 2; half++) {
            for (long bits = pitches[channel * 4 + RINGING * 2 + half]; bits != 0; bits &= bits - 1) {
                int pitch = half * Long.SIZE + Long.numberOfTrailingZeros(bits);
                endAll(ofTones, listOfTone(tone(channel, pitch), RINGING), nanos, ear);
            }
        }
    }

    /** Ends the notes of a list, all of them held or all of them ringing. */
    private void endAll(NoteLists lists, long list, long nanos, Ear ear) {
        for (int note = lists.first(list); note != NONE; note = lists.first(list)) {
            int state = (int) list & 1;
            leave(note, state);
            if (state == HELD) {
                ofLanes.remove(lanes[note], note);
            }
            free[--sounding] = note;
            int tone = tones[note];
            ear.ended(lanes[note], channelOf(tone), pitchOf(tone), velocities[note], onsetsNanos[note], nanos);
        }
    }

    private void enter(int note, int state) {
        int tone = tones[note];
        ofKeys.add(listOfKey(lanes[note], tone, state), note);
        ofTones.add(listOfTone(tone, state), note);
        pitches[numberOf(tone, state)] |= 1L << tone;
    }

    private void leave(int note, int state) {
        int tone = tones[note];
        ofKeys.remove(listOfKey(lanes[note], tone, state), note);
        ofTones.remove(listOfTone(tone, state), note);
        if (ofTones.first(listOfTone(tone, state)) == NONE) {
            pitches[numberOf(tone, state)] &= ~(1L << tone);
        }
    }

    private boolean isPedalDown(int note) {
        return pedalDown[tones[note] >> PITCH_BITS];
    }

    /** Where the channel of a port stands among all channels. */
    private int channelOf(int port, int channel) {
        if (placeOfPort[port] == NONE) {
            addPort(port);
        }
        return placeOfPort[port] * Message.CHANNELS + channel;
    }

    private int toneOf(int port, int message) {
        return tone(channelOf(port, Message.channel(message)), Message.data1(message));
    }

    /** A pitch on a channel of a port, as one number. */
    private static int tone(int channel, int pitch) {
        return channel << PITCH_BITS | pitch;
    }

    /** 0–15, as in the message. */
    private static int channelOf(int tone) {
        return (tone >> PITCH_BITS) % Message.CHANNELS;
    }

    private static int pitchOf(int tone) {
        return tone % Message.PITCHES;
    }

    private static long listOfKey(int lane, int tone, int state) {
        return (long) lane << 32 | listOfTone(tone, state);
    }

    private static long listOfTone(int tone, int state) {
        return (long) tone << 1 | state;
    }

    /** Which of {@link #pitches} has the bit of this tone. */
    private static int numberOf(int tone, int state) {
        return (tone >> PITCH_BITS) * 4 + state * 2 + pitchOf(tone) / Long.SIZE;
    }

    private void addPort(int port) {
        if ((ports + 1) * Message.CHANNELS > pedalDown.length) {
            pedalDown = Arrays.copyOf(pedalDown, pedalDown.length * 2);
            pitches = Arrays.copyOf(pitches, pitches.length * 2);
        }
        placeOfPort[port] = ports++;
    }

    private void grow() {
        int notes = free.length * 2;
        lanes = Arrays.copyOf(lanes, notes);
        tones = Arrays.copyOf(tones, notes);
        velocities = Arrays.copyOf(velocities, notes);
        onsetsNanos = Arrays.copyOf(onsetsNanos, notes);
        ofKeys.grow(notes);
        ofTones.grow(notes);
        ofLanes.grow(notes);
        free = Arrays.copyOf(free, notes);
        for (int note = notes / 2; note < notes; note++) {
            free[note] = note;
        }
    }
}
