package antiphon.config;

import antiphon.config.SettingType.Switch;
import antiphon.config.SettingType.Texts;
import antiphon.config.SettingType.WholeOr;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The settings {@code out2.*}, {@code out3.*} and {@code out4.*}: outputs after the first, which is {@code midi.out.*}. Each
 * is declared once, in the order of the file.
 */
public final class OutSetting {
    /** The value of an offset that says: as the first output's. */
    public static final long SAME_OFFSET = -1;

    private static final SettingRows ROWS = new SettingRows();
    private static final int MAX_FURTHER = 3;

    /**
     * The settings of one output.
     *
     * @param open whether there is such an output
     * @param ports parts of the names of ports to play on
     * @param exclude parts of the names of ports that it never plays on
     * @param offset milliseconds, or {@value #SAME_OFFSET}
     * @param answers routes
     * @param thru routes
     * @param clock whether the MIDI clock goes there too
     */
    public record Of(
            Setting<Boolean> open,
            Setting<List<String>> ports,
            Setting<List<String>> exclude,
            Setting<Long> offset,
            Setting<List<String>> answers,
            Setting<List<String>> thru,
            Setting<Boolean> clock) {}

    /** Those of the second output, of the third and of the fourth. */
    public static final List<Of> OUTS =
            IntStream.rangeClosed(2, 1 + MAX_FURTHER).mapToObj(OutSetting::of).toList();

    /** All of them, in the order of the file. */
    static final List<Setting<?>> ALL = ROWS.all();

    private static final Set<Setting<?>> ROUTES = Stream.concat(
                    Stream.of(MidiSetting.HEAR, MidiSetting.ANSWERS, MidiSetting.THRU_FROM),
                    OUTS.stream().flatMap(out -> Stream.of(out.answers(), out.thru(), out.clock())))
            .collect(Collectors.toUnmodifiableSet());

    private OutSetting() {}

    /** True if it says what goes where: then it can change while playing, although no {@code Control} has room for it. */
    public static boolean isRoute(Setting<?> setting) {
        return ROUTES.contains(setting);
    }

    private static Of of(int number) {
        String out = "out" + number;
        boolean second = number == 2;
        return new Of(
                ROWS.fixed(
                        out + ".open",
                        new Switch(),
                        false,
                        second
                                ? "true makes a second output, antiphon:out-2, with receivers, channels and latency of its own."
                                : "true makes another one."),
                ROWS.fixed(out + ".ports", new Texts(), List.of(), second ? "As midi.out.ports." : "Its ports."),
                ROWS.fixed(
                        out + ".exclude", new Texts(), List.of(), second ? "As midi.out.exclude." : "Its exclusions."),
                offset(out, second),
                ROWS.fixed(
                        out + ".answers",
                        new RouteList(),
                        List.of("all"),
                        second
                                ? "As midi.out.answers. Example: [\"3>1\"], what a part plays on channel 3, as channel 1."
                                : "Its answers."),
                ROWS.fixed(
                        out + ".thru",
                        new RouteList(),
                        List.of(),
                        second
                                ? "What you play is copied here from these inputs and channels, whatever midi.out.thru says."
                                        + " Examples: [\"in-2\"], all of the second input; [\"in:1>3\", \"in-2:10\"]."
                                : "Its thru."),
                ROWS.fixed(
                        out + ".clock",
                        new Switch(),
                        false,
                        second ? "Whether the clock of midi.out.clock goes here too." : "Its clock."));
    }

    private static Setting<Long> offset(String out, boolean second) {
        return ROWS.row(
                out + ".offset-ms",
                "ms",
                new WholeOr("same", SAME_OFFSET, 0, 200),
                SAME_OFFSET,
                SettingRows.FIXED,
                second
                        ? "As midi.out.offset-ms, of what is connected here. All outputs are heard at the same time: answers"
                                + " leave at the quicker ones later. Thru waits nowhere."
                        : "Its offset.");
    }
}
