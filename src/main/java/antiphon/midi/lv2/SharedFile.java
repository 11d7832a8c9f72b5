package antiphon.midi.lv2;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import antiphon.HotPath;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/**
 * The file that a plugin instance made, mapped. It stays mapped as long as anybody uses it, also when the plugin has gone, so
 * that no thread reads what is not there. Any thread.
 */
final class SharedFile {
    private static final VarHandle INT_AT = JAVA_INT.varHandle();
    private static final VarHandle LONG_AT = JAVA_LONG.varHandle();

    private final FileChannel channel;
    private final MemorySegment memory;

    private SharedFile(FileChannel channel, MemorySegment memory) {
        this.channel = channel;
        this.memory = memory;
    }

    /**
     * Maps the file of a plugin.
     *
     * @throws IOException if it cannot be read and written, or is no such file, or one of another version
     */
    static SharedFile open(Path path) throws IOException {
        FileChannel channel = FileChannel.open(
                path, Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS));
        try {
            if (channel.size() != Layout.END) {
                throw new IOException(path + " is of another version");
            }
            MemorySegment memory = channel.map(MapMode.READ_WRITE, 0, Layout.END, Arena.ofAuto());
            if (memory.get(JAVA_INT, Layout.MAGIC) != Layout.MAGIC_VALUE
                    || memory.get(JAVA_INT, Layout.VERSION) != Layout.VERSION_VALUE) {
                throw new IOException(path + " is of another version");
            }
            return new SharedFile(channel, memory);
        } catch (IOException failure) {
            channel.close();
            throw failure;
        }
    }

    /** True as long as the plugin holds the lock, which the kernel takes from it however its host ends. */
    boolean isLocked() {
        try (FileLock lock = channel.tryLock()) {
            return lock == null;
        } catch (IOException | OverlappingFileLockException unknown) {
            return channel.isOpen();
        }
    }

    /** Gives the file back; what is mapped stays until nobody uses it. */
    void close() {
        try {
            channel.close();
        } catch (IOException ignored) {
            // Nothing was written by it.
        }
    }

    MemorySegment memory() {
        return memory;
    }

    /** The name of the program that the plugin is in. */
    String host() {
        byte[] name = memory.asSlice(Layout.HOST, Layout.HOST_BYTES).toArray(JAVA_BYTE);
        int length = 0;
        while (length < name.length && name[length] != 0) {
            length++;
        }
        return new String(name, 0, length, java.nio.charset.StandardCharsets.UTF_8);
    }

    @HotPath
    int integer(long offset) {
        return (int) INT_AT.getAcquire(memory, offset);
    }

    @HotPath
    void integer(long offset, int value) {
        INT_AT.setVolatile(memory, offset, value);
    }

    @HotPath
    long number(long offset) {
        return (long) LONG_AT.getAcquire(memory, offset);
    }

    @HotPath
    void number(long offset, long value) {
        LONG_AT.setRelease(memory, offset, value);
    }

    @HotPath
    boolean replace(long offset, long expected, long value) {
        return LONG_AT.compareAndSet(memory, offset, expected, value);
    }
}
