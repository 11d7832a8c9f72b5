package antiphon.host;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Who started us as a service and wants to know how we are: systemd, by the protocol of sd_notify(3) and
 * sd_watchdog_enabled(3). A message is one datagram of lines {@code NAME=VALUE} to the Unix socket that the environment
 * names; Java has no such sockets, so the C library sends it. Linux. Cold code, any thread.
 */
public final class Supervisor {
    private static final int UNIX = 1;
    private static final int DATAGRAM = 2;
    private static final int CLOSE_ON_EXEC = 0x80000;
    /** Neither a signal nor a wait: the end of the notes must not wait for whoever should read this. */
    private static final int AT_ONCE = 0x4000 | 0x40;

    /** Of sun_path; sun_family stands before it. */
    private static final int LONGEST_PATH = 108;

    private static final long NANOS_PER_MICRO = 1_000;

    /** Empty: nobody wants to know. */
    private final String socket;

    private final long watchdogNanos;

    private Supervisor(String socket, long watchdogNanos) {
        this.socket = socket;
        this.watchdogNanos = watchdogNanos;
    }

    /** The one that this process has; it may be nobody. */
    public static Supervisor ofThisProcess() {
        return of(System.getenv(), ProcessHandle.current().pid());
    }

    /** The one of a process with such an environment. A socket of a kind that we do not know counts as none. */
    public static Supervisor of(Map<String, String> environment, long pid) {
        String socket = environment.getOrDefault("NOTIFY_SOCKET", "");
        boolean known = socket.startsWith("/") || (socket.startsWith("@") && socket.length() > 1);
        if (!known || !Host.threads().areKnown()) {
            return new Supervisor("", 0);
        }
        String watched = environment.getOrDefault("WATCHDOG_PID", "");
        boolean ours = watched.isEmpty() || watched.equals(Long.toString(pid));
        return new Supervisor(
                socket, ours ? micros(environment.getOrDefault("WATCHDOG_USEC", "")) * NANOS_PER_MICRO : 0);
    }

    private static long micros(String text) {
        try {
            return Math.max(0, Math.min(Long.parseLong(text), Long.MAX_VALUE / NANOS_PER_MICRO));
        } catch (NumberFormatException none) {
            return 0;
        }
    }

    /** Whether anybody wants to know. */
    public boolean isThere() {
        return !socket.isEmpty();
    }

    /** How long {@code WATCHDOG=1} may stay away before we count as hanging; 0: nobody watches. */
    public long watchdogNanos() {
        return watchdogNanos;
    }

    /**
     * Tells it something; nothing where there is none.
     *
     * @param lines such as {@code READY=1}
     * @return false if nobody took it
     */
    public boolean tell(String... lines) {
        byte[] path = socket.getBytes(StandardCharsets.UTF_8);
        if (path.length == 0 || path.length >= LONGEST_PATH) {
            return false;
        }
        byte[] text = String.join("\n", lines).getBytes(StandardCharsets.UTF_8);
        int file = LibC.call("socket", UNIX, DATAGRAM | CLOSE_ON_EXEC, 0, 0);
        if (file < 0) {
            return false;
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment message = arena.allocateFrom(JAVA_BYTE, text);
            MemorySegment address = address(path, arena);
            return LibC.call("connect", file, address.address(), address.byteSize(), 0) == 0
                    && LibC.call("send", file, message.address(), text.length, AT_ONCE) == text.length;
        } finally {
            LibC.call("close", file, 0, 0, 0);
        }
    }

    /** Of an abstract socket, whose name begins with @ for people and with 0 for the system, it has no 0 at the end. */
    private static MemorySegment address(byte[] path, Arena arena) {
        boolean isAbstract = path[0] == '@';
        MemorySegment address = arena.allocate(Short.BYTES + path.length + (isAbstract ? 0L : 1L), Short.BYTES);
        address.set(JAVA_SHORT, 0, (short) UNIX);
        MemorySegment.copy(path, 0, address, JAVA_BYTE, Short.BYTES, path.length);
        if (isAbstract) {
            address.set(JAVA_BYTE, Short.BYTES, (byte) 0);
        }
        return address;
    }
}
