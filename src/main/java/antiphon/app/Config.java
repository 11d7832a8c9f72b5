package antiphon.app;

import antiphon.improv.Mode;
import antiphon.improv.Settings;
import antiphon.live.LiveSession;
import antiphon.model.Precision;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * All settings, checked: whatever holds one can use its values as they are. Immutable; read before the first port
 * opens. What each key means and may be stands in {@code config/antiphon.toml}.
 */
public record Config(Midi midi, Model model, Play play, LiveSession.Threads live) {
    private static final double NANOS_PER_SECOND = 1e9;

    /** The MIDI systems that {@code midi.backend} names. */
    public enum Backend {
        AUTO,
        JACK,
        COREMIDI,
        JAVASOUND,
        /** No ports at all. */
        NONE
    }

    /**
     * Ports and how they are used.
     *
     * @param inPorts parts of the names of ports to listen to; may be empty
     * @param outPorts parts of the names of ports to play on; may be empty
     * @param thru copy the player's own messages to the output
     * @param channel of the answers, 1–16 as people count
     */
    public record Midi(
            Backend backend, String client, List<String> inPorts, List<String> outPorts, boolean thru, int channel) {}

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
     * @param lookaheadMillis the commit window, 1–100
     * @param memory take up what was played before
     */
    public record Play(
            Mode mode,
            double temperature,
            double topP,
            double minP,
            long seed,
            int maxPolyphony,
            int lookaheadMillis,
            boolean memory,
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
     * @param restMillis the silence after which the program plays, 50–5000
     * @param maxSeconds 0 for until the player plays
     */
    public record Continue(int restMillis, double maxSeconds) {}

    /** What the improviser needs to know of all this, for the mode that is set. */
    public Settings settings() {
        boolean calls = play.mode() == Mode.CALL;
        double maxSeconds =
                calls ? play.call().maxAnswerSeconds() : play.continuing().maxSeconds();
        int restMillis = calls ? play.call().restMillis() : play.continuing().restMillis();
        return new Settings(
                play.mode(),
                play.temperature(),
                play.topP(),
                play.minP(),
                TimeUnit.MILLISECONDS.toNanos(restMillis),
                calls ? play.call().length() : 1,
                maxSeconds == 0 ? Long.MAX_VALUE : Math.round(maxSeconds * NANOS_PER_SECOND),
                play.maxPolyphony(),
                TimeUnit.MILLISECONDS.toNanos(play.lookaheadMillis()),
                0,
                midi.channel() - 1,
                play.memory());
    }

    /** What holds when nobody sets anything. */
    public static Config standard() {
        return load(Optional.empty(), Map.of(), Map.of());
    }

    /**
     * Reads the settings: flags override the environment, which overrides the file.
     *
     * @param file none for the standard values
     * @param environment all of it; variables that do not start with {@code ANTIPHON_} are not looked at
     * @param flags values as typed, by the setting's key ({@code play.top-p}); for lists see {@link #list}
     * @throws ConfigException naming every mistake in any of them, with file and line
     */
    public static Config load(Optional<Path> file, Map<String, String> environment, Map<String, String> flags) {
        ConfigReader reader = new ConfigReader();
        file.ifPresent(reader::readFile);
        reader.readEnvironment(environment);
        reader.readFlags(flags);
        reader.finish();
        return new Config(midi(reader), model(reader), play(reader), live(reader));
    }

    /**
     * The file that is read when none is named: the user's own, else the installation's.
     *
     * @param home the installation folder
     * @return empty if there is neither
     */
    public static Optional<Path> find(Path home, Map<String, String> environment) {
        String configHome = environment.getOrDefault("XDG_CONFIG_HOME", "");
        String userHome = environment.getOrDefault("HOME", "");
        Path configFolder = configHome.isEmpty() ? Path.of(userHome, ".config") : Path.of(configHome);
        return Stream.of(configFolder.resolve("antiphon/antiphon.toml"), home.resolve("config/antiphon.toml"))
                .filter(Files::exists)
                .findFirst();
    }

    /** Several values of a repeated flag as one, whatever characters they contain. */
    public static String list(List<String> texts) {
        StringBuilder toml = new StringBuilder("[");
        for (String text : texts) {
            toml.append('"');
            text.codePoints().forEach(c -> toml.append(String.format("\\U%08X", c)));
            toml.append("\",");
        }
        return toml.append(']').toString();
    }

    private static Midi midi(ConfigReader reader) {
        return new Midi(
                reader.get(Setting.BACKEND),
                reader.get(Setting.CLIENT_NAME),
                reader.get(Setting.IN_PORTS),
                reader.get(Setting.OUT_PORTS),
                reader.get(Setting.THRU),
                reader.get(Setting.CHANNEL).intValue());
    }

    private static Model model(ConfigReader reader) {
        return new Model(reader.get(Setting.MODEL_FILE), reader.get(Setting.PRECISION));
    }

    private static LiveSession.Threads live(ConfigReader reader) {
        return new LiveSession.Threads(
                reader.get(Setting.REAL_TIME),
                reader.get(Setting.LOCK_MEMORY),
                reader.get(Setting.CORES),
                reader.get(Setting.KEEP_AWAKE));
    }

    private static Play play(ConfigReader reader) {
        return new Play(
                reader.get(Setting.MODE),
                reader.get(Setting.TEMPERATURE),
                reader.get(Setting.TOP_P),
                reader.get(Setting.MIN_P),
                reader.get(Setting.SEED),
                reader.get(Setting.MAX_POLYPHONY).intValue(),
                reader.get(Setting.LOOKAHEAD).intValue(),
                reader.get(Setting.MEMORY),
                new Call(
                        reader.get(Setting.CALL_REST).intValue(),
                        reader.get(Setting.CALL_MAX_ANSWER),
                        reader.get(Setting.CALL_LENGTH)),
                new Continue(reader.get(Setting.CONTINUE_REST).intValue(), reader.get(Setting.CONTINUE_MAX)));
    }
}
