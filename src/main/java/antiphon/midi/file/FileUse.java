package antiphon.midi.file;

/** What a MIDI file is read for: that decides whether its drums count, and what is added where it ended no note. */
public enum FileUse {
    /** All that it says: the notes of drums too, and its messages as they stand in it. */
    ALL,

    /** To learn from: the notes of keys, without messages, so that large files need less memory. */
    LEARN,

    /**
     * To be played: the notes of keys; the messages of keys and of drums, and with them an end of each key that its track
     * leaves down, when the track ends, and of each pedal and bend, when the last track ends.
     */
    PLAY
}
