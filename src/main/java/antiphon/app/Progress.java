package antiphon.app;

import java.io.Console;
import org.jspecify.annotations.Nullable;

/**
 * The progress of a long command, on stderr: on a terminal one line that is overwritten, elsewhere a plain line now and
 * then.
 */
final class Progress {
    private static final long TERMINAL_NANOS = 200_000_000L;
    private static final long PLAIN_NANOS = 15_000_000_000L;
    private static final String ERASE_LINE = "\r\u001B[K";

    private final boolean terminal = isTerminal();
    private final long periodNanos = terminal ? TERMINAL_NANOS : PLAIN_NANOS;
    private long lastNanos = System.nanoTime() - PLAIN_NANOS;
    private boolean open;

    @SuppressWarnings("SystemConsoleNull") // The JDK says it may be null, and NullAway believes it.
    private static boolean isTerminal() {
        @Nullable Console console = System.console();
        return console != null && console.isTerminal();
    }

    /** Shows a state if the last one was shown long enough ago; costs next to nothing, so call it often. */
    void show(String text) {
        long now = System.nanoTime();
        if (now - lastNanos < periodNanos) {
            return;
        }
        lastNanos = now;
        if (terminal) {
            System.err.print(ERASE_LINE + Shown.line(text));
            System.err.flush();
            open = true;
        } else {
            System.err.println(Shown.line(text));
        }
    }

    /** Prints a line that stays. */
    void note(String line) {
        end();
        System.err.println(Shown.line(line));
    }

    /** Clears the line that is overwritten. */
    void end() {
        if (open) {
            System.err.print(ERASE_LINE);
            System.err.flush();
            open = false;
        }
    }
}
