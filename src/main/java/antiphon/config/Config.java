package antiphon.config;

import antiphon.improv.Band;
import antiphon.improv.Memory;
import antiphon.improv.Mode;
import antiphon.improv.Settings;
import antiphon.model.Precision;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * All settings, checked: code that has a {@code Config} need not check its values again. Immutable. {@link Setting}
 * says what each setting means and which values are allowed; {@link ConfigReader} makes one from file, environment and
 * flags.
 *
 * @param values a value for each of {@link Setting#ALL}, in that order
 */
public record Config(Map<Setting<?>, Object> values) {
    /**
     * Checks the values; settings that are missing get their standard values.
     *
     * @throws ConfigException naming every value that is not allowed, one line each
     * @throws ClassCastException if a value is not of its setting's type
     */
    public Config {
        Map<Setting<?>, Object> all = new LinkedHashMap<>();
        List<String> mistakes = new ArrayList<>();
        for (Setting<?> setting : SettingTable.ALL) {
            all.put(setting, checked(setting, values, mistakes));
        }
        if (!mistakes.isEmpty()) {
            throw new ConfigException(mistakes);
        }
        values = Collections.unmodifiableMap(all);
    }

    /** Those values, and the standard ones for all other settings; see {@link Config#Config}. */
    public static Config of(Map<Setting<?>, Object> values) {
        return new Config(values);
    }

    /** The standard values. */
    public static Config standard() {
        return of(Map.of());
    }

    /** The same with another value of one setting, checked. */
    public <T> Config with(Setting<T> setting, T value) {
        Map<Setting<?>, Object> changed = new LinkedHashMap<>(values);
        changed.put(setting, value);
        return of(changed);
    }

    /** The value of a setting. */
    @SuppressWarnings("unchecked") // The constructor has checked it.
    public <T> T value(Setting<T> setting) {
        return (T) Objects.requireNonNull(values.get(setting));
    }

    @SuppressWarnings("unchecked") // A value of another type fails in `allows`, as documented.
    private static <T> Object checked(Setting<T> setting, Map<Setting<?>, Object> values, List<String> mistakes) {
        T value = (T) values.getOrDefault(setting, setting.standard());
        if (!setting.type().allows(value)) {
            mistakes.add(setting.type().mistake(setting.id(), setting.format(value), true));
        }
        return value;
    }

    /**
     * Ports and how they are used.
     *
     * @param connect what to connect to where no ports are named
     * @param inPorts parts of the names of ports to listen to; may be empty
     * @param outPorts parts of the names of ports to play on; may be empty
     * @param thru copy the human's own messages to the output
     * @param breakLoops leave out what we sent ourselves
     * @param offsetMillis how long the synthesiser takes to sound, 0–200
     * @param channel of the answers, 1–16 as people count
     */
    public record Midi(
            Backend backend,
            String client,
            Connect connect,
            List<String> inPorts,
            List<String> outPorts,
            boolean thru,
            boolean breakLoops,
            int offsetMillis,
            int channel) {}

    /**
     * The network.
     *
     * @param file as written; {@link #path} says where it is
     * @param precision of its weights in memory
     */
    public record Model(String file, Precision precision) {
        /** Where the model is, for a program installed in {@code home}. */
        public Path path(Path home) {
            return home.resolve(file);
        }
    }

    /**
     * How to answer.
     *
     * @param temperature 0.1–2
     * @param topP above 0, at most 1
     * @param minP 0 or more, below 1
     * @param seed 0 for a new one at each start
     * @param maxPolyphony notes of the answer that may sound at once, 1–16
     * @param density of the answer relative to what the human plays, 0.25–4
     * @param register semitones of the answer above the human's register, −24 to 24
     * @param mute listen and play nothing
     * @param commitMillis the commit window, 1–100
     * @param memory whether what was played before is taken up
     */
    public record Play(
            Mode mode,
            double temperature,
            double topP,
            double minP,
            long seed,
            int maxPolyphony,
            double density,
            int register,
            boolean mute,
            int commitMillis,
            Memory memory,
            Call call,
            Continue continuing) {}

    /**
     * Call and answer.
     *
     * @param restMillis the silence that ends a call, 200–5000
     * @param maxAnswerSeconds 1–120
     * @param length of the answer relative to the call, 0.25–4
     */
    public record Call(int restMillis, double maxAnswerSeconds, double length) {}

    /**
     * Carrying on.
     *
     * @param restMillis the silence after which the partner plays, 50–5000
     * @param maxSeconds 0 for until the human plays
     */
    public record Continue(int restMillis, double maxSeconds) {}

    /**
     * What the system is asked to do for the threads of the live path.
     *
     * @param realTime raise the engine and the sender above everything ordinary
     * @param lockMemory keep what is used in memory
     * @param cores the engine and the sender stay on these; empty: anywhere
     * @param keepAwake keep all cores from sleeping while music goes on
     */
    public record Live(boolean realTime, boolean lockMemory, List<Integer> cores, boolean keepAwake) {}

    public Midi midi() {
        return new Midi(
                value(MidiSetting.BACKEND),
                value(MidiSetting.CLIENT_NAME),
                value(MidiSetting.CONNECT),
                value(MidiSetting.IN_PORTS),
                value(MidiSetting.OUT_PORTS),
                value(MidiSetting.THRU),
                value(MidiSetting.BREAK_LOOPS),
                value(MidiSetting.OUT_OFFSET).intValue(),
                value(MidiSetting.CHANNEL).intValue());
    }

    public Model model() {
        return new Model(value(PlaySetting.MODEL_FILE), value(PlaySetting.PRECISION));
    }

    public Play play() {
        return new Play(
                value(PlaySetting.MODE),
                value(PlaySetting.TEMPERATURE),
                value(PlaySetting.TOP_P),
                value(PlaySetting.MIN_P),
                value(PlaySetting.SEED),
                value(PlaySetting.MAX_POLYPHONY).intValue(),
                value(PlaySetting.DENSITY),
                value(PlaySetting.REGISTER).intValue(),
                value(PlaySetting.MUTE),
                value(PlaySetting.COMMIT).intValue(),
                value(PlaySetting.MEMORY),
                new Call(
                        value(PlaySetting.CALL_REST).intValue(),
                        value(PlaySetting.CALL_MAX_ANSWER),
                        value(PlaySetting.CALL_LENGTH)),
                new Continue(value(PlaySetting.CONTINUE_REST).intValue(), value(PlaySetting.CONTINUE_MAX)));
    }

    /** Of the page in the browser. */
    public Page page() {
        return new Page(
                value(RunSetting.PAGE_ADDRESS),
                (int) (long) value(RunSetting.PAGE_PORT),
                value(RunSetting.PAGE_TOKEN),
                value(RunSetting.PAGE_OPEN));
    }

    /**
     * The page.
     *
     * @param address localhost, an address of this machine, 0.0.0.0 or ::
     * @param port to listen on; 0: any
     * @param token what others must show; empty: one is drawn
     * @param opens the browser is started, if there is a desktop
     */
    public record Page(String address, int port, String token, boolean opens) {}

    /**
     * What is said, and where to.
     *
     * @param file none: to the standard output
     * @param maxMebibytes of one file, 1–1000
     * @param kept former files, 1–100
     */
    public record Log(LogLevel level, Optional<Path> file, int maxMebibytes, int kept) {}

    public Log log() {
        String file = value(RunSetting.LOG_FILE);
        return new Log(
                value(RunSetting.LOG_LEVEL),
                file.isEmpty() ? Optional.empty() : Optional.of(Path.of(file)),
                value(RunSetting.LOG_MIB).intValue(),
                value(RunSetting.LOG_KEEP).intValue());
    }

    /** The folder where sessions are recorded; empty if they are not. Relative to where the program was started. */
    public Optional<Path> recordFolder() {
        String folder = value(RunSetting.RECORD_FOLDER);
        return folder.isEmpty() ? Optional.empty() : Optional.of(Path.of(folder));
    }

    public Live live() {
        return new Live(
                value(RunSetting.REAL_TIME),
                value(RunSetting.LOCK_MEMORY),
                value(RunSetting.CORES),
                value(RunSetting.KEEP_AWAKE));
    }

    /** What the improviser begins with. */
    public Settings settings() {
        Play play = play();
        return new Settings(
                play.mode(),
                play.temperature(),
                play.topP(),
                play.minP(),
                new Settings.Turn(
                        nanos(PlaySetting.CALL_REST),
                        play.call().length(),
                        nanos(PlaySetting.CALL_MAX_ANSWER),
                        value(PlaySetting.CALL_EARLY)),
                new Settings.Turn(nanos(PlaySetting.CONTINUE_REST), 1, nanos(PlaySetting.CONTINUE_MAX), false),
                play.density(),
                play.register(),
                beat(),
                play.maxPolyphony(),
                TimeUnit.MILLISECONDS.toNanos(play.commitMillis()),
                0,
                0,
                0,
                0,
                midi().channel() - 1,
                play.memory() != Memory.OFF,
                play.mute(),
                !value(MidiSetting.HEAR_DRUMS),
                value(MidiSetting.IN_CHANNEL).intValue(),
                value(PlaySetting.CANDIDATES).intValue(),
                steer(),
                together(),
                band());
    }

    private Settings.Together together() {
        return new Settings.Together(
                value(PlaySetting.HARMONY_PLACE),
                value(PlaySetting.HARMONY_LEVEL).intValue(),
                value(PlaySetting.HARMONY_VOICES).intValue(),
                value(PlaySetting.SPLIT).intValue());
    }

    private Band band() {
        return new Band(
                value(PlaySetting.LEVEL).intValue(),
                PartSetting.PARTS.stream()
                        .map(part -> new Band.Beside(
                                value(part.mode()).intValue(),
                                value(part.channel()).intValue() - 1,
                                value(part.register()).intValue(),
                                value(part.level()).intValue()))
                        .toList());
    }

    private Settings.Beat beat() {
        return new Settings.Beat(
                value(PlaySetting.GRID).intValue(),
                value(PlaySetting.ENTER),
                value(PlaySetting.BEATS_PER_BAR).intValue(),
                value(PlaySetting.TRADE_BARS).intValue(),
                value(PlaySetting.SWING).intValue(),
                value(PlaySetting.DIVISION),
                new Settings.Tap(
                        value(PlaySetting.TAP_NOTE).intValue(),
                        value(PlaySetting.TAP_CC).intValue()),
                value(MidiSetting.SEND_CLOCK),
                value(PlaySetting.TIME_TEMPERATURE));
    }

    private Settings.Steer steer() {
        return new Settings.Steer(
                value(PlaySetting.SCALE),
                value(PlaySetting.KEY_LOCK),
                value(PlaySetting.KEY_BIAS),
                value(PlaySetting.LOWEST).intValue(),
                value(PlaySetting.HIGHEST).intValue(),
                nanos(PlaySetting.MAX_NOTE),
                value(PlaySetting.BOLDNESS).intValue(),
                value(PlaySetting.MEMORY) == Memory.KEPT);
    }

    private <T> long nanos(Setting<T> setting) {
        return LiveSettings.pack(setting, value(setting));
    }
}
