package antiphon.config;

import antiphon.config.SettingType.Choice;
import antiphon.config.SettingType.Switch;
import antiphon.config.SettingType.Texts;
import antiphon.config.SettingType.Whole;
import antiphon.config.SettingType.WholeOr;
import antiphon.improv.SendClock;
import antiphon.improv.Settings;
import antiphon.music.Message;
import java.util.List;

/** The settings of ports and messages: {@code midi.*}. Each is declared once, in the order of the file. */
public final class MidiSetting {
    private static final SettingRows ROWS = new SettingRows();

    public static final Setting<Backend> BACKEND = ROWS.fixed(
            "midi.backend",
            new Choice<>(Backend.class),
            Backend.AUTO,
            "Which MIDI system to use; rtp: MIDI over the network, see rtp.address; lv2: our plugin in a DAW; none: no ports at all.\n"
                    + "auto takes JACK (or PipeWire's) where it answers, else ALSA's sequencer on Linux, CoreMIDI on a Mac, and javasound"
                    + " elsewhere.");
    public static final Setting<String> CLIENT_NAME = ROWS.fixed(
            "midi.client",
            SettingType.text("[\\p{L}\\p{N} ._-]{1,32}", "1 to 32 letters, digits, spaces, \"-\", \"_\" or \".\""),
            "antiphon",
            "The name that other programs see.");

    public static final Setting<Connect> CONNECT = ROWS.fixed(
            "midi.connect",
            new Choice<>(Connect.class),
            Connect.MANUAL,
            "auto: where no ports are named, the first hardware keyboard and the first synthesiser, now or when they"
                    + " come.");

    public static final Setting<List<String>> IN_PORTS = ROWS.fixed(
            "midi.in.ports",
            new Texts(),
            List.of(),
            "What to listen to: parts of port names, as `antiphon ports` shows them; upper and lower case are the"
                    + " same.\n"
                    + "Empty: only our own port antiphon:in, to which anything can be connected; where the system has no"
                    + " such virtual ports, the first input found.");

    public static final Setting<List<String>> IN_EXCLUDE = ROWS.fixed(
            "midi.in.exclude",
            new Texts(),
            List.of(),
            "What is never listened to, whatever else is said, given as above. Example: [\"nanoKONTROL\"].");

    public static final Setting<List<String>> HEAR = ROWS.fixed(
            "midi.in.hear",
            new RouteList(),
            List.of(),
            "The channels that are heard, of all inputs or of one: [\"1-4\", \"in-2:10\"]. Rules that name an input are all of"
                    + " its rules. Empty: all channels. Inputs have the order of midi.in.ports, and numbers as in the page."
                    + " Changes while playing by SIGHUP or `antiphon set`.");

    public static final Setting<Long> IN_CHANNEL = ROWS.live(
            "midi.in.channel",
            new WholeOr("all", Settings.ANY_CHANNEL, 1, Message.CHANNELS),
            (long) Settings.ANY_CHANNEL,
            "Of these the one MIDI channel that is heard. Thru copies what comes on others in any case.");

    public static final Setting<Boolean> HEAR_DRUMS = ROWS.live(
            "midi.in.hear-drums",
            new Switch(),
            false,
            "Whether what comes on channel 10, that of drums, is heard as keys. Thru copies it in any case.");

    public static final Setting<Boolean> BREAK_LOOPS = ROWS.fixed(
            "midi.in.break-loops",
            new Switch(),
            true,
            "Whether what we send and hear again is recognised and left out. A suspicion is proved by three note-offs of"
                    + " very low keys. Switch it off for measuring with tools that send back what they get.");

    public static final Setting<List<String>> OUT_PORTS = ROWS.fixed(
            "midi.out.ports",
            new Texts(),
            List.of(),
            "What to play on, given as above. Empty: only our own port antiphon:out, or the first output found.");
    public static final Setting<List<String>> OUT_EXCLUDE = ROWS.fixed(
            "midi.out.exclude",
            new Texts(),
            List.of(),
            "What is never played on, whatever else is said, given as above.");
    public static final Setting<List<String>> ANSWERS = ROWS.fixed(
            "midi.out.answers",
            new RouteList(),
            List.of("all"),
            "Which of the partner's channels go to this output, and as which: [\"2\"], [\"3>1\"]. The first rule that fits"
                    + " holds; what fits none goes elsewhere: see out2. Changes while playing by SIGHUP or `antiphon set`.");
    public static final Setting<List<String>> THRU_FROM = ROWS.fixed(
            "midi.out.thru-from",
            new RouteList(),
            List.of("all"),
            "What midi.out.thru copies: inputs and channels, and as which, such as [\"in\", \"in-2:1>3\"]. A key ends where it"
                    + " began, whatever is changed meanwhile. Changes while playing by SIGHUP or `antiphon set`.");
    public static final Setting<Boolean> THRU = ROWS.live(
            "midi.out.thru",
            new Switch(),
            false,
            "true copies what you play to the output as well. Keyboards that sound by" + " themselves do not need it.");
    public static final Setting<Long> OUT_OFFSET = ROWS.row(
            "midi.out.offset-ms",
            "ms",
            new Whole(0, 200),
            0L,
            SettingRows.LIVE,
            "How long the synthesiser takes to sound: each note of an answer is sent so much earlier, to be heard on the"
                    + " beat. The same for all that are connected to this output. What answers your key at once (harmony, thru) cannot be sent"
                    + " earlier. With thru you hear yourself late as well, and answers keep to what you hear, not to your keys,"
                    + " unless a MIDI clock says where the beat is.");
    public static final Setting<Long> CHANNEL =
            ROWS.live("midi.out.channel", new Whole(1, 16), 2L, "The MIDI channel of the answers.");
    public static final Setting<SendClock> SEND_CLOCK = ROWS.live(
            "midi.out.clock",
            new Choice<>(SendClock.class),
            SendClock.OFF,
            "MIDI clock to the output. own: other machines follow your playing and your taps, from a bar line on until 8"
                    + " s after the last note; clocks that come in are not followed then. pass: the clock that is"
                    + " followed. Both pass on the host's transport.");

    /** All of them, in the order of the file. */
    static final List<Setting<?>> ALL = ROWS.all();

    private MidiSetting() {}
}
