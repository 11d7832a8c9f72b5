package antiphon.config;

import java.util.List;

/** The setting of our plugin in a DAW: {@code lv2.*}. */
public final class Lv2Setting {
    private static final SettingRows ROWS = new SettingRows();

    public static final Setting<String> PLUGIN = ROWS.fixed(
            "lv2.plugin",
            SettingType.text("[A-Za-z0-9_-]{0,32}", "up to 32 letters, digits, \"-\" or \"_\""),
            "",
            "For midi.backend = \"lv2\" (antiphon run --lv2): the id of the one plugin that we play with, as `antiphon ports"
                    + " --backend lv2` shows it behind the host's name. We end when it goes. Empty: all plugins that come.");

    /** All of them, in the order of the file. */
    static final List<Setting<?>> ALL = ROWS.all();

    private Lv2Setting() {}
}
