package antiphon.config;

import java.util.ArrayList;
import java.util.List;

/** The rows of one class of settings, in the order in which they are made: that of the file. */
final class SettingRows {
    static final boolean LIVE = true;
    static final boolean FIXED = false;

    private final List<Setting<?>> rows = new ArrayList<>();

    <T> Setting<T> live(String id, SettingType<T> type, T standard, String help) {
        return row(id, "", type, standard, LIVE, help);
    }

    <T> Setting<T> fixed(String id, SettingType<T> type, T standard, String help) {
        return row(id, "", type, standard, FIXED, help);
    }

    <T> Setting<T> row(String id, String unit, SettingType<T> type, T standard, boolean live, String help) {
        Setting<T> setting = new Setting<>(id, unit, type, standard, live, help);
        rows.add(setting);
        return setting;
    }

    /** All that were made until now. */
    List<Setting<?>> all() {
        return List.copyOf(rows);
    }
}
