package antiphon.live;

import antiphon.HotPath;
import antiphon.music.Message;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The notes and pedals that are down now, in a memory-mapped file: a byte each, how often it was begun. The operating
 * system keeps it when the program is killed, so that the next start can end what the last one left hanging. Written
 * by the ledger's thread, without allocating; a cold one opens and closes the file.
 *
 * <p>Best kept in a folder that is in memory ({@code /run/user/…}): there a write never waits for a disk.
 */
final class HeldNotesFile implements HeldNotes, AutoCloseable {
    private static final int KEYS = Message.CHANNELS * Message.PITCHES;
    private static final int SIZE = KEYS + Message.CHANNELS;
    private static final int MAX_COUNT = 255;

    private final @Nullable FileChannel channel;
    private final ByteBuffer bytes;

    private HeldNotesFile(@Nullable FileChannel channel, ByteBuffer bytes) {
        this.channel = channel;
        this.bytes = bytes;
    }

    /**
     * Opens or creates the file.
     *
     * @return null if another running program has it open: the notes in it are that program's
     * @throws IOException if the file cannot be made
     */
    static @Nullable HeldNotesFile open(Path path) throws IOException {
        Path folder = path.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        FileChannel channel =
                FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        if (!lock(channel)) {
            channel.close();
            return null;
        }
        return new HeldNotesFile(channel, channel.map(FileChannel.MapMode.READ_WRITE, 0, SIZE));
    }

    /** Not in a file, but written by the same code: for the warm-up. */
    static HeldNotesFile inMemory() {
        return new HeldNotesFile(null, ByteBuffer.allocateDirect(SIZE));
    }

    /** Held until the channel is closed or the process dies. */
    private static boolean lock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException ofThisProcess) {
            return false;
        }
    }

    /**
     * The messages that end the notes which a killed program left, pedals first; then forgets them. Call before
     * anything is written.
     *
     * @return packed messages, empty if it left none
     */
    List<Integer> takeLeftOver() {
        List<Integer> messages = new ArrayList<>();
        for (int midiChannel = 0; midiChannel < Message.CHANNELS; midiChannel++) {
            if (take(KEYS + midiChannel) > 0) {
                messages.add(Message.control(midiChannel, Message.SUSTAIN_PEDAL, 0));
            }
        }
        for (int key = 0; key < KEYS; key++) {
            for (int count = take(key); count > 0; count--) {
                messages.add(Message.noteOff(key / Message.PITCHES, key % Message.PITCHES));
            }
        }
        return messages;
    }

    private int take(int place) {
        int count = bytes.get(place) & MAX_COUNT;
        bytes.put(place, (byte) 0);
        return count;
    }

    @Override
    public void close() throws IOException {
        if (channel != null) {
            channel.close();
        }
    }

    @Override
    @HotPath
    public void began(int midiChannel, int pitch) {
        add(midiChannel, pitch, 1);
    }

    @Override
    @HotPath
    public void ended(int midiChannel, int pitch) {
        add(midiChannel, pitch, -1);
    }

    @Override
    @HotPath
    public void pedal(int midiChannel, boolean down) {
        bytes.put(KEYS + midiChannel, (byte) (down ? 1 : 0));
    }

    private void add(int midiChannel, int pitch, int change) {
        int place = midiChannel * Message.PITCHES + pitch;
        int count = (bytes.get(place) & MAX_COUNT) + change;
        bytes.put(place, (byte) Math.max(0, Math.min(count, MAX_COUNT)));
    }
}
