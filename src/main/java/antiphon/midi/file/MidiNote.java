package antiphon.midi.file;

import antiphon.music.Message;
import antiphon.music.Note;

/**
 * One note of a MIDI file, with the pedal folded into its duration.
 *
 * @param channel 0–15
 * @param onsetNanos from the start of the piece, 0 or more
 * @param durationNanos 0 or more
 * @param pitch 0–127
 * @param velocity 1–127
 */
public record MidiNote(int channel, long onsetNanos, long durationNanos, int pitch, int velocity) {
    /** True on General MIDI's drum channel, where a pitch names an instrument. */
    public boolean isPercussion() {
        return channel == Message.DRUM_CHANNEL;
    }

    /** The same note, played by a voice. */
    public Note toNote(int voice) {
        return new Note(voice, onsetNanos, durationNanos, pitch, velocity);
    }
}
