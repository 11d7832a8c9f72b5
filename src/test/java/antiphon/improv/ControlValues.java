package antiphon.improv;

import antiphon.music.Scale;
import java.util.random.RandomGenerator;

/** Values of controls as the settings table allows them. */
public final class ControlValues {
    private static final long MILLI = 1_000_000L;
    private static final long SECOND = 1_000 * MILLI;
    private static final int MODES = Mode.values().length;
    private static final int SCALES = Scale.Kind.values().length * 12;

    private ControlValues() {}

    /** One drawn at random; allocates nothing. */
    public static long any(Control control, RandomGenerator random) {
        return switch (control) {
            case MODE -> random.nextInt(MODES);
            case TEMPERATURE -> Control.pack(0.1 + random.nextDouble() * 1.9);
            case TOP_P -> Control.pack(1 - random.nextDouble());
            case MIN_P -> Control.pack(random.nextDouble());
            case SEED -> random.nextLong(1, Long.MAX_VALUE);
            case MAX_POLYPHONY -> 1 + random.nextInt(16);
            case MEMORY -> random.nextInt(3);
            case THRU -> random.nextInt(2);
            case MUTE -> random.nextInt(4) / 3;
            case DENSITY, CALL_LENGTH -> Control.pack(0.25 + random.nextDouble() * 3.75);
            case CANDIDATES -> random.nextInt(4);
            case CALL_REST -> random.nextLong(200, 5_000) * MILLI;
            case CALL_MAX -> random.nextLong(1, 120) * SECOND;
            case CONTINUE_REST -> random.nextLong(50, 5_000) * MILLI;
            case CONTINUE_MAX -> random.nextBoolean() ? Long.MAX_VALUE : random.nextInt(20) * SECOND;
            case PERIOD -> random.nextInt(43) * MILLI;
            case PANIC, ANSWER, AGAIN, FORGET, TAP, VETO, CLICK -> 0;
            case SLIP -> random.nextInt(200) * MILLI;
            default ->
                control.beside() > 0 || control == Control.LEVEL || control == Control.CHANNEL
                        ? ofParts(control, random)
                        : steering(control, random);
        };
    }

    private static long ofParts(Control control, RandomGenerator random) {
        return switch (control.ofPart()) {
            case MODE -> random.nextInt(MODES + 1) - 1;
            case CHANNEL -> random.nextInt(16);
            case REGISTER -> random.nextInt(49) - 24;
            default -> 10 + random.nextInt(141);
        };
    }

    private static long steering(Control control, RandomGenerator random) {
        return switch (control) {
            case REGISTER -> random.nextInt(49) - 24;
            case GRID, BOLDNESS -> random.nextInt(101);
            case ENTER, KEY_LOCK -> random.nextInt(2);
            case TRADE_BARS -> 1 + random.nextInt(4);
            case SWING -> random.nextBoolean() ? 0 : 50 + random.nextInt(26);
            case DIVISION -> random.nextInt(4);
            case SEND_CLOCK -> random.nextInt(3);
            case TIME_TEMPERATURE -> Control.pack(random.nextBoolean() ? 0 : 2 * random.nextDouble());
            case TAP_NOTE -> random.nextLong(-1, 128);
            case TAP_CONTROLLER -> random.nextLong(-1, 120);
            case BEATS_PER_BAR -> 1 + random.nextInt(16);
            case SCALE -> random.nextInt(SCALES);
            case KEY_BIAS -> Control.pack(2 * random.nextDouble());
            case LOWEST, SPLIT -> random.nextInt(60);
            case HARMONY_PLACE -> random.nextInt(3);
            case HARMONY_LEVEL -> 20 + random.nextInt(101);
            case HARMONY_VOICES -> 1 + random.nextInt(3);
            case HIGHEST -> 60 + random.nextInt(68);
            case OFFSET -> random.nextInt(201) * MILLI;
            case IN_CHANNEL -> random.nextInt(4);
            case HEAR_DRUMS -> random.nextInt(2);
            case CALIBRATE -> random.nextInt(8) / 7;
            case MAX_NOTE -> random.nextBoolean() ? 0 : (60 + random.nextInt(1_000)) * MILLI;
            default -> throw new IllegalArgumentException(control.name());
        };
    }
}
