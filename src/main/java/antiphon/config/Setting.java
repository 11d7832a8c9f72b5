package antiphon.config;

import antiphon.config.SettingType.Choice;
import antiphon.config.SettingType.Decimal;
import antiphon.config.SettingType.Switch;
import antiphon.config.SettingType.Texts;
import antiphon.config.SettingType.Whole;
import antiphon.config.SettingType.WholeOr;
import antiphon.improv.Division;
import antiphon.improv.Enter;
import antiphon.improv.Mode;
import antiphon.improv.SendClock;
import antiphon.improv.Settings;
import antiphon.model.Precision;
import antiphon.music.Message;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One row of the table of settings. All rows are constants of this class, each declared once and nowhere else.
 * Immutable.
 *
 * @param id dotted, as in the file: section, then name
 * @param unit of the value, such as "ms"; empty if it has none
 * @param type what the value may be
 * @param standard the value when nobody sets one
 * @param live whether it can change while playing
 * @param help what it does, for people; sentences, and a line break where a new paragraph begins
 */
public record Setting<T>(String id, String unit, SettingType<T> type, T standard, boolean live, String help) {
    private static final boolean LIVE = true;
    private static final boolean FIXED = false;

    /** Filled by {@link #row} while the constants below are made: their order here is their order in the file. */
    private static final List<Setting<?>> ROWS = new ArrayList<>();

    public static final Setting<Backend> BACKEND = fixed(
            "midi.backend",
            new Choice<>(Backend.class),
            Backend.AUTO,
            "Which MIDI system to use; none: no ports at all.\n"
                    + "auto takes JACK (or PipeWire's) where it answers, else CoreMIDI on a Mac, else javasound.");
    public static final Setting<String> CLIENT_NAME = fixed(
            "midi.client",
            SettingType.text("[\\p{L}\\p{N} ._-]{1,32}", "1 to 32 letters, digits, spaces, \"-\", \"_\" or \".\""),
            "antiphon",
            "The name that other programs see.");

    public static final Setting<Connect> CONNECT = fixed(
            "midi.connect",
            new Choice<>(Connect.class),
            Connect.MANUAL,
            "auto: where no ports are named, the first hardware keyboard and the first synthesiser, now or when they"
                    + " come.");

    public static final Setting<List<String>> IN_PORTS = fixed(
            "midi.in.ports",
            new Texts(),
            List.of(),
            "What to listen to: parts of port names, as `antiphon ports` shows them; upper and lower case are the"
                    + " same.\n"
                    + "Empty: only our own port antiphon:in, to which anything can be connected; where the system has no"
                    + " such virtual ports, the first input found.");

    public static final Setting<Boolean> HEAR_DRUMS = fixed(
            "midi.in.hear-drums",
            new Switch(),
            false,
            "Whether what comes on channel 10, that of drums, is heard as keys. Thru copies it in any case.");

    public static final Setting<Boolean> BREAK_LOOPS = fixed(
            "midi.in.break-loops",
            new Switch(),
            true,
            "Whether what we send and hear again is recognised and left out. A suspicion is proved by three note-offs of"
                    + " very low keys. Switch it off for measuring with tools that send back what they get.");

    public static final Setting<List<String>> OUT_PORTS = fixed(
            "midi.out.ports",
            new Texts(),
            List.of(),
            "What to play on, given as above. Empty: only our own port antiphon:out, or the first output found.");
    public static final Setting<Boolean> THRU = live(
            "midi.out.thru",
            new Switch(),
            false,
            "true copies what you play to the output as well, unchanged and on its own channel. Keyboards that sound by"
                    + " themselves do not need it.");
    public static final Setting<Long> OUT_OFFSET = row(
            "midi.out.offset-ms",
            "ms",
            new Whole(0, 200),
            0L,
            FIXED,
            "How long the synthesiser takes to sound: each note of an answer is sent so much earlier, to be heard on the"
                    + " beat. The same for all that are connected. What answers your key at once (harmony, thru) cannot be sent"
                    + " earlier. With thru you hear yourself late as well, and answers keep to what you hear, not to your keys,"
                    + " unless a MIDI clock says where the beat is.");
    public static final Setting<Long> CHANNEL =
            live("midi.out.channel", new Whole(1, 16), 2L, "The MIDI channel of the answers.");
    public static final Setting<SendClock> SEND_CLOCK = live(
            "midi.out.clock",
            new Choice<>(SendClock.class),
            SendClock.OFF,
            "MIDI clock to the output. own: other machines follow your playing and your taps, from a bar line on until 8"
                    + " s after the last note; clocks that come in are not followed then. pass: the clock that is"
                    + " followed. Both pass on the host's transport.");

    public static final Setting<String> MODEL_FILE = live(
            "model.file",
            SettingType.text("\\s*\\S.*", "the path of a file"),
            "models/antiphon.safetensors",
            "The network that answers, a .safetensors file. Relative to the installation folder.");
    public static final Setting<Precision> PRECISION = fixed(
            "model.precision",
            new Choice<>(Precision.class),
            Precision.F16,
            "The precision of its weights in memory. Fewer bytes are faster to read; the model card says how much worse each"
                    + " predicts. The file stays as it is. Another precision gives other answers.");

    public static final Setting<Mode> MODE = live(
            "play.mode",
            new Choice<>(Mode.class),
            Mode.CALL,
            "How to take part.\n"
                    + "call: listens to a phrase and answers when it ends.\n"
                    + "continue: carries on whenever you stop, until you play again.\n"
                    + "harmony: plays one voice with each note or chord of yours and releases it with your key; needs no"
                    + " section of its own.\n"
                    + "listen: hears everything and plays nothing.\n"
                    + "trade: with a pulse, you have so many bars and the partner the next ones (play.trade-bars).");
    public static final Setting<Double> TEMPERATURE = live(
            "play.temperature",
            Decimal.between(0.1, 2),
            0.95,
            "Below 1 the answers are less surprising, above 1 more.");
    public static final Setting<Double> TIME_TEMPERATURE = live(
            "play.time-temperature",
            Decimal.between(0, 2),
            0.0,
            "The same for when notes begin and end alone; 0: as play.temperature.");
    public static final Setting<Double> TOP_P = live(
            "play.top-p",
            Decimal.aboveToMax(0, 1),
            0.95,
            "Only the likeliest pitches and velocities that together have this probability are considered; 1: all. Time"
                    + " is not limited, because a phrase needs its unlikely gaps.");
    public static final Setting<Double> MIN_P = live(
            "play.min-p",
            Decimal.minToBelow(0, 1),
            0.02,
            "Pitches and velocities with less than this fraction of the likeliest one's probability are not"
                    + " considered.");
    public static final Setting<Long> SEED = live(
            "play.seed",
            new Whole(0, Long.MAX_VALUE),
            0L,
            "The same playing with the same seed gets the same answer. 0: a new seed at each start.");
    public static final Setting<Long> MAX_POLYPHONY = row(
            "play.max-polyphony",
            "notes",
            new Whole(1, 16),
            8L,
            LIVE,
            "How many notes of the answer may sound at once.");
    public static final Setting<Double> DENSITY = live(
            "play.density",
            Decimal.between(0.25, 4),
            1.0,
            "How dense the answer is relative to what you play: 2 gives about twice as many notes in the same time.");
    public static final Setting<Long> REGISTER = row(
            "play.register",
            "semitones",
            new Whole(-24, 24),
            0L,
            LIVE,
            "How far above (or, if negative, below) your register the answer lies.");
    public static final Setting<Long> GRID = row(
            "play.grid",
            "%",
            new Whole(0, 100),
            80L,
            LIVE,
            "How strictly the answer keeps your pulse: 0 as the network feels it, 100 exactly on the grid that you play on."
                    + " Where you play freely it is free, whatever this says.");
    public static final Setting<Enter> ENTER = live(
            "play.enter",
            new Choice<>(Enter.class),
            Enter.BEAT,
            "Where an answer begins if there is a pulse. beat: on the next beat. bar: on the first beat of the next bar, if"
                    + " a MIDI clock or JACK's transport says where the bars are; otherwise on the next beat.");
    public static final Setting<Long> BEATS_PER_BAR = row(
            "play.beats-per-bar",
            "quarters",
            new Whole(1, Settings.Beat.MAX_BEATS_PER_BAR),
            4L,
            LIVE,
            "How long the bars of a MIDI clock are, which it does not say itself, and those of mode trade."
                    + " JACK's transport says it, and sets this.");
    public static final Setting<Long> TRADE_BARS = row(
            "play.trade-bars",
            "bars",
            new Whole(1, Settings.Beat.MAX_TRADE_BARS),
            4L,
            LIVE,
            "How many bars each has in mode trade; 4: trading fours. Bars are those of a MIDI clock or of JACK's transport;"
                    + " without, the first beat that you play begins bar one.");
    public static final Setting<Long> SWING = row(
            "play.swing",
            "%",
            new WholeOr("auto", Settings.Beat.AUTO_SWING, Settings.Beat.STRAIGHT, Settings.Beat.MAX_SWING),
            (long) Settings.Beat.AUTO_SWING,
            LIVE,
            "How much of a beat is over when its second eighth comes: 50 is straight, 67 the swing of triplets, 75 dotted;"
                    + " where you play sixteenths, of an eighth. auto: as you play it.");
    public static final Setting<Division> DIVISION = live(
            "play.division",
            new Choice<>(Division.class),
            Division.AUTO,
            "What the answer divides a beat into where it keeps the grid. auto: what you do.");
    public static final Setting<Long> TAP_NOTE = live(
            "play.tap-note",
            new WholeOr("off", Settings.Tap.OFF, 0, Message.PITCHES - 1),
            (long) Settings.Tap.OFF,
            "The note (60: middle C) with which you tap the beat: three taps or more say the tempo. It is not taken for"
                    + " music. midi.out.thru copies it like everything you play, so take a key that your sound leaves silent.");
    public static final Setting<Long> TAP_CC = live(
            "play.tap-cc",
            new WholeOr("off", Settings.Tap.OFF, 0, Settings.Tap.MAX_CONTROLLER),
            (long) Settings.Tap.OFF,
            "The controller of a pedal with which you tap the beat, such as 67, the soft pedal; likewise.");
    public static final Setting<Boolean> MUTE = live("play.mute", new Switch(), false, "true: the partner is silent.");
    public static final Setting<Long> COMMIT = row(
            "play.commit-ms",
            "ms",
            new Whole(1, 100),
            10L,
            FIXED,
            "The commit window: how far ahead an answer can no longer be changed.");
    public static final Setting<Boolean> MEMORY = live(
            "play.memory",
            new Switch(),
            true,
            "true remembers your last thousand notes and takes up what followed when the music comes to a similar place,"
                    + " also in another key. Needs a network that it was tuned for: `antiphon model inspect` then shows"
                    + " \"cache\".");

    public static final Setting<Long> CANDIDATES = live(
            "plan.candidates",
            new Whole(0, Settings.MAX_CANDIDATES),
            48L,
            "How many answers are tried for each phrase while it rests; the best is played. 0: note by note.");

    public static final Setting<Long> CALL_REST =
            row("play.call.rest-ms", "ms", new Whole(200, 5000), 700L, LIVE, "How long a silence ends your phrase.");
    public static final Setting<Double> CALL_MAX_ANSWER =
            row("play.call.max-answer-seconds", "s", Decimal.between(1, 120), 20.0, LIVE, "The longest answer.");
    public static final Setting<Double> CALL_LENGTH =
            live("play.call.length", Decimal.between(0.25, 4), 1.0, "How long the answer is relative to your phrase.");

    public static final Setting<Long> CONTINUE_REST = row(
            "play.continue.rest-ms",
            "ms",
            new Whole(50, 5000),
            350L,
            LIVE,
            "How long a silence makes the partner carry on.");
    public static final Setting<Double> CONTINUE_MAX = row(
            "play.continue.max-seconds",
            "s",
            Decimal.between(0, 3600),
            0.0,
            LIVE,
            "How long it carries on at most; 0: until you play.");

    public static final Setting<String> RECORD_FOLDER = fixed(
            "record.dir",
            SettingType.text("|\\s*\\S.*", "the path of a folder, or empty"),
            "",
            "The folder where every session is written as a journal and a MIDI file, relative to where the program is"
                    + " started. Empty: nothing is recorded.");

    public static final Setting<Boolean> REAL_TIME = fixed(
            "live.real-time",
            new Switch(),
            true,
            "true runs the engine and the sender at real-time priority, just below JACK's own thread, so that other"
                    + " busy programs do not delay notes. Linux; where the system refuses, one line says what to do.");
    public static final Setting<Boolean> LOCK_MEMORY = fixed(
            "live.lock-memory",
            new Switch(),
            true,
            "true keeps what the program uses in memory, so that no note ever waits for the disk. Linux, likewise.");
    public static final Setting<List<Integer>> CORES = fixed(
            "live.cores",
            new NumberList(0, 1023),
            List.of(),
            "The processor cores that the engine and the sender stay on, such as [3]; not a core that something else"
                    + " keeps busy. Empty: any. Linux.");
    public static final Setting<Boolean> KEEP_AWAKE = fixed(
            "live.keep-awake",
            new Switch(),
            true,
            "true keeps the processor's cores from sleeping while music goes on and ten seconds longer: a sleeping core"
                    + " wakes late. Costs power only then. Linux, where this user may write /dev/cpu_dma_latency;"
                    + " elsewhere nothing happens.");

    /** All settings, in the order of the file. */
    public static final List<Setting<?>> ALL = List.copyOf(ROWS);

    /** Names that settings had before, which still work in file and environment, each with what it is now. */
    static final Map<String, Setting<?>> FORMER = Map.of("play.lookahead-ms", COMMIT);

    private static final Map<String, Setting<?>> BY_ID = new HashMap<>();

    static {
        ALL.forEach(setting -> BY_ID.put(setting.id(), setting));
    }

    private static <T> Setting<T> live(String id, SettingType<T> type, T standard, String help) {
        return row(id, "", type, standard, LIVE, help);
    }

    private static <T> Setting<T> fixed(String id, SettingType<T> type, T standard, String help) {
        return row(id, "", type, standard, FIXED, help);
    }

    private static <T> Setting<T> row(
            String id, String unit, SettingType<T> type, T standard, boolean live, String help) {
        Setting<T> setting = new Setting<>(id, unit, type, standard, live, help);
        ROWS.add(setting);
        return setting;
    }

    /** The setting with this id; empty if there is none, as for a former name. */
    public static Optional<Setting<?>> byId(String id) {
        return Optional.ofNullable(BY_ID.get(id));
    }

    /**
     * Compares only the id: no two settings have the same, and comparing all fields, as a record does, would cost time
     * at each start.
     */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Setting<?> setting && setting.id.equals(id);
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }

    /** The environment variable that overrides the file: {@code ANTIPHON_PLAY_TOP_P} for {@code play.top-p}. */
    public String variable() {
        return variable(id);
    }

    static String variable(String id) {
        return "ANTIPHON_" + id.replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT);
    }

    /** The part of the id before the last dot. */
    public String section() {
        return id.substring(0, id.lastIndexOf('.'));
    }

    /** The part of the id after the last dot. */
    public String name() {
        return id.substring(id.lastIndexOf('.') + 1);
    }

    /**
     * Reads a value as people type it.
     *
     * @throws ConfigException with one line: what was found, and what is allowed
     */
    public T parse(String text) {
        @Nullable T value = type.fromText(text);
        if (value == null || !type.allows(value)) {
            throw new ConfigException(List.of(type.mistake(id, text, value != null)));
        }
        return value;
    }

    /** The value as people type it; {@link #parse} reads it back. */
    public String format(T value) {
        return type.toText(value);
    }

    /** Which values are allowed, with their unit. */
    public String allowed() {
        return unit.isEmpty() ? type.allowed() : type.allowed() + " " + unit;
    }
}
