package antiphon.music;

/**
 * A short MIDI 1.0 message packed into an int: status in bits 0–7, first data byte in 8–15, second in 16–23, as it
 * lies on the wire. Channels are 0–15 here; people see 1–16.
 */
public final class Message {
    public static final int NOTE_OFF = 0x80;
    public static final int NOTE_ON = 0x90;
    private static final int KEY_PRESSURE = 0xA0;
    public static final int CONTROL_CHANGE = 0xB0;

    /** In sixteenths since the start of the song, the low seven bits first. */
    public static final int SONG_POSITION = 0xF2;

    /** A tick: {@value #TICKS_PER_QUARTER} of them a quarter. */
    public static final int CLOCK = 0xF8;

    public static final int TICKS_PER_QUARTER = 24;
    public static final int TICKS_PER_SIXTEENTH = TICKS_PER_QUARTER / 4;

    /** The first place that a {@link #SONG_POSITION} cannot name. */
    public static final int MAX_SIXTEENTHS = 1 << 14;

    public static final int START = 0xFA;
    public static final int CONTINUE = 0xFB;
    public static final int STOP = 0xFC;
    public static final int ACTIVE_SENSING = 0xFE;

    public static final int CHANNELS = 16;

    /** Channel 10 to people: General MIDI gives it to drums, whose pitches are no pitches but instruments. */
    public static final int DRUM_CHANNEL = 9;

    public static final int PITCHES = 128;

    public static final int SUSTAIN_PEDAL = 64;
    public static final int ALL_SOUND_OFF = 120;
    public static final int RESET_CONTROLLERS = 121;
    public static final int ALL_NOTES_OFF = 123;

    /** The four modes; a change of mode also lets all keys of its channel up. */
    public static final int OMNI_OFF = 124;

    public static final int OMNI_ON = 125;
    public static final int MONO_ON = 126;
    public static final int POLY_ON = 127;

    private static final int PEDAL_DOWN_FROM = 64;

    private Message() {}

    public static int of(int status, int data1, int data2) {
        return status | data1 << 8 | data2 << 16;
    }

    public static int noteOn(int channel, int pitch, int velocity) {
        return of(NOTE_ON | channel, pitch, velocity);
    }

    public static int noteOff(int channel, int pitch) {
        return of(NOTE_OFF | channel, pitch, 64);
    }

    public static int control(int channel, int controller, int value) {
        return of(CONTROL_CHANGE | channel, controller, value);
    }

    /** @param sixteenths since the start of the song, below {@value #MAX_SIXTEENTHS} */
    public static int songPosition(int sixteenths) {
        return of(SONG_POSITION, sixteenths & 0x7F, sixteenths >> 7);
    }

    /** What a {@link #songPosition} says. */
    public static int sixteenths(int message) {
        return data1(message) | data2(message) << 7;
    }

    public static int status(int message) {
        return message & 0xFF;
    }

    public static int data1(int message) {
        return message >>> 8 & 0xFF;
    }

    public static int data2(int message) {
        return message >>> 16 & 0xFF;
    }

    /** 0–15; meaningless for system messages. */
    public static int channel(int message) {
        return message & 0x0F;
    }

    /** Channel and pitch of a note as one number from 0 to {@value #CHANNELS} · {@value #PITCHES} − 1. */
    public static int key(int message) {
        return channel(message) * PITCHES + data1(message);
    }

    /** True for a note-on with velocity above 0; velocity 0 is a note-off by the MIDI specification. */
    public static boolean isNoteOn(int message) {
        return (message & 0xF0) == NOTE_ON && data2(message) > 0;
    }

    public static boolean isNoteOff(int message) {
        return (message & 0xF0) == NOTE_OFF || ((message & 0xF0) == NOTE_ON && data2(message) == 0);
    }

    /** True for notes and the pressure of single keys: their first byte is a pitch. */
    public static boolean isOfKey(int message) {
        int kind = message & 0xF0;
        return kind == NOTE_OFF || kind == NOTE_ON || kind == KEY_PRESSURE;
    }

    public static boolean isControl(int message, int controller) {
        return (message & 0xF0) == CONTROL_CHANGE && data1(message) == controller;
    }

    /** True if a message of the {@link #SUSTAIN_PEDAL} presses it: from the middle of its way on, by MIDI 1.0. */
    public static boolean isPedalDown(int message) {
        return data2(message) >= PEDAL_DOWN_FROM;
    }

    /** True for whatever is sent to drums. */
    public static boolean isDrums(int message) {
        return status(message) < 0xF0 && channel(message) == DRUM_CHANNEL;
    }

    /** True for what a MIDI clock sends: ticks, start, continue, stop, song position. */
    public static boolean isClock(int message) {
        int status = status(message);
        return status == CLOCK || status == START || status == CONTINUE || status == STOP || status == SONG_POSITION;
    }

    /** Bytes on the wire, 1–3, from the status byte alone. */
    public static int length(int message) {
        int status = status(message);
        if (status >= 0xF0) {
            return status == 0xF2 ? 3 : status == 0xF1 || status == 0xF3 ? 2 : 1;
        }
        int command = status & 0xF0;
        return command == 0xC0 || command == 0xD0 ? 2 : 3;
    }
}
