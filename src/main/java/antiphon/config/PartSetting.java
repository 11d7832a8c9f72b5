package antiphon.config;

import antiphon.config.SettingType.Whole;
import antiphon.improv.Band;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The settings {@code part2.*}, {@code part3.*} and {@code part4.*}: who plays beside the first part. Each is declared once,
 * in the order of the file.
 */
public final class PartSetting {
    private static final SettingRows ROWS = new SettingRows();
    private static final int FIRST_CHANNEL = 3;

    /**
     * The settings of one part.
     *
     * @param mode number of a mode, or {@value Band.Beside#OFF}
     * @param channel 1–16
     * @param register semitones
     * @param level percent
     */
    public record Of(Setting<Long> mode, Setting<Long> channel, Setting<Long> register, Setting<Long> level) {}

    /** Those of the second part, of the third and of the fourth. */
    public static final List<Of> PARTS =
            IntStream.rangeClosed(1, Band.MAX_BESIDE).mapToObj(PartSetting::of).toList();

    /** All of them, in the order of the file. */
    static final List<Setting<?>> ALL = ROWS.all();

    private PartSetting() {}

    private static Of of(int number) {
        String part = "part" + (number + 1);
        boolean second = number == 1;
        return new Of(
                ROWS.live(
                        part + ".mode",
                        new PartModeType(),
                        (long) Band.Beside.OFF,
                        second
                                ? "A second part, which plays at the same time as the first (play.mode) and hears you and that one"
                                        + " as if you played both: with duet, a bass under your playing and under the answers."
                                        + " off: none. The network takes steps for each part."
                                : "The same for another part, which also hears the ones before it."),
                ROWS.live(
                        part + ".channel",
                        new Whole(1, 16),
                        (long) FIRST_CHANNEL - 1 + number,
                        second
                                ? "Its MIDI channel. On a channel that two parts share no key sounds twice."
                                : "Its MIDI channel."),
                ROWS.row(
                        part + ".register",
                        "semitones",
                        new Whole(-24, 24),
                        0L,
                        SettingRows.LIVE,
                        second ? "As play.register." : "Its register."),
                ROWS.row(
                        part + ".level",
                        "%",
                        new Whole(10, 150),
                        (long) Band.FULL_LEVEL,
                        SettingRows.LIVE,
                        second ? "As play.level. Everything else is as for the first part." : "Its level."));
    }
}
