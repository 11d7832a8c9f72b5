package antiphon.app;

import antiphon.improv.Mode;
import antiphon.model.Precision;
import java.util.List;
import java.util.Locale;

/**
 * One key of the configuration: its name, the value it has when nobody sets it, and what it may be.
 *
 * @param key dotted, as in {@code config/antiphon.toml}, which also explains each one
 */
record Setting<T>(String key, T standard, SettingType<T> type) {
    private static final SettingType<String> CLIENT =
            SettingType.text("[\\p{L}\\p{N} ._-]{1,32}", "1 to 32 letters, digits, spaces, \"-\", \"_\" or \".\"");
    private static final SettingType<String> FILE = SettingType.text("\\s*\\S.*", "the path of a file");

    static final Setting<Config.Backend> BACKEND =
            new Setting<>("midi.backend", Config.Backend.AUTO, new SettingType.Choice<>(Config.Backend.class));
    static final Setting<String> CLIENT_NAME = new Setting<>("midi.client", "antiphon", CLIENT);
    static final Setting<List<String>> IN_PORTS = new Setting<>("midi.in.ports", List.of(), new SettingType.Texts());
    static final Setting<List<String>> OUT_PORTS = new Setting<>("midi.out.ports", List.of(), new SettingType.Texts());
    static final Setting<Boolean> THRU = new Setting<>("midi.out.thru", false, new SettingType.Switch());
    static final Setting<Long> CHANNEL = whole("midi.out.channel", 2, 1, 16);
    static final Setting<String> MODEL_FILE = new Setting<>("model.file", "models/antiphon.safetensors", FILE);
    static final Setting<Precision> PRECISION =
            new Setting<>("model.precision", Precision.F16, new SettingType.Choice<>(Precision.class));
    static final Setting<Mode> MODE = new Setting<>("play.mode", Mode.CALL, new SettingType.Choice<>(Mode.class));
    static final Setting<Double> TEMPERATURE =
            new Setting<>("play.temperature", 0.95, SettingType.Decimal.between(0.1, 2));
    static final Setting<Double> TOP_P = new Setting<>("play.top-p", 0.95, SettingType.Decimal.aboveAtMost(0, 1));
    static final Setting<Double> MIN_P = new Setting<>("play.min-p", 0.02, SettingType.Decimal.atLeastBelow(0, 1));
    static final Setting<Long> SEED = whole("play.seed", 0, 0, Long.MAX_VALUE);
    static final Setting<Long> MAX_POLYPHONY = whole("play.max-polyphony", 8, 1, 16);
    static final Setting<Long> LOOKAHEAD = whole("play.lookahead-ms", 10, 1, 100);
    static final Setting<Long> CALL_REST = whole("play.call.rest-ms", 700, 200, 5000);
    static final Setting<Boolean> MEMORY = new Setting<>("play.memory", true, new SettingType.Switch());
    static final Setting<Double> CALL_MAX_ANSWER =
            new Setting<>("play.call.max-answer-seconds", 20.0, SettingType.Decimal.between(1, 120));
    static final Setting<Double> CALL_LENGTH =
            new Setting<>("play.call.length", 1.0, SettingType.Decimal.between(0.25, 4));
    static final Setting<Long> CONTINUE_REST = whole("play.continue.rest-ms", 350, 50, 5000);
    static final Setting<Double> CONTINUE_MAX =
            new Setting<>("play.continue.max-seconds", 0.0, SettingType.Decimal.between(0, 3600));

    static final Setting<Boolean> REAL_TIME = new Setting<>("live.real-time", true, new SettingType.Switch());
    static final Setting<Boolean> KEEP_AWAKE = new Setting<>("live.keep-awake", true, new SettingType.Switch());
    static final Setting<Boolean> LOCK_MEMORY = new Setting<>("live.lock-memory", true, new SettingType.Switch());
    static final Setting<List<Integer>> CORES = new Setting<>("live.cores", List.of(), new NumberList(0, 1023));

    /** Every setting there is, in the order of the shipped file. */
    static final List<Setting<?>> ALL = List.of(
            BACKEND,
            CLIENT_NAME,
            IN_PORTS,
            OUT_PORTS,
            THRU,
            CHANNEL,
            MODEL_FILE,
            PRECISION,
            MODE,
            TEMPERATURE,
            TOP_P,
            MIN_P,
            SEED,
            MAX_POLYPHONY,
            LOOKAHEAD,
            MEMORY,
            CALL_REST,
            CALL_MAX_ANSWER,
            CALL_LENGTH,
            CONTINUE_REST,
            CONTINUE_MAX,
            REAL_TIME,
            LOCK_MEMORY,
            CORES,
            KEEP_AWAKE);

    private static Setting<Long> whole(String key, long standard, long least, long most) {
        return new Setting<>(key, standard, new SettingType.Whole(least, most));
    }

    /** The environment variable that overrides the file: {@code ANTIPHON_PLAY_TOP_P} for {@code play.top-p}. */
    String variable() {
        return "ANTIPHON_" + key.replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT);
    }
}
