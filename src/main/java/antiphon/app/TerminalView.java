package antiphon.app;

import antiphon.config.LiveSettings;
import antiphon.config.PartSetting;
import antiphon.config.PlaySetting;
import antiphon.config.Setting;
import antiphon.improv.Band;
import antiphon.improv.Control;
import antiphon.improv.Mode;
import antiphon.live.LiveSession;
import antiphon.live.Meter;
import antiphon.live.Tap;
import java.io.ByteArrayOutputStream;
import java.io.Console;
import java.io.IOError;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.stream.Collectors;
import org.HdrHistogram.Histogram;
import org.jline.terminal.Attributes;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.AttributedString;
import org.jline.utils.Display;
import org.jline.utils.NonBlockingReader;
import org.jline.utils.ShutdownHooks;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The view in the terminal: a {@link Screen} that is redrawn in place, and keys. Lines that would go to the standard
 * error stream are shown in the view's line for trouble. A reader of the tap on a cold thread.
 */
final class TerminalView implements View {
    private static final Logger LOG = LoggerFactory.getLogger(TerminalView.class);

    /** JLine's own log, which prints stack traces, for example about an unknown TERM. Kept, or the level is lost. */
    private static final java.util.logging.Logger JLINE_LOG = java.util.logging.Logger.getLogger("org.jline");

    private static final long FRAME_MILLIS = 100;

    /** A terminal that takes nothing more must not keep the program from ending. */
    private static final long MAX_WAIT_MILLIS = 1_000;

    /** In raw mode the terminal sends this character instead of a signal. */
    private static final int CTRL_C = 3;

    private static final int MIN_COLUMNS = 20;
    private static final int FRAMES_PER_LOOK = 10;
    private static final double NANOS_PER_MILLI = 1e6;

    private final LiveSession session;
    private final Steering steering;
    private final Runnable quit;
    private final Tap.Reader reader;
    private final Screen screen;
    private final ConcurrentLinkedQueue<String> said = new ConcurrentLinkedQueue<>();
    private final CountDownLatch ended = new CountDownLatch(1);
    private final CountDownLatch left = new CountDownLatch(1);
    private final PrintStream standardError = System.err;
    private volatile boolean begun;
    private volatile boolean plain;

    /** @param quit called when q or Ctrl-C is pressed, or the terminal is gone */
    TerminalView(LiveSession session, Steering steering, Runnable quit) {
        this.session = session;
        this.steering = steering;
        this.quit = quit;
        reader = session.tap().newReader();
        screen = new Screen(session.mode());
    }

    /** True if standard input and output are a terminal that can be drawn on. */
    @SuppressWarnings("SystemConsoleNull") // It is null on JDK 25 if the streams are not a terminal.
    static boolean isPossible() {
        String kind = System.getenv().getOrDefault("TERM", "");
        Console console = System.console();
        return console != null && console.isTerminal() && !kind.isEmpty() && !kind.equals("dumb");
    }

    @Override
    public void begin(String ready) {
        begun = true;
        JLINE_LOG.setLevel(Level.OFF);
        System.setErr(new PrintStream(new Lines(), true, StandardCharsets.UTF_8));
        said.add(ready);
        // JLine closes its terminal when the program ends. Its tasks run in the order in which they were added.
        ShutdownHooks.add(this::end);
        Thread.ofPlatform().daemon().name("antiphon-view").start(this::run);
    }

    @Override
    public void say(String line) {
        if (plain && !line.isEmpty()) {
            System.out.println(line);
        } else if (!line.isEmpty()) {
            // A terminal that is stopped takes nothing: what waits for it must not grow.
            while (said.size() >= QueuedOutput.MAX_LINES) {
                said.poll();
            }
            said.add(line);
        }
    }

    @Override
    public void end() {
        ended.countDown();
        if (begun) {
            try {
                left.await(MAX_WAIT_MILLIS, TimeUnit.MILLISECONDS);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void run() {
        boolean opened = false;
        try (Terminal terminal = TerminalBuilder.builder().system(true).build()) {
            opened = true;
            Attributes before = terminal.enterRawMode();
            try {
                show(terminal);
            } finally {
                terminal.setAttributes(before);
            }
        } catch (IOException | RuntimeException | IOError failure) {
            LOG.debug("view: {}", failure.toString());
        } finally {
            System.setErr(standardError);
            left.countDown();
        }
        if (opened) {
            quit.run();
        } else {
            goOnPlainly();
        }
    }

    private void goOnPlainly() {
        plain = true;
        standardError.println("view: the terminal cannot be drawn on; antiphon goes on without. Try TERM=dumb.");
        for (String line = said.poll(); line != null; line = said.poll()) {
            System.out.println(line);
        }
    }

    /** Returns when the view is ended, q or Ctrl-C is pressed, or the terminal is gone. */
    private void show(Terminal terminal) throws IOException {
        Display display = new Display(terminal, false);
        Screen.Surroundings around = look();
        boolean goesOn = true;
        for (int frame = 1; goesOn && ended.getCount() > 0; frame++) {
            while (reader.read(screen::take)) {
                // It has been taken.
            }
            for (String line = said.poll(); line != null; line = said.poll()) {
                screen.say(line);
            }
            Size size = Size.of(Math.max(MIN_COLUMNS, terminal.getColumns()), Math.max(1, terminal.getRows()));
            display.resize(size);
            List<AttributedString> lines = screen.lines(around, size.getColumns() - 1, size.getRows()).stream()
                    .map(AttributedString::new)
                    .toList();
            display.update(lines, -1);
            goesOn = press(terminal.reader().read(FRAME_MILLIS));
            around = frame % FRAMES_PER_LOOK == 0 ? look() : around;
        }
        display.update(List.of(), 0);
    }

    /** False if the program is to end. */
    private boolean press(int key) {
        switch (key) {
            case 'm' -> order("set play.mode " + PlaySetting.MODE.format(next(session.mode())));
            case 'u' -> order("set play.mute " + !Boolean.parseBoolean(steering.carryOut("get play.mute")));
            case ' ' -> order("answer");
            case 'a' -> order("again");
            case 'v' -> order("veto");
            case 't' -> order("tap");
            case 'p' -> order("panic");
            case 'q', CTRL_C, NonBlockingReader.EOF -> {
                return false;
            }
            default -> {
                // No key was pressed, or a key without a meaning.
            }
        }
        return true;
    }

    private void order(String order) {
        screen.say(steering.carryOut(order));
    }

    private static Mode next(Mode mode) {
        Mode[] all = Mode.values();
        return all[(mode.number() + 1) % all.length];
    }

    private Screen.Surroundings look() {
        List<String> inputs = new ArrayList<>();
        for (String name : session.inputNames()) {
            inputs.add(withConnections(name, " ← ", "KEYBOARD", name));
        }
        return new Screen.Surroundings(
                session.controls().value(Control.SEED),
                inputs,
                session.outputNames().stream()
                        .map(name -> withConnections(name, " → ", name, "SYNTHESISER"))
                        .collect(Collectors.joining("; ")),
                parts(),
                latency());
    }

    private List<Screen.Player> parts() {
        List<Screen.Player> parts = new ArrayList<>();
        parts.add(new Screen.Player("answer", "", (int) session.controls().value(Control.CHANNEL)));
        for (int i = 0; i < PartSetting.PARTS.size(); i++) {
            PartSetting.Of part = PartSetting.PARTS.get(i);
            long mode = value(part.mode());
            if (mode != Band.Beside.OFF) {
                parts.add(new Screen.Player(
                        "part " + (i + 2), part.mode().format(mode) + ": ", (int) value(part.channel())));
            }
        }
        return parts;
    }

    private long value(Setting<Long> setting) {
        return session.controls().value(LiveSettings.control(setting).orElseThrow());
    }

    private String withConnections(String name, String arrow, String source, String destination) {
        List<String> connected = session.backend().connections(name);
        if (!connected.isEmpty()) {
            return name + arrow + String.join(", ", connected);
        }
        String how = session.backend().howToConnect(source, destination);
        return how.isEmpty() ? name : name + "   not connected; " + how;
    }

    private String latency() {
        Meter answers = session.meters().inToAnswerNanos;
        Meter thru = session.meters().inToThruNanos;
        Meter heard = session.meters().inToHeardNanos;
        return String.join("  ", parts("to answer", answers), parts("to thru", thru), parts("heard", heard))
                .strip();
    }

    private static String parts(String name, Meter meter) {
        Histogram minute = meter.lastMinute();
        if (minute.getTotalCount() == 0) {
            return "";
        }
        return String.format(
                Locale.ROOT,
                "%s %.2f ms (p99 %.2f)",
                name,
                minute.getValueAtPercentile(50) / NANOS_PER_MILLI,
                minute.getValueAtPercentile(99) / NANOS_PER_MILLI);
    }

    /** Passes on each line that is printed, once it is whole. */
    private final class Lines extends ByteArrayOutputStream {
        @Override
        public synchronized void flush() {
            String text = toString(StandardCharsets.UTF_8);
            int end = text.lastIndexOf('\n');
            if (end >= 0) {
                text.substring(0, end).lines().forEach(TerminalView.this::say);
                reset();
                byte[] rest = text.substring(end + 1).getBytes(StandardCharsets.UTF_8);
                write(rest, 0, rest.length);
            }
        }
    }
}
