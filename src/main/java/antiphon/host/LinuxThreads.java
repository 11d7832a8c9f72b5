package antiphon.host;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Linux, by glibc's wrappers of its system calls (man 7 sched, man 2 mlockall); threads by {@code /proc/self/task}. */
final class LinuxThreads implements SystemThreads {
    private static final int FIRST_IN_FIRST_OUT = 1;
    private static final int RESET_ON_FORK = 0x40000000;

    /** Current and future pages, each when it is touched: what is only reserved, such as a heap, costs nothing. */
    private static final int LOCK_WHAT_IS_TOUCHED = 1 | 2 | 4;

    private static final int SET_NAME = 15;
    private static final int LONGEST_NAME = 15;
    private static final int MAX_CORES = 1024;
    private static final Path LATENCY = Path.of("/dev/cpu_dma_latency");
    private static final Path TASKS = Path.of("/proc/self/task");

    private static int call(String name, long first, long second, long third) {
        return LibC.call(name, first, second, third, 0);
    }

    private @Nullable FileChannel latency;

    @Override
    public boolean areKnown() {
        return true;
    }

    @Override
    public boolean raise(int priority) {
        return raise(0, priority);
    }

    private static boolean raise(int thread, int priority) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment parameter = arena.allocateFrom(JAVA_INT, priority);
            return call("sched_setscheduler", thread, FIRST_IN_FIRST_OUT | RESET_ON_FORK, parameter.address()) == 0;
        }
    }

    @Override
    public boolean raise(String name, int priority) {
        OptionalInt thread = find(name);
        return thread.isPresent() && raise(thread.getAsInt(), priority);
    }

    /** Empty if there is no thread of that name. */
    static OptionalInt find(String name) {
        String shown = name.substring(0, Math.min(name.length(), LONGEST_NAME));
        try (DirectoryStream<Path> tasks = Files.newDirectoryStream(TASKS)) {
            for (Path task : tasks) {
                Path comm = task.resolve("comm");
                if (Files.exists(comm) && Files.readString(comm).strip().equals(shown)) {
                    return OptionalInt.of(Integer.parseInt(task.getFileName().toString()));
                }
            }
        } catch (IOException ended) {
            // This thread ended while we looked; it is none of ours.
        }
        return OptionalInt.empty();
    }

    @Override
    public boolean pin(List<Integer> cores) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment mask = arena.allocate(MAX_CORES / Byte.SIZE, Long.BYTES);
            for (int core : cores) {
                int word = core / Long.SIZE;
                mask.setAtIndex(JAVA_LONG, word, mask.getAtIndex(JAVA_LONG, word) | 1L << core % Long.SIZE);
            }
            return call("sched_setaffinity", 0, mask.byteSize(), mask.address()) == 0;
        }
    }

    @Override
    public List<Integer> cores() {
        try {
            for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
                if (line.startsWith("Cpus_allowed_list:")) {
                    return ranges(line.substring(line.indexOf(':') + 1).strip());
                }
            }
        } catch (IOException noProc) {
            // Then the answer is: unknown.
        }
        return List.of();
    }

    /** Numbers written as {@code 0-3,8}. */
    static List<Integer> ranges(String text) {
        List<Integer> numbers = new ArrayList<>();
        for (String range : text.split(",", -1)) {
            String[] ends = range.split("-", -1);
            for (int i = Integer.parseInt(ends[0]); i <= Integer.parseInt(ends[ends.length - 1]); i++) {
                numbers.add(i);
            }
        }
        return List.copyOf(numbers);
    }

    @Override
    public boolean lockMemory() {
        return call("mlockall", LOCK_WHAT_IS_TOUCHED, 0, 0) == 0;
    }

    /**
     * As long as we hold the file open with a latency of 0 in it, the kernel chooses no sleep that takes time to end
     * (docs.kernel.org/power/pm_qos_interface.html); it ends this by itself when our process ends.
     */
    @Override
    public boolean keepAwake(boolean on) {
        try {
            if (latency != null) {
                latency.close();
                latency = null;
            }
            if (on) {
                latency = FileChannel.open(LATENCY, StandardOpenOption.WRITE);
                latency.write(ByteBuffer.allocate(Integer.BYTES));
            }
            return true;
        } catch (IOException refused) {
            return false;
        }
    }

    /** By proc(5): a thread's file is found below its number, but not in the list of its process. */
    @Override
    public boolean slacken(String name, long nanos) {
        OptionalInt thread = find(name);
        try {
            if (thread.isPresent()) {
                Files.writeString(slack(thread.getAsInt()), Long.toString(nanos));
            }
            return thread.isPresent();
        } catch (IOException refused) {
            return false;
        }
    }

    static Path slack(int thread) {
        return Path.of("/proc/" + thread + "/timerslack_ns");
    }

    @Override
    public void name(String name) {
        try (Arena arena = Arena.ofConfined()) {
            call("prctl", SET_NAME, arena.allocateFrom(name).address(), 0);
        }
    }
}
