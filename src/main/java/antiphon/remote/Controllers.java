package antiphon.remote;

import antiphon.config.ConfigReader;
import antiphon.config.ControllerMap;
import antiphon.config.ControllerMap.Binding;
import antiphon.config.Setting;
import antiphon.config.SettingTable;
import antiphon.live.Commands;
import antiphon.status.StatusServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Which controllers move which settings, and the one that is being learned: the next controller that moves is bound to
 * it. What is bound is kept in a file. Any cold thread.
 */
public final class Controllers {
    private static final int MAX_CHANNEL = 16;

    private final Path file;
    private final Commands others;
    private final Consumer<Commands> commands;
    private final AtomicInteger changes = new AtomicInteger();
    private volatile ControllerMap map;
    private volatile @Nullable Setting<?> learned;

    /**
     * Begins with what was bound before.
     *
     * @param file where it is kept
     * @param others the messages that are orders whatever is bound
     * @param commands told which messages are orders
     */
    public Controllers(Path file, ControllerMap map, Commands others, Consumer<Commands> commands) {
        this.file = file;
        this.map = map;
        this.others = others;
        this.commands = commands;
        commands.accept(all());
    }

    private Commands all() {
        Commands all = others;
        for (Binding each : map.bindings()) {
            all = all.withController(each.channel() - 1, each.controller());
        }
        return all;
    }

    /** What is bound. */
    public ControllerMap map() {
        return map;
    }

    /** The id of the setting that is being learned; empty if none is. */
    public String learning() {
        Setting<?> waiting = learned;
        return waiting == null ? "" : waiting.id();
    }

    /** A number that differs from what it was whenever something here has changed. */
    public int changes() {
        return changes.get();
    }

    /** True if there is something that a controller can do now. */
    boolean areAwaited() {
        return learned != null || !map.bindings().isEmpty();
    }

    /** The next controller that moves is bound to this setting. Returns what is to be said. */
    synchronized String learn(String id) {
        Optional<Setting<?>> setting = movable(id);
        if (setting.isEmpty()) {
            return refusal(id);
        }
        learned = setting.get();
        changes.incrementAndGet();
        return "learning " + id + ": move the controller now.";
    }

    private static Optional<Setting<?>> movable(String id) {
        return SettingTable.byId(id).filter(ControllerMap::canMove);
    }

    private static String refusal(String id) {
        return StatusServer.Orders.REFUSED
                + (SettingTable.byId(id).isEmpty()
                        ? ConfigReader.unknown(id)
                        : id + ": no controller can move it; allowed: settings that can change while playing, but not"
                                + " model.file.");
    }

    /** Binds this controller to a setting. Returns what is to be said. */
    synchronized String bind(String id, int channel, int controller) {
        Optional<Setting<?>> setting = movable(id);
        if (setting.isEmpty()) {
            return refusal(id);
        }
        if (channel < 1 || channel > MAX_CHANNEL || !ControllerMap.canBeBound(controller)) {
            return StatusServer.Orders.REFUSED + "controller " + controller + " of channel " + channel
                    + "; allowed: 1 to 119 but the pedals (64, 66, 69) and the bank (32), on channels 1 to 16.";
        }
        return take(id, map.with(new Binding(setting.get(), channel, controller)), () -> text(id));
    }

    /** Forgets what moves this setting, and no longer learns it. Returns what is to be said. */
    synchronized String forget(String id) {
        Optional<Setting<?>> setting = movable(id);
        if (setting.isEmpty()) {
            return refusal(id);
        }
        return take(id, map.without(setting.get()), () -> id + ": no controller.");
    }

    private String take(String id, ControllerMap next, Supplier<String> told) {
        map = next;
        commands.accept(all());
        // Afterwards, so that who sees that nothing is learned any more finds it bound, and its next move is an order.
        if (learning().equals(id)) {
            learned = null;
        }
        changes.incrementAndGet();
        try {
            next.write(file);
            return told.get();
        } catch (IOException failure) {
            return told.get() + " It is not kept: " + file + " cannot be written (" + failure.getMessage() + ").";
        }
    }

    /** A controller that moves nothing yet has moved: if one is being learned, it is this one. */
    synchronized void moved(int channel, int controller) {
        Setting<?> waiting = learned;
        if (waiting != null && ControllerMap.canBeBound(controller)) {
            bind(waiting.id(), channel, controller);
        }
    }

    /** What is bound, a line for each, and what is being learned. */
    String text() {
        StringBuilder text = new StringBuilder();
        for (Binding each : map.bindings()) {
            text.append(text(each)).append('\n');
        }
        if (!learning().isEmpty()) {
            text.append("learning ").append(learning()).append('\n');
        }
        return text.isEmpty()
                ? "no controller is bound to a setting."
                : text.toString().strip();
    }

    private String text(String id) {
        List<String> bound = map.bindings().stream()
                .filter(each -> each.setting().id().equals(id))
                .map(Controllers::text)
                .toList();
        return String.join("\n", bound);
    }

    private static String text(Binding binding) {
        return binding.setting().id() + ": controller " + binding.controller() + " on channel " + binding.channel();
    }
}
