package antiphon.midi.file;

import antiphon.midi.MidiException;

/**
 * What a tick is in a MIDI file: a fraction of a quarter note, whose length the tempo gives, or of a SMPTE frame,
 * which no tempo touches.
 *
 * @param framesPerSecond 0 for quarter notes; 24, 25, 29 (which stands for 30000/1001) or 30 for frames
 * @param ticks in one quarter note or frame, 1 or more
 */
public record TimeDivision(int framesPerSecond, int ticks) {

    /** Ticks of a quarter note (PPQ). */
    public static TimeDivision ofQuarter(int ticksPerQuarter) {
        return new TimeDivision(0, ticksPerQuarter);
    }

    /**
     * Reads the header's 16 bits.
     *
     * @param where the file's name, for the error
     * @throws MidiException if the bits mean nothing
     */
    static TimeDivision ofHeader(int bits, String where) {
        boolean smpte = (bits & 0x8000) != 0;
        int framesPerSecond = smpte ? -(byte) (bits >> 8) : 0;
        int ticks = smpte ? bits & 0xFF : bits;
        if (ticks == 0) {
            throw new MidiException(where + ": division of 0 ticks; at least 1 needed. Export the file again.");
        }
        switch (framesPerSecond) {
            case 0, 24, 25, 29, 30 -> {
                return new TimeDivision(framesPerSecond, ticks);
            }
            default ->
                throw new MidiException(where + ": " + framesPerSecond
                        + " SMPTE frames a second; allowed: 24, 25, 29, 30. Export the file again.");
        }
    }

    public boolean isSmpte() {
        return framesPerSecond != 0;
    }
}
