package antiphon.config;

import antiphon.config.SettingType.Decimal;
import antiphon.config.SettingType.Switch;
import antiphon.config.SettingType.Whole;
import antiphon.config.SettingType.WholeOr;
import antiphon.music.Scale;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the position of a controller's knob, from 0 to {@value #MAX}, means for a setting. */
public final class Knob {
    public static final int MAX = 127;

    /** Beyond this number a position says the number itself: nobody turns to one of millions. */
    private static final long MAX_SPAN = 1_000_000;

    /** From this factor between the ends on, equal steps of a knob are equal factors. */
    private static final double WIDE = 16;

    private static final double HUNDRED = 100;
    private static final int OCTAVE = 12;

    private Knob() {}

    /**
     * The value at a position: the ends are the ends of the range, a word such as auto is position 0, a switch is on from
     * the middle on, and choices have equal shares.
     *
     * @return empty if no position means anything, as for the file of a network
     */
    public static <T> Optional<String> text(Setting<T> setting, int position) {
        SettingType<T> type = setting.type();
        if (type instanceof Whole whole) {
            return Optional.of(String.valueOf(whole(whole.min(), whole.max(), position, MAX)));
        }
        if (type instanceof WholeOr whole) {
            return Optional.of(
                    position == 0
                            ? whole.word()
                            : String.valueOf(whole(whole.min(), whole.max(), position - 1, MAX - 1)));
        }
        if (type instanceof Decimal decimal) {
            return Optional.of(decimal.toText(decimal(decimal, position)));
        }
        if (type instanceof Switch) {
            return Optional.of(String.valueOf(position > MAX / 2));
        }
        List<String> choices = choices(setting);
        return choices.isEmpty() ? Optional.empty() : Optional.of(choices.get(position * choices.size() / (MAX + 1)));
    }

    private static long whole(long min, long max, int position, int last) {
        if (max - min > MAX_SPAN || max - min < 0) {
            return min + position;
        }
        double share = position / (double) last;
        return Math.round(max - min > MAX ? between((double) min, (double) max, share) : min + (max - min) * share);
    }

    private static double decimal(Decimal decimal, int position) {
        double value = Math.round(between(decimal.min(), decimal.max(), position / (double) MAX) * HUNDRED) / HUNDRED;
        // An end that does not belong to the range: the nearest that does.
        double step = 1 / HUNDRED;
        return decimal.allows(value) ? value : value <= decimal.min() ? decimal.min() + step : decimal.max() - step;
    }

    private static double between(double min, double max, double share) {
        return min > 0 && max / min >= WIDE ? min * StrictMath.pow(max / min, share) : min + (max - min) * share;
    }

    private static List<String> choices(Setting<?> setting) {
        SettingType<?> type = setting.type();
        if (type instanceof SettingType.Choice<?> || type instanceof PartModeType || type instanceof MemoryType) {
            return List.of(type.allowed().split(", | or ", -1));
        }
        return setting.standard() instanceof Scale ? scales() : List.of();
    }

    /** None, all keys in major, and all in minor: what somebody can find by turning. */
    private static List<String> scales() {
        ScaleType type = new ScaleType();
        List<String> names = new ArrayList<>(List.of(type.toText(Scale.AUTO)));
        for (Scale.Kind kind : List.of(Scale.Kind.MAJOR, Scale.Kind.MINOR)) {
            for (int tonic = 0; tonic < OCTAVE; tonic++) {
                names.add(type.toText(new Scale(kind, tonic)));
            }
        }
        return names;
    }
}
