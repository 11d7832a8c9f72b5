package antiphon.midi.alsa;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import antiphon.HotPath;
import antiphon.midi.MidiException;
import antiphon.midi.library.CFunctions;
import java.lang.foreign.Arena;
import java.lang.invoke.MethodHandle;

/** Wakes a thread that waits in poll(2), by a file of the kernel's (eventfd(2)). Any thread. */
final class WakeUp implements AutoCloseable {
    private static final int NON_BLOCKING = 0x800;
    private static final MethodHandle EVENT_FILE = CFunctions.ofLibc("eventfd");
    private static final MethodHandle READ = CFunctions.ofLibc("read");
    private static final MethodHandle WRITE = CFunctions.ofLibc("write");
    private static final MethodHandle CLOSE = CFunctions.ofLibc("close");

    private final Arena arena = Arena.ofShared();
    private final long one = arena.allocateFrom(JAVA_LONG, 1).address();
    private final long count = arena.allocate(JAVA_LONG).address();
    private final int file;

    WakeUp() {
        file = (int) CFunctions.call(EVENT_FILE, 0, NON_BLOCKING);
        if (file < 0) {
            throw new MidiException("alsa: no file for waking a thread; one is needed. Raise the limit (ulimit -n).");
        }
    }

    /** The number of the file: it can be read from when the thread is to wake. */
    int file() {
        return file;
    }

    @HotPath
    void wake() {
        CFunctions.call(WRITE, file, one, Long.BYTES, 0);
    }

    /** The thread is awake, and may wait again. By one thread. */
    void clear() {
        CFunctions.call(READ, file, count, Long.BYTES, 0);
    }

    @Override
    public void close() {
        CFunctions.call(CLOSE, file, 0);
        arena.close();
    }
}
