package antiphon.remote;

import antiphon.config.Knob;
import antiphon.live.Tap;
import antiphon.music.Message;
import antiphon.status.StatusServer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out the orders about controllers, gives all other orders on, and does what controllers, program changes and keys
 * order.
 */
public final class Remote implements StatusServer.Orders, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Remote.class);
    private static final int CONTROL_CHANGE = 0xB0;
    private static final int PROGRAM_CHANGE = 0xC0;
    private static final Pattern BIND = Pattern.compile("bind (\\S+) (\\d{1,3}) (\\d{1,3})");

    private final StatusServer.Orders others;
    private final Controllers controllers;
    private final Switches switches;
    private final TapThread thread;

    /** Where controllers stand that have moved since they were last looked at, by the setting that they move. */
    private final Map<String, String> moved = new LinkedHashMap<>();

    /**
     * Which messages choose presets.
     *
     * @param presets their names, in the order of keys and program changes
     * @param firstKey that chooses the first of them; below 0 for none
     * @param firstProgram likewise, from 0 as it is sent
     */
    public record Switches(List<String> presets, int firstKey, int firstProgram) {
        public Switches {
            presets = List.copyOf(presets);
        }

        /** None. */
        public static Switches none() {
            return new Switches(List.of(), -1, -1);
        }

        /** True if there are such messages. */
        boolean areAwaited() {
            return !presets.isEmpty() && (firstKey >= 0 || firstProgram >= 0);
        }

        /** The preset that a message chooses; empty for none. */
        String preset(int message) {
            boolean program = (Message.status(message) & 0xF0) == PROGRAM_CHANGE;
            int first = program ? firstProgram : firstKey;
            int place = Message.data1(message) - first;
            boolean chooses = first >= 0 && (program || Message.isNoteOn(message));
            return chooses && place >= 0 && place < presets.size() ? presets.get(place) : "";
        }
    }

    /**
     * Begins to listen.
     *
     * @param others carries out all other orders
     */
    public Remote(Tap tap, StatusServer.Orders others, Controllers controllers, Switches switches) {
        this.others = others;
        this.controllers = controllers;
        this.switches = switches;
        thread = new TapThread(
                "antiphon-remote",
                tap,
                this::take,
                this::move,
                () -> controllers.areAwaited() || switches.areAwaited());
        thread.start();
    }

    /** What is bound, for who shows it. */
    public Controllers controllers() {
        return controllers;
    }

    /**
     * {@code learn SETTING}, {@code bind SETTING CHANNEL CONTROLLER}, {@code unlearn SETTING}, {@code controllers}; all
     * else is given on.
     */
    @Override
    public String carryOut(String order) {
        String stripped = order.strip();
        String[] words = stripped.split("\\s+", 2);
        String id = words.length == 1 ? "" : words[1];
        // Before, so that nothing which happened earlier is taken for what is learned now.
        thread.wake();
        String answer =
                switch (words[0].toLowerCase(Locale.ROOT)) {
                    case "learn" -> controllers.learn(id);
                    case "unlearn" -> controllers.forget(id);
                    case "controllers" -> controllers.text();
                    case "bind" -> bind(stripped);
                    default -> others.carryOut(order);
                };
        thread.wake();
        return answer;
    }

    private String bind(String order) {
        Matcher words = BIND.matcher(order);
        return words.matches()
                ? controllers.bind(words.group(1), Integer.parseInt(words.group(2)), Integer.parseInt(words.group(3)))
                : REFUSED + "bind needs a setting, a channel (1 to 16) and the number of a controller.";
    }

    private void take(Tap.Entry entry) {
        int message = entry.message();
        boolean controller = (Message.status(message) & 0xF0) == CONTROL_CHANGE;
        int channel = Message.channel(message) + 1;
        if (entry.what() == Tap.HEARD && controller) {
            controllers.moved(channel, Message.data1(message));
        } else if (entry.what() != Tap.COMMANDED || entry.value() != Tap.ORDERED) {
            return;
        } else if (controller) {
            // While one is learned, a controller that moved another setting is taken from that.
            controllers.moved(channel, Message.data1(message));
            controllers.map().moved(channel, Message.data1(message)).ifPresent(setting -> Knob.text(
                            setting, Message.data2(message))
                    .ifPresent(text -> moved.put(setting.id(), text)));
        } else if (!switches.preset(message).isEmpty()) {
            order("preset " + switches.preset(message));
        }
    }

    /** Of a controller that has moved several times only the last position counts. */
    private void move() {
        moved.forEach((id, text) -> order("set " + id + " " + text));
        moved.clear();
    }

    private void order(String order) {
        String answer = others.carryOut(order);
        if (StatusServer.Orders.isRefusal(answer)) {
            LOG.warn("{}", StatusServer.Orders.reason(answer));
        }
    }

    @Override
    public void close() {
        thread.stop();
    }
}
