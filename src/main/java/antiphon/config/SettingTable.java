package antiphon.config;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The table of all settings. */
public final class SettingTable {
    /** All settings, in the order of the file. */
    public static final List<Setting<?>> ALL = Stream.of(
                    MidiSetting.ALL,
                    OutSetting.ALL,
                    RtpSetting.ALL,
                    Lv2Setting.ALL,
                    PlaySetting.ALL,
                    PartSetting.ALL,
                    SteerSetting.ALL,
                    RunSetting.ALL)
            .<Setting<?>>flatMap(List::stream)
            .toList();

    /** Names that settings had before, which still work in file and environment, each with what it is now. */
    static final Map<String, Setting<?>> FORMER = Map.of("play.lookahead-ms", PlaySetting.COMMIT);

    private static final Map<String, Setting<?>> BY_ID = new HashMap<>();

    static {
        ALL.forEach(setting -> BY_ID.put(setting.id(), setting));
    }

    private SettingTable() {}

    /** The setting with this id; empty if there is none, as for a former name. */
    public static Optional<Setting<?>> byId(String id) {
        return Optional.ofNullable(BY_ID.get(id));
    }
}
