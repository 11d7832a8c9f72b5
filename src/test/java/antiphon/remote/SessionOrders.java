package antiphon.remote;

import antiphon.config.ConfigException;
import antiphon.config.LiveSettings;
import antiphon.config.Setting;
import antiphon.config.SettingTable;
import antiphon.improv.Control;
import antiphon.live.LiveSession;
import antiphon.status.StatusServer;
import java.util.Locale;

/** Carries out {@code set}, {@code get} and the actions as the program does, without what needs files. */
public final class SessionOrders implements StatusServer.Orders {
    private final LiveSession session;

    public SessionOrders(LiveSession session) {
        this.session = session;
    }

    @Override
    public String carryOut(String order) {
        String[] words = order.split(" ", 3);
        try {
            return switch (words[0]) {
                case "get" -> get(SettingTable.byId(words[1]).orElseThrow());
                case "set" -> set(SettingTable.byId(words[1]).orElseThrow(), words[2]);
                default -> {
                    session.controls().apply(Control.valueOf(words[0].toUpperCase(Locale.ROOT)), 0);
                    yield "done: " + words[0];
                }
            };
        } catch (ConfigException failure) {
            return REFUSED + failure.getMessage();
        }
    }

    private <T> String get(Setting<T> setting) {
        return LiveSettings.text(
                setting, session.controls().value(LiveSettings.control(setting).orElseThrow()));
    }

    private <T> String set(Setting<T> setting, String text) {
        long packed = LiveSettings.pack(setting, setting.parse(text));
        session.controls().apply(LiveSettings.control(setting).orElseThrow(), packed);
        return setting.id() + " = " + text;
    }
}
