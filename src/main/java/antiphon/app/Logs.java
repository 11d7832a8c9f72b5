package antiphon.app;

import antiphon.config.Config;
import antiphon.config.ConfigException;
import antiphon.file.Reason;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** What a live session says about itself: how much of it, and where to ({@code log.*}). */
final class Logs {
    /** See simplelogger.properties; who gives it to java by hand is right. */
    private static final String LEVEL = "org.slf4j.simpleLogger.defaultLogLevel";

    private static final long MEBI = 1 << 20;

    private Logs() {}

    /**
     * Begins as the settings say; before any logger is made, for they ask for their level only once. On a terminal
     * somebody looks at what is printed: it is still shown there, and what the view draws is no log.
     *
     * @throws ConfigException if the file cannot be written to
     */
    static void begin(Config.Log log) {
        if (System.getProperty(LEVEL) == null) {
            System.setProperty(LEVEL, log.level().name().toLowerCase(Locale.ROOT));
        }
        log.file().ifPresent(file -> QueuedOutput.sendStandardTo(open(file, log), TerminalView.isPossible()));
    }

    private static LogFile open(Path file, Config.Log log) {
        try {
            return new LogFile(file, log.maxMebibytes() * MEBI, log.kept(), Installation::now);
        } catch (IOException failure) {
            throw new ConfigException(List.of("log.file = " + file + ": cannot be written to (" + Reason.of(failure)
                    + "); allowed: a file in a folder of yours, or empty. Choose another."));
        }
    }
}
