package antiphon.midi.lv2;

import antiphon.HotPath;
import antiphon.midi.MidiException;
import antiphon.midi.library.CFunctions;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * Waits until a plugin rings: a futex in the memory that is shared, which costs the plugin one system call, and only while
 * we sleep. The reading thread.
 */
final class Bell {
    private static final int FUTEX_WAIT = 0;
    private static final long MAX_NANOS = 999_999_999L;

    private final MethodHandle systemCall;
    private final long futex;
    private final MemorySegment patience;

    /** @throws MidiException if this is not Linux, or a machine of another kind */
    Bell(Arena arena) {
        futex = number(System.getProperty("os.name", ""), System.getProperty("os.arch", ""));
        // syscall(2) is declared with a variable number of arguments, but takes them in registers like any other.
        systemCall = CFunctions.ofLibc("syscall");
        patience = arena.allocate(2 * Long.BYTES, Long.BYTES);
    }

    /** Of the system call. */
    private static long number(String system, String machine) {
        if (system.equals("Linux") && machine.equals("amd64")) {
            return 202;
        }
        if (system.equals("Linux") && machine.equals("aarch64")) {
            return 98;
        }
        throw new MidiException("lv2: not on " + system + " " + machine
                + "; Linux on amd64 or aarch64 needed. Use another --backend, such as jack.");
    }

    /**
     * Waits, unless it has rung since.
     *
     * @param rung how often it had, {@link Layout#BELL}
     * @param nanos at most, below a second
     */
    @HotPath
    void await(SharedFile file, int rung, long nanos) {
        patience.set(ValueLayout.JAVA_LONG, Long.BYTES, Math.clamp(nanos, 0, MAX_NANOS));
        CFunctions.call(systemCall, futex, file.memory().address() + Layout.BELL, FUTEX_WAIT, rung, patience.address());
    }
}
