package antiphon.improv;

/**
 * What can be changed while playing, and what can be asked for. Goes through the in ring as its number and a value
 * packed into a long: see {@link #pack(double)}; actions have no value.
 */
public enum Control {
    /** Number of a {@link Mode}. */
    MODE(Kind.WHOLE),
    TEMPERATURE(Kind.DECIMAL),
    TOP_P(Kind.DECIMAL),
    MIN_P(Kind.DECIMAL),
    SEED(Kind.WHOLE),
    MAX_POLYPHONY(Kind.WHOLE),
    /** Number of a {@link Memory}; 0 and 1 in a journal written before there was a third. */
    MEMORY(Kind.WHOLE),
    DENSITY(Kind.DECIMAL),
    /** Semitones. */
    REGISTER(Kind.WHOLE),
    /** 0 or 1. */
    MUTE(Kind.WHOLE),
    /** 0 to 15. */
    CHANNEL(Kind.WHOLE),
    /** Nanoseconds. */
    CALL_REST(Kind.WHOLE),
    CALL_LENGTH(Kind.DECIMAL),
    /** Nanoseconds. */
    CALL_MAX(Kind.WHOLE),
    /** Nanoseconds. */
    CONTINUE_REST(Kind.WHOLE),
    /** Nanoseconds; {@link Long#MAX_VALUE} for no limit. */
    CONTINUE_MAX(Kind.WHOLE),
    /** 0 or 1: copy what the human plays to the output. The live path does that, not the improviser. */
    THRU(Kind.WHOLE),
    /** Ends every note at once. */
    PANIC(Kind.ACTION),
    /** Begins to answer without waiting for a rest. */
    ANSWER(Kind.ACTION),
    /** Another answer to the same call. */
    AGAIN(Kind.ACTION),
    /** Forgets everything that was heard. */
    FORGET(Kind.ACTION),
    /** Percent. Here because journals carry the numbers of those above. */
    GRID(Kind.WHOLE),
    /** Number of an {@link Enter}. */
    ENTER(Kind.WHOLE),
    BEATS_PER_BAR(Kind.WHOLE),
    /** A beat is now: three of them or more say the tempo. */
    TAP(Kind.ACTION),
    TRADE_BARS(Kind.WHOLE),
    /** Percent of the beat before its second half, {@value Settings.Beat#AUTO_SWING} as the human plays it. */
    SWING(Kind.WHOLE),
    /** Number of a {@link Division}. */
    DIVISION(Kind.WHOLE),
    /** A pitch, or {@value Settings.Tap#OFF} for none. */
    TAP_NOTE(Kind.WHOLE),
    /** A controller number, or {@value Settings.Tap#OFF} for none. */
    TAP_CONTROLLER(Kind.WHOLE),
    /** Number of a {@link SendClock}. */
    SEND_CLOCK(Kind.WHOLE),
    /** 0 for that of the other fields. */
    TIME_TEMPERATURE(Kind.DECIMAL),
    /** Answers tried for each call; 0 for none. */
    CANDIDATES(Kind.WHOLE),
    /** Drops the answer that is being played, at the next beat. */
    VETO(Kind.ACTION),
    /** Nanoseconds of a period of the MIDI system, which has changed: by so much later a copy leaves. Nobody sets it. */
    PERIOD(Kind.WHOLE),
    /** Number of a {@link antiphon.music.Scale}. */
    SCALE(Kind.WHOLE),
    /** 0 or 1. */
    KEY_LOCK(Kind.WHOLE),
    KEY_BIAS(Kind.DECIMAL),
    /** A pitch. */
    LOWEST(Kind.WHOLE),
    /** A pitch. */
    HIGHEST(Kind.WHOLE),
    /** Nanoseconds; {@value Settings.Steer#AUTO_NOTE} for no other limit than that of the answer's shape. */
    MAX_NOTE(Kind.WHOLE),
    /** Percent. */
    BOLDNESS(Kind.WHOLE),
    /** Number of a {@link HarmonyPlace}. */
    HARMONY_PLACE(Kind.WHOLE),
    /** Percent. */
    HARMONY_LEVEL(Kind.WHOLE),
    HARMONY_VOICES(Kind.WHOLE),
    /** A pitch, or {@value Settings.Together#AUTO_SPLIT} for what is heard. */
    SPLIT(Kind.WHOLE),
    /** Percent: how loud the first part plays. */
    LEVEL(Kind.WHOLE),
    /** Of the second part, the first beside the first one: number of a {@link Mode}, or {@value Band.Beside#OFF}. */
    PART2_MODE(Kind.WHOLE),
    /** 0 to 15. */
    PART2_CHANNEL(Kind.WHOLE),
    /** Semitones. */
    PART2_REGISTER(Kind.WHOLE),
    /** Percent. */
    PART2_LEVEL(Kind.WHOLE),
    PART3_MODE(Kind.WHOLE),
    PART3_CHANNEL(Kind.WHOLE),
    PART3_REGISTER(Kind.WHOLE),
    PART3_LEVEL(Kind.WHOLE),
    PART4_MODE(Kind.WHOLE),
    PART4_CHANNEL(Kind.WHOLE),
    PART4_REGISTER(Kind.WHOLE),
    PART4_LEVEL(Kind.WHOLE),
    /** Nanoseconds: how long the synthesiser takes to sound. */
    OFFSET(Kind.WHOLE),
    /** 1 to 16, or {@value Settings#ANY_CHANNEL} for all: what comes on another one is not heard. */
    IN_CHANNEL(Kind.WHOLE),
    /** 0 or 1. */
    HEAR_DRUMS(Kind.WHOLE),
    /** 0 or 1: the latency is measured; nobody plays, and what is played is no music. Nobody sets it. */
    CALIBRATE(Kind.WHOLE),
    /** A click leaves then; it has a value although it is an action. */
    CLICK(Kind.ACTION),
    /** The MIDI system has stood for so many nanoseconds, its value, and clocks with it. Nobody asks for it. */
    SLIP(Kind.ACTION);

    private enum Kind {
        WHOLE,
        DECIMAL,
        ACTION
    }

    private static final Control[] ALL = values();

    private final Kind kind;

    Control(Kind kind) {
        this.kind = kind;
    }

    /** Its number in rings and journals; see {@link #of}. */
    @SuppressWarnings("EnumOrdinal") // Rings and journals carry numbers.
    public int number() {
        return ordinal();
    }

    /** The control with this number. Does not make a copy, as {@link #values} does. */
    public static Control of(int number) {
        return ALL[number];
    }

    /** True if its value is a number with decimals, packed by {@link #pack(double)}; else it is a whole number. */
    public boolean isDecimal() {
        return kind == Kind.DECIMAL;
    }

    /** Which part beside the first it is for, from 1; 0 if for the first one or all. */
    public int beside() {
        return switch (this) {
            case PART2_MODE, PART2_CHANNEL, PART2_REGISTER, PART2_LEVEL -> 1;
            case PART3_MODE, PART3_CHANNEL, PART3_REGISTER, PART3_LEVEL -> 2;
            case PART4_MODE, PART4_CHANNEL, PART4_REGISTER, PART4_LEVEL -> 3;
            default -> 0;
        };
    }

    /** What it is for the part that it is for. */
    public Control ofPart() {
        return switch (this) {
            case PART2_MODE, PART3_MODE, PART4_MODE -> MODE;
            case PART2_CHANNEL, PART3_CHANNEL, PART4_CHANNEL -> CHANNEL;
            case PART2_REGISTER, PART3_REGISTER, PART4_REGISTER -> REGISTER;
            case PART2_LEVEL, PART3_LEVEL, PART4_LEVEL -> LEVEL;
            default -> this;
        };
    }

    /** True if each part has a value of its own, and this is the first one's. */
    boolean isOfFirstAlone() {
        return switch (this) {
            case MODE, CHANNEL, REGISTER, LEVEL, SEND_CLOCK -> true;
            default -> false;
        };
    }

    /** True if it asks for something rather than setting a value. */
    public boolean isAction() {
        return kind == Kind.ACTION;
    }

    /** A decimal value, packed into a long. */
    public static long pack(double value) {
        return Double.doubleToRawLongBits(value);
    }

    /** What {@link #pack(double)} packed. */
    public static double unpack(long value) {
        return Double.longBitsToDouble(value);
    }
}
