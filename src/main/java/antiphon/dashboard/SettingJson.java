package antiphon.dashboard;

import antiphon.config.Setting;
import antiphon.config.SettingType;
import antiphon.config.SettingType.Decimal;
import antiphon.config.SettingType.Switch;
import antiphon.config.SettingType.Whole;
import antiphon.config.SettingType.WholeOr;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Rows of the settings table as JSON, with all that is needed to make a control of each. */
final class SettingJson {
    private static final double WHOLE_SPAN = 24;
    private static final Pattern WORDS = Pattern.compile(", | or ");

    private SettingJson() {}

    /**
     * One row.
     *
     * @param value what it is now, as people type it
     */
    static <T> Map<String, @Nullable Object> of(Setting<T> setting, String value) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("id", setting.id());
        json.put("value", value);
        json.put("standard", setting.format(setting.standard()));
        json.put("unit", setting.unit());
        json.put("allowed", setting.allowed());
        json.put("help", setting.help());
        addRange(json, setting.type());
        return json;
    }

    private static void addRange(Map<String, @Nullable Object> json, SettingType<?> type) {
        if (type instanceof Whole whole && whole.max() < Integer.MAX_VALUE) {
            range(json, (double) whole.min(), (double) whole.max(), 1, null);
        } else if (type instanceof WholeOr whole) {
            range(json, (double) whole.min(), (double) whole.max(), 1, whole.word());
        } else if (type instanceof Decimal decimal) {
            range(json, decimal.min(), decimal.max(), decimal.max() > WHOLE_SPAN ? 1 : 0.01, null);
        } else if (type instanceof Switch) {
            choices(json, List.of("false", "true"));
        } else if (type instanceof SettingType.Choice<?> choice) {
            choices(json, WORDS.splitAsStream(choice.allowed()).toList());
        } else {
            json.put("kind", "text");
        }
    }

    private static void range(
            Map<String, @Nullable Object> json, double min, double max, double step, @Nullable String word) {
        json.put("kind", "number");
        json.put("min", min);
        json.put("max", max);
        json.put("step", step);
        json.put("word", word);
    }

    private static void choices(Map<String, @Nullable Object> json, List<String> choices) {
        json.put("kind", "choice");
        json.put("choices", choices);
    }
}
