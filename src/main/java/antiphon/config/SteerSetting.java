package antiphon.config;

import antiphon.config.SettingType.Texts;
import antiphon.config.SettingType.WholeOr;
import antiphon.music.Message;
import java.util.List;

/**
 * The settings of steering from outside: {@code preset.*} and {@code osc.*}. Each is declared once, in the order of the
 * file.
 */
public final class SteerSetting {
    /** What {@link #PROGRAM} and {@link #KEYS} are when they are off. */
    public static final long OFF = -1;

    private static final SettingRows ROWS = new SettingRows();

    public static final Setting<String> PRESET = ROWS.fixed(
            "preset.start",
            SettingType.text("|\\s*\\S.*", "the name of a preset, or empty"),
            "",
            "The preset that the program starts with, such as ballad; `antiphon preset` lists them. Its settings count before"
                    + " those of this file and of the environment; flags count before it. Your own presets go into the folder"
                    + " presets beside your antiphon.toml: a line description = \"…\" and settings as here. Empty: none.");
    public static final Setting<List<String>> ORDER = ROWS.fixed(
            "preset.order",
            new Texts(),
            List.of(),
            "The presets, by name, that program changes and keys choose, in this order. Empty: all, sorted by name.");
    public static final Setting<Long> PROGRAM = ROWS.fixed(
            "preset.program",
            new WholeOr("off", OFF, 1, Message.PITCHES),
            OFF,
            "The program change, counted from 1, that chooses the first preset of preset.order; the next number chooses the"
                    + " next one, and so on. They are not passed on by midi.out.thru then. off: program changes choose"
                    + " nothing.");
    public static final Setting<Long> KEYS = ROWS.fixed(
            "preset.keys",
            new WholeOr("off", OFF, 0, Message.PITCHES - 1),
            OFF,
            "The key (60: middle C) that chooses the first preset of preset.order; the next key chooses the next one, and so"
                    + " on. These keys are no music then: they are not heard, and midi.out.thru does not pass them on. off: all"
                    + " keys are music.");

    public static final Setting<Long> OSC_PORT = ROWS.fixed(
            "osc.port",
            new WholeOr("off", OFF, 0, 65_535),
            OFF,
            "The UDP port on which OSC is taken: every setting that can change has an address, such as /antiphon/play/boldness"
                    + " with a number or a text; without an argument it is told to osc.send-to. /antiphon/do/panic (answer, again,"
                    + " veto, forget, tap), /antiphon/preset, /antiphon/note with pitch and velocity (0: end),"
                    + " /antiphon/pedal. 0: any that is free.");
    public static final Setting<String> OSC_ADDRESS = ROWS.fixed(
            "osc.address",
            SettingType.text("[0-9A-Fa-f.:]{2,45}", "an IP address, such as 127.0.0.1"),
            "127.0.0.1",
            "The address of this machine on which OSC is taken. 127.0.0.1: from programs on this machine alone. With another,"
                    + " or 0.0.0.0 for all, everybody in that network can steer and play.");
    public static final Setting<List<String>> OSC_SEND_TO = ROWS.fixed(
            "osc.send-to",
            new Texts(),
            List.of(),
            "Who is told by OSC what changes, as \"127.0.0.1:9000\": settings at their addresses, /antiphon/state, and the notes at"
                    + " /antiphon/human/note and /antiphon/answer/note. Needs osc.port. Empty: nobody.");

    /** All of them, in the order of the file. */
    static final List<Setting<?>> ALL = ROWS.all();

    private SteerSetting() {}
}
