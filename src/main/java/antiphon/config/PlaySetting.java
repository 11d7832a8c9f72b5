package antiphon.config;

import antiphon.config.SettingType.Choice;
import antiphon.config.SettingType.Decimal;
import antiphon.config.SettingType.Switch;
import antiphon.config.SettingType.Whole;
import antiphon.config.SettingType.WholeOr;
import antiphon.improv.Band;
import antiphon.improv.Division;
import antiphon.improv.Enter;
import antiphon.improv.HarmonyPlace;
import antiphon.improv.Memory;
import antiphon.improv.Mode;
import antiphon.improv.Settings;
import antiphon.improv.listen.Tonality;
import antiphon.model.Precision;
import antiphon.music.Message;
import antiphon.music.Scale;
import java.util.List;

/** The settings of the music: {@code model.*}, {@code play.*} and {@code plan.*}. Each is declared once, in the order of the file. */
public final class PlaySetting {
    private static final SettingRows ROWS = new SettingRows();

    public static final Setting<String> MODEL_FILE = ROWS.live(
            "model.file",
            SettingType.text("\\s*\\S.*", "the path of a file"),
            "models/antiphon.safetensors",
            "The network that answers, a .safetensors file. Relative to the installation folder.");
    public static final Setting<Precision> PRECISION = ROWS.fixed(
            "model.precision",
            new Choice<>(Precision.class),
            Precision.F16,
            "The precision of its weights in memory. Fewer bytes are faster to read; the model card says how much worse each"
                    + " predicts. The file stays as it is. Another precision gives other answers.");

    public static final Setting<Mode> MODE = ROWS.live(
            "play.mode",
            new Choice<>(Mode.class),
            Mode.CALL,
            "How to take part.\n"
                    + "call: listens to a phrase and answers when it ends.\n"
                    + "continue: carries on whenever you stop, until you play again.\n"
                    + "duet: plays at the same time as you, beside your register, in the room that you leave, and ends a"
                    + " bar after you.\n"
                    + "follow: plays a line over the chords of your left hand (play.split), until that stops.\n"
                    + "harmony: plays a voice or more with each note of your tune, in the chord, and releases it with your key"
                    + " (play.harmony-place, -level, -voices).\n"
                    + "listen: hears everything and plays nothing.\n"
                    + "trade: with a pulse, you have so many bars and the partner the next ones (play.trade-bars).");
    public static final Setting<Double> TEMPERATURE = ROWS.live(
            "play.temperature",
            Decimal.between(0.1, 2),
            0.95,
            "Below 1 the answers are less surprising, above 1 more.");
    public static final Setting<Double> TIME_TEMPERATURE = ROWS.live(
            "play.time-temperature",
            Decimal.between(0, 2),
            0.0,
            "The same for when notes begin and end alone; 0: as play.temperature.");
    public static final Setting<Long> BOLDNESS = ROWS.row(
            "play.boldness",
            "%",
            new Whole(0, 100),
            (long) Settings.Steer.MIDDLE,
            SettingRows.LIVE,
            "How far answers may go from what you played. 50: as the other settings say, and half of the answers that are"
                    + " tried (plan.candidates) are developed from your own material. 100: none is, those with few of your"
                    + " motifs are preferred, temperatures are 1.25 times as high, your motifs count a quarter, and the"
                    + " answers that are tried differ twice as much. 0: all are developed from your material, those with"
                    + " many of your motifs are preferred, temperatures are 1.25 times lower, your motifs count four times,"
                    + " and the answers that are tried differ by chance alone.");
    public static final Setting<Double> TOP_P = ROWS.live(
            "play.top-p",
            Decimal.aboveToMax(0, 1),
            0.95,
            "Only the likeliest pitches and velocities that together have this probability are considered; 1: all. Time"
                    + " is not limited, because a phrase needs its unlikely gaps.");
    public static final Setting<Double> MIN_P = ROWS.live(
            "play.min-p",
            Decimal.minToBelow(0, 1),
            0.02,
            "Pitches and velocities with less than this fraction of the likeliest one's probability are not"
                    + " considered.");
    public static final Setting<Long> SEED = ROWS.live(
            "play.seed",
            new Whole(0, Long.MAX_VALUE),
            0L,
            "The same playing with the same seed gets the same answer. 0: a new seed at each start.");
    public static final Setting<Long> MAX_POLYPHONY = ROWS.row(
            "play.max-polyphony",
            "notes",
            new Whole(1, 16),
            8L,
            SettingRows.LIVE,
            "How many notes of the answer may sound at once.");
    public static final Setting<Long> MAX_NOTE = ROWS.row(
            "play.max-note-ms",
            "ms",
            new WholeOr("auto", Settings.Steer.AUTO_NOTE, 60, 60_000),
            Settings.Steer.AUTO_NOTE,
            SettingRows.LIVE,
            "How long a note of the answer may last. auto: half as long again as your longest, at most 6 s; in mode harmony"
                    + " as long as your key.");
    public static final Setting<Double> DENSITY = ROWS.live(
            "play.density",
            Decimal.between(0.25, 4),
            1.0,
            "How busy the answer is, relative to what you play: 2 gives about twice as many notes in the same time.");
    public static final Setting<Long> REGISTER = ROWS.row(
            "play.register",
            "semitones",
            new Whole(-24, 24),
            0L,
            SettingRows.LIVE,
            "How far above (or, if negative, below) your register the answer lies.");
    public static final Setting<Long> LEVEL = ROWS.row(
            "play.level",
            "%",
            new Whole(10, 150),
            (long) Band.FULL_LEVEL,
            SettingRows.LIVE,
            "How loud the partner plays: 50 sends half the velocity that it means.");
    public static final Setting<Scale> SCALE = ROWS.live(
            "play.scale",
            new ScaleType(),
            Scale.AUTO,
            "What the answer's pitches keep to. auto: the key that you play in. chromatic: all. Or a tonic and a scale, as in"
                    + " C major or F# blues: " + ScaleType.kindsText() + ".");
    public static final Setting<Boolean> KEY_LOCK = ROWS.live(
            "play.key-lock",
            new Switch(),
            false,
            "true: not one note of the answer lies outside of play.scale. With auto that is the key heard when the answer"
                    + " begins, in minor with both sevenths, and all pitches before you have played.");
    public static final Setting<Double> KEY_BIAS = ROWS.live(
            "play.key-bias",
            Decimal.between(0, 2),
            Tonality.KEY_PULL,
            "How strongly play.scale pulls where it does not lock: 0 not at all, 1 as strongly as the network itself.");
    public static final Setting<Long> LOWEST = ROWS.live(
            "play.lowest",
            new Whole(0, Settings.Steer.MAX_PITCH),
            0L,
            "The lowest note of the answer (60: middle C). Where no note is allowed, as when this is above play.highest,"
                    + " nothing is played.");
    public static final Setting<Long> HIGHEST = ROWS.live(
            "play.highest",
            new Whole(0, Settings.Steer.MAX_PITCH),
            (long) Settings.Steer.MAX_PITCH,
            "The highest note of the answer.");
    public static final Setting<HarmonyPlace> HARMONY_PLACE = ROWS.live(
            "play.harmony-place",
            new Choice<>(HarmonyPlace.class),
            HarmonyPlace.BELOW,
            "On which side of your tune the voices of mode harmony lie. either: wherever the network wants them.");
    public static final Setting<Long> HARMONY_LEVEL = ROWS.row(
            "play.harmony-level",
            "%",
            new Whole(20, 120),
            (long) Settings.Together.STANDARD.levelPercent(),
            SettingRows.LIVE,
            "How loud the voices of mode harmony are at most, of your note's velocity.");
    public static final Setting<Long> HARMONY_VOICES = ROWS.row(
            "play.harmony-voices",
            "notes",
            new Whole(1, Settings.Together.MAX_VOICES),
            1L,
            SettingRows.LIVE,
            "How many voices mode harmony plays with each note of your tune.");
    public static final Setting<Long> SPLIT = ROWS.live(
            "play.split",
            new WholeOr("auto", Settings.Together.AUTO_SPLIT, 1, Settings.Steer.MAX_PITCH),
            (long) Settings.Together.AUTO_SPLIT,
            "The lowest note of your right hand (60: middle C). What lies below is the left hand: it says what the chord is,"
                    + " and gets no voice of mode harmony. auto: where your hands part, while both play.");
    public static final Setting<Long> GRID = ROWS.row(
            "play.grid",
            "%",
            new Whole(0, 100),
            80L,
            SettingRows.LIVE,
            "How strictly the answer keeps your pulse: 0 as the network feels it, 100 exactly on the grid that you play on."
                    + " Where you play freely it is free, whatever this says.");
    public static final Setting<Enter> ENTER = ROWS.live(
            "play.enter",
            new Choice<>(Enter.class),
            Enter.BEAT,
            "Where an answer begins if there is a pulse. beat: on the next beat. bar: on the first beat of the next bar, if"
                    + " a MIDI clock or JACK's transport says where the bars are; otherwise on the next beat.");
    public static final Setting<Long> BEATS_PER_BAR = ROWS.row(
            "play.beats-per-bar",
            "quarters",
            new Whole(1, Settings.Beat.MAX_BEATS_PER_BAR),
            4L,
            SettingRows.LIVE,
            "How long the bars of a MIDI clock are, which it does not say itself, and those of mode trade."
                    + " JACK's transport says it, and sets this.");
    public static final Setting<Long> TRADE_BARS = ROWS.row(
            "play.trade-bars",
            "bars",
            new Whole(1, Settings.Beat.MAX_TRADE_BARS),
            4L,
            SettingRows.LIVE,
            "How many bars each has in mode trade; 4: trading fours. Bars are those of a MIDI clock or of JACK's transport;"
                    + " without, the first beat that you play begins bar one.");
    public static final Setting<Long> SWING = ROWS.row(
            "play.swing",
            "%",
            new WholeOr("auto", Settings.Beat.AUTO_SWING, Settings.Beat.STRAIGHT, Settings.Beat.MAX_SWING),
            (long) Settings.Beat.AUTO_SWING,
            SettingRows.LIVE,
            "How much of a beat is over when its second eighth comes: 50 is straight, 67 the swing of triplets, 75 dotted;"
                    + " where you play sixteenths, of an eighth. auto: as you play it.");
    public static final Setting<Division> DIVISION = ROWS.live(
            "play.division",
            new Choice<>(Division.class),
            Division.AUTO,
            "What the answer divides a beat into where it keeps the grid. auto: what you do.");
    public static final Setting<Long> TAP_NOTE = ROWS.live(
            "play.tap-note",
            new WholeOr("off", Settings.Tap.OFF, 0, Message.PITCHES - 1),
            (long) Settings.Tap.OFF,
            "The note (60: middle C) with which you tap the beat: three taps or more say the tempo. It is not taken for"
                    + " music. midi.out.thru copies it like everything you play, so take a key that your sound leaves silent.");
    public static final Setting<Long> TAP_CC = ROWS.live(
            "play.tap-cc",
            new WholeOr("off", Settings.Tap.OFF, 0, Settings.Tap.MAX_CONTROLLER),
            (long) Settings.Tap.OFF,
            "The controller of a pedal with which you tap the beat, such as 67, the soft pedal; likewise.");
    public static final Setting<Boolean> MUTE =
            ROWS.live("play.mute", new Switch(), false, "true: the partner is silent.");
    public static final Setting<Long> COMMIT = ROWS.row(
            "play.commit-ms",
            "ms",
            new Whole(1, 100),
            10L,
            SettingRows.FIXED,
            "The commit window: how far ahead an answer can no longer be changed.");
    public static final Setting<Memory> MEMORY = ROWS.live(
            "play.memory",
            new MemoryType(),
            Memory.SESSION,
            "session remembers your last thousand notes and takes up what followed when the music comes to a similar place,"
                    + " also in another key. kept: also those of earlier sessions with this network, which are written to"
                    + " ~/.local/state/antiphon at the end; `antiphon do forget` empties that too. off: nothing is taken up."
                    + " Needs a network that it was tuned for: `antiphon model inspect` then shows \"cache\".");

    public static final Setting<Long> CANDIDATES = ROWS.live(
            "plan.candidates",
            new Whole(0, Settings.MAX_CANDIDATES),
            48L,
            "How many answers are tried for each phrase while it rests; the best is played. 0: note by note.");

    public static final Setting<Long> CALL_REST = ROWS.row(
            "play.call.rest-ms",
            "ms",
            new Whole(200, 5000),
            700L,
            SettingRows.LIVE,
            "How long a silence ends your phrase.");
    public static final Setting<Boolean> CALL_EARLY = ROWS.fixed(
            "play.call.early",
            new Switch(),
            true,
            "true: a line that sounds finished, because its last note is long and it has gone on for a while, ends after a"
                    + " shorter silence, of 0.2 s at least; where you play slowly or in chords, or have set a rest below"
                    + " 400 ms, nothing is shorter. false: the silence is always that of play.call.rest-ms.");
    public static final Setting<Double> CALL_MAX_ANSWER = ROWS.row(
            "play.call.max-answer-seconds",
            "s",
            Decimal.between(1, 120),
            20.0,
            SettingRows.LIVE,
            "The longest answer.");
    public static final Setting<Double> CALL_LENGTH = ROWS.live(
            "play.call.length", Decimal.between(0.25, 4), 1.0, "How long the answer is relative to your phrase.");

    public static final Setting<Long> CONTINUE_REST = ROWS.row(
            "play.continue.rest-ms",
            "ms",
            new Whole(50, 5000),
            350L,
            SettingRows.LIVE,
            "How long a silence makes the partner carry on.");
    public static final Setting<Double> CONTINUE_MAX = ROWS.row(
            "play.continue.max-seconds",
            "s",
            Decimal.between(0, 3600),
            0.0,
            SettingRows.LIVE,
            "How long it carries on at most; 0: until you play.");

    /** All of them, in the order of the file. */
    static final List<Setting<?>> ALL = ROWS.all();

    private PlaySetting() {}
}
