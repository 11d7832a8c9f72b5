package antiphon.music;

/**
 * The compound event, one per MIDI message, packed into an int so that rings and the model can pass it without
 * allocating: kind in bits 0–7, time bin in 8–15, pitch in 16–23, velocity bin in 24–31.
 *
 * <p>The time bin is the gap since the event before, in {@link Vocabulary} bins.
 */
public final class Event {
    /** Before the first event of a piece; never predicted. */
    public static final int START = 0;

    public static final int HUMAN_ON = 1;
    public static final int HUMAN_OFF = 2;
    public static final int ANSWER_ON = 3;
    public static final int ANSWER_OFF = 4;

    /** The party that was playing has finished its phrase: the turn passes. */
    public static final int PHRASE_END = 5;

    /** Four seconds in which nothing happened. */
    public static final int TICK = 6;

    /** What every piece begins with. */
    public static final int PIECE_START = of(START, 0, Vocabulary.NO_PITCH, Vocabulary.NO_VELOCITY);

    private static final int[] NOTE_ON = {HUMAN_ON, ANSWER_ON};
    private static final int[] NOTE_OFF = {HUMAN_OFF, ANSWER_OFF};

    private Event() {}

    /** Packs four fields; no check, this is on the hot path. */
    public static int of(int kind, int timeBin, int pitch, int velocityBin) {
        return kind | timeBin << 8 | pitch << 16 | velocityBin << 24;
    }

    /** The kind of a note-on of this voice. */
    public static int onKind(int voice) {
        return NOTE_ON[voice];
    }

    /** The kind of a note-off of this voice. */
    public static int offKind(int voice) {
        return NOTE_OFF[voice];
    }

    public static int kind(int event) {
        return event & 0xFF;
    }

    public static int timeBin(int event) {
        return event >>> 8 & 0xFF;
    }

    /** 0–127, or {@link Vocabulary#NO_PITCH}. */
    public static int pitch(int event) {
        return event >>> 16 & 0xFF;
    }

    /** 0–31, or {@link Vocabulary#NO_VELOCITY}. */
    public static int velocityBin(int event) {
        return event >>> 24;
    }

    /** One of the fields above by its number: see {@link Vocabulary#fieldSize}. */
    public static int field(int event, int field) {
        return event >>> (8 * field) & 0xFF;
    }

    /** How many values a field can take in events of this kind, "none" left out; 0 if they do not have the field. */
    public static int realValues(int field, int kind) {
        return switch (field) {
            case 2 -> isNoteOn(kind) || isNoteOff(kind) ? Vocabulary.PITCHES : 0;
            case 3 -> isNoteOn(kind) ? Vocabulary.VELOCITY_BINS : 0;
            default -> Vocabulary.fieldSize(field);
        };
    }

    public static boolean isNoteOn(int kind) {
        return kind == HUMAN_ON || kind == ANSWER_ON;
    }

    public static boolean isNoteOff(int kind) {
        return kind == HUMAN_OFF || kind == ANSWER_OFF;
    }

    /** The voice of a note event's kind. */
    public static int voice(int kind) {
        return kind == HUMAN_ON || kind == HUMAN_OFF ? Voice.HUMAN : Voice.ANSWER;
    }
}
