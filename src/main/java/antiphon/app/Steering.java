package antiphon.app;

import antiphon.Amount;
import antiphon.config.Config;
import antiphon.config.ConfigException;
import antiphon.config.ConfigReader;
import antiphon.config.LiveSettings;
import antiphon.config.OutSetting;
import antiphon.config.PlaySetting;
import antiphon.config.Setting;
import antiphon.config.SettingTable;
import antiphon.dashboard.TakeException;
import antiphon.improv.Control;
import antiphon.improv.Memory;
import antiphon.live.JournalException;
import antiphon.live.JournalHeader;
import antiphon.live.LiveSession;
import antiphon.live.Take;
import antiphon.model.ModelException;
import antiphon.model.Precision;
import antiphon.model.StackedLstm;
import antiphon.status.Status;
import antiphon.status.StatusServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Carries out what is asked of a running session: by the socket, by a key in the terminal, by SIGHUP. Cold threads, one
 * order at a time.
 */
final class Steering implements StatusServer.Orders {
    /** Orders without a value, by name. */
    private static final Map<String, Control> ACTIONS = Map.of(
            "panic", Control.PANIC,
            "answer", Control.ANSWER,
            "again", Control.AGAIN,
            "veto", Control.VETO,
            "forget", Control.FORGET,
            "tap", Control.TAP);

    private final LiveSession session;
    private final SettingsOptions options;
    private Config config;
    private String model;
    private StackedLstm network;

    /** The SHA-256 of its file; empty as long as nobody has needed it. */
    private String hash = "";

    private final PresetChoice preset;
    private final KeptMemory memory = new KeptMemory(Installation.state());
    private final TakeShelf takes;

    /**
     * Steers a session.
     *
     * @param options read again on SIGHUP
     * @param config what it was begun with
     * @param network the one that plays
     */
    Steering(LiveSession session, SettingsOptions options, Config config, StackedLstm network) {
        this.session = session;
        this.options = options;
        this.config = config;
        this.network = network;
        model = config.model().file();
        preset = new PresetChoice(Installation.presets(), options.plain());
        // The folder is none of the settings that change while playing.
        Path folder = config.recordFolder().orElseGet(Installation::takes);
        takes = new TakeShelf(folder, session::journal);
    }

    /** The preset that was chosen last; empty if none was. Any thread. */
    String preset() {
        return preset.name();
    }

    /** What was recorded and kept. */
    TakeShelf takes() {
        return takes;
    }

    /** What the status is to say of the program and of the network that plays or takes over at the next rest. */
    synchronized Status.Facts facts() {
        return Performer.facts(config, model, network, hashIfThere());
    }

    @Override
    public synchronized String carryOut(String order) {
        String[] words = order.strip().split("\\s+", 3);
        try {
            return switch (words[0].toLowerCase(Locale.ROOT)) {
                case "set" ->
                    words.length == 3 ? set(words[1], words[2]) : REFUSED + "set needs a setting and a value.";
                case "get" -> words.length == 1 ? getAll() : get(words[1]);
                case "keep" -> keep();
                case "preset" ->
                    words.length == 1 ? preset.name() : choose(order.strip().substring("preset".length()));
                default -> act(words[0].toLowerCase(Locale.ROOT));
            };
        } catch (ConfigException | ModelException | UserException | JournalException | TakeException failure) {
            return REFUSED + failure.getMessage();
        }
    }

    private String act(String name) {
        Control action = ACTIONS.get(name);
        if (action == null) {
            return REFUSED + "no order \"" + name
                    + "\"; allowed: set, get, keep, preset, panic, answer, again, veto, forget, tap.";
        }
        if (!session.controls().apply(action, 0)) {
            return notTaken();
        }
        if (action == Control.FORGET) {
            memory.forget(hash());
        }
        return "done: " + name;
    }

    private String choose(String name) {
        String told = preset.choose(name.strip(), session.controls());
        return told.isEmpty() ? notTaken() : told;
    }

    /** Empty if the file has gone since it was read. */
    private String hashIfThere() {
        try {
            return hash();
        } catch (UserException gone) {
            return "";
        }
    }

    private String hash() {
        if (hash.isEmpty()) {
            hash = Performer.sha256(Installation.home().resolve(model));
        }
        return hash;
    }

    /** Writes down what the session has taught, if that is wanted now. When it is closed. */
    synchronized void keepMemory(Consumer<String> told) {
        if (session.controls().value(Control.MEMORY) == Memory.KEPT.number()
                && session.memory().isOf(network)) {
            memory.keep(session, hash(), told);
        }
    }

    private static String notTaken() {
        return REFUSED + "the engine did not take the order within a second. Are too many messages coming in?";
    }

    private String set(String id, String text) {
        Setting<?> setting = known(id);
        if (OutSetting.isRoute(setting)) {
            return route(setting, text);
        }
        if (!setting.live()) {
            return REFUSED + id + ": cannot change while playing; set it in the settings file and start again.";
        }
        return setting.equals(PlaySetting.MODEL_FILE) ? setModel(text) : set(setting, text);
    }

    /** Changes what goes where; what sounds ends where it began. */
    private <T> String route(Setting<T> setting, String text) {
        Config wanted = config.with(setting, setting.parse(text));
        if (!session.route(Wired.routes(wanted, session.outputNames().size()))) {
            return notTaken();
        }
        config = wanted;
        return setting.id() + " = " + setting.format(wanted.value(setting));
    }

    private <T> String set(Setting<T> setting, String text) {
        Control control = LiveSettings.control(setting).orElseThrow();
        long packed = LiveSettings.pack(setting, setting.parse(text));
        if (setting.equals(PlaySetting.SEED) && packed == 0) {
            packed = Performer.drawnSeed();
        }
        return session.controls().apply(control, packed)
                ? setting.id() + " = " + LiveSettings.text(setting, packed)
                : notTaken();
    }

    /**
     * Loads the network, feeds it what was played in the last minutes, and hands it over. If it is bad, the old one
     * plays on.
     */
    private String setModel(String text) {
        String wanted = PlaySetting.MODEL_FILE.parse(text);
        Path path = Installation.home().resolve(wanted);
        StackedLstm successor = Performer.loadModel(path, config.model().precision());
        JournalHeader.Network named = Performer.network(path, config.model().precision());
        if (!session.succeed(successor, named)) {
            return notTaken();
        }
        hash = named.sha256();
        network = successor;
        model = wanted;
        return "model.file = " + wanted + "; it takes over at the next rest";
    }

    private String get(String id) {
        return value(known(id));
    }

    private String getAll() {
        List<String> lines = new ArrayList<>();
        for (Setting<?> setting : SettingTable.ALL) {
            if (setting.live()) {
                lines.add(setting.id() + " = " + value(setting));
            }
        }
        return String.join("\n", lines);
    }

    private <T> String value(Setting<T> setting) {
        if (setting.equals(PlaySetting.MODEL_FILE)) {
            return model;
        }
        Optional<Control> control = LiveSettings.control(setting);
        return control.map(each -> LiveSettings.text(setting, session.controls().value(each)))
                .orElseGet(() -> setting.format(config.value(setting)));
    }

    private static Setting<?> known(String id) {
        return SettingTable.byId(id).orElseThrow(() -> new UserException(ConfigReader.unknown(id)));
    }

    /** Writes the last minutes as a take. */
    String keep() {
        Take take = takes.keepTake();
        return "kept: " + Take.midiFile(take.file()) + " ("
                + Amount.of(take.human().noteOns(), "note") + " of yours, "
                + take.answer().noteOns() + " of the answers)";
    }

    /**
     * Reads the settings again and takes over what can change while playing.
     *
     * @return lines for people: one for each setting, and a last one that sums up
     */
    synchronized List<String> readAgain() {
        Config read;
        try {
            read = options.load();
            preset.follow(options.plain());
        } catch (ConfigException failure) {
            List<String> lines = new ArrayList<>(failure.mistakes());
            lines.add("settings: wrong, so the old ones stay in force; mend the file and send SIGHUP again.");
            return lines;
        }
        List<String> lines = new ArrayList<>();
        Config taken = read;
        Config before = config;
        int changed = 0;
        for (Setting<?> setting : SettingTable.ALL) {
            if (!read.value(setting).equals(before.value(setting))) {
                String line = takeOver(setting, read);
                lines.add(line);
                boolean refused = StatusServer.Orders.isRefusal(line);
                // What was refused is tried again the next time.
                taken = refused ? withOld(taken, setting) : taken;
                changed += refused ? 0 : 1;
            }
        }
        config = taken;
        lines.add("settings: read again, " + (changed == 0 ? "nothing changed." : changed + " changed."));
        return lines;
    }

    private <T> Config withOld(Config read, Setting<T> setting) {
        return read.with(setting, config.value(setting));
    }

    private <T> String takeOver(Setting<T> setting, Config read) {
        return setting.live() || OutSetting.isRoute(setting)
                ? carryOut("set " + setting.id() + " " + setting.format(read.value(setting)))
                : setting.id() + ": changed in the file; it takes effect at the next start.";
    }

    /** Gives a replay the network that its journal names. */
    static StackedLstm networkOf(JournalHeader.Network named) {
        Path path = Path.of(named.file());
        String found = Performer.sha256(path);
        if (!found.equals(named.sha256())) {
            throw new UserException(path + ": not the network that played (SHA-256 " + found + "; " + named.sha256()
                    + " needed). Put that file there.");
        }
        for (Precision precision : Precision.values()) {
            if (precision.name().equalsIgnoreCase(named.precision())) {
                return Performer.loadModel(path, precision);
            }
        }
        throw new UserException("journal: precision " + named.precision() + "; allowed: f32, f16, int8. It was damaged,"
                + " or another version wrote it.");
    }
}
