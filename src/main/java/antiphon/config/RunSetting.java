package antiphon.config;

import antiphon.config.SettingType.Choice;
import antiphon.config.SettingType.Switch;
import antiphon.config.SettingType.Whole;
import java.util.List;

/**
 * The settings of recording, of the machine, of the page and of what is said: {@code record.*}, {@code live.*},
 * {@code page.*} and {@code log.*}. Each is declared once, in the order of the file.
 */
public final class RunSetting {
    private static final SettingRows ROWS = new SettingRows();

    /** Eight groups, or fewer with zeros left out once; without a scope. */
    private static final String IPV6 = "([0-9A-Fa-f]{1,4}:){7}[0-9A-Fa-f]{1,4}"
            + "|(?!:[^:])(?!.*[^:]:$)(?!.*::.*::)(?!.*:::)(?=.*::)([0-9A-Fa-f]{0,4}:){2,7}[0-9A-Fa-f]{0,4}";

    public static final Setting<String> RECORD_FOLDER = ROWS.fixed(
            "record.dir",
            SettingType.text("|\\s*\\S.*", "the path of a folder, or empty"),
            "",
            "The folder where every session is written as a journal and a MIDI file, relative to where the program is"
                    + " started. Empty: nothing is recorded.");

    public static final Setting<Boolean> REAL_TIME = ROWS.fixed(
            "live.real-time",
            new Switch(),
            true,
            "true runs the engine and the sender at real-time priority, just below JACK's own thread, so that other"
                    + " busy programs do not delay notes. Linux; where the system refuses, one line says what to do.");
    public static final Setting<Boolean> LOCK_MEMORY = ROWS.fixed(
            "live.lock-memory",
            new Switch(),
            true,
            "true keeps what the program uses in memory, so that no note ever waits for the disk. Linux, likewise.");
    public static final Setting<List<Integer>> CORES = ROWS.fixed(
            "live.cores",
            new NumberList(0, 1023),
            List.of(),
            "The processor cores that the engine and the sender stay on, such as [3]; not a core that something else"
                    + " keeps busy. Empty: any. Linux.");
    public static final Setting<Boolean> KEEP_AWAKE = ROWS.fixed(
            "live.keep-awake",
            new Switch(),
            true,
            "true keeps the processor's cores from sleeping while music goes on and ten seconds longer: a sleeping core"
                    + " wakes late. Costs power only then. Linux, where this user may write /dev/cpu_dma_latency;"
                    + " elsewhere nothing happens.");

    public static final Setting<String> PAGE_ADDRESS = ROWS.fixed(
            "page.address",
            SettingType.text(
                    "localhost|((25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)(\\.(?!$)|$)){4}|" + IPV6,
                    "localhost, or an IPv4 or IPv6 address of this machine, or 0.0.0.0 or :: for all that it has"),
            "127.0.0.1",
            "Where the page in the browser is served (antiphon without a command, or antiphon run --page). 127.0.0.1: only"
                    + " this machine can reach it. Anything else: tablets and other machines too, if they have the token"
                    + " (page.token). What goes over the network is not encrypted.");
    public static final Setting<String> PAGE_TOKEN = ROWS.fixed(
            "page.token",
            SettingType.text("|[A-Za-z0-9._~-]{16,128}", "16 to 128 letters, digits and . _ ~ -, or empty"),
            "",
            "What whoever is not on this machine must show to the page. Empty: one is drawn, printed with the address,"
                    + " and kept in page-token of the state folder (~/.local/state/antiphon).");
    public static final Setting<Long> PAGE_PORT = ROWS.fixed(
            "page.port",
            new Whole(0, 65_535),
            8_137L,
            "The port of the page; if it is taken, the next one that is free. 0: any that is free.");
    public static final Setting<Boolean> PAGE_OPEN = ROWS.fixed(
            "page.open",
            new Switch(),
            true,
            "true opens the page in the browser when the program starts, if there is a desktop.");

    public static final Setting<LogLevel> LOG_LEVEL = ROWS.fixed(
            "log.level",
            new Choice<>(LogLevel.class),
            LogLevel.INFO,
            "How much antiphon run says about itself: only that much, and what is graver.");
    public static final Setting<String> LOG_FILE = ROWS.fixed(
            "log.file",
            SettingType.text("|\\s*\\S.*", "the path of a file, or empty"),
            "",
            "A file for what antiphon run prints, with the time before each line, instead of the standard output; on a"
                    + " terminal as well as there. Empty: none, as where systemd keeps a journal.");
    public static final Setting<Long> LOG_MIB = ROWS.fixed(
            "log.max-mib",
            new Whole(1, 1_000),
            5L,
            "When that file would become larger than so many MiB, it is put aside with the ending .1, and a new one is"
                    + " begun.");
    public static final Setting<Long> LOG_KEEP = ROWS.fixed(
            "log.keep", new Whole(1, 100), 4L, "So many files that were put aside are kept, .1 being the newest.");

    /** All of them, in the order of the file. */
    static final List<Setting<?>> ALL = ROWS.all();

    private RunSetting() {}
}
