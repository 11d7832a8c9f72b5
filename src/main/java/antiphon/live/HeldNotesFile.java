package antiphon.live;

import antiphon.HotPath;
import antiphon.music.Lasting;
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
 * The keys that sound and the {@link Lasting} controllers that are away from rest now, in a memory-mapped file: a byte
 * each, not 0 if it is. The operating system keeps it when the program is killed, so that the next start can end what
 * the last one left hanging. Written by the ledger's thread, without allocating; a cold one opens and closes the file.
 *
 * <p>Best kept in a folder that is in memory ({@code /run/user/…}): there a write never waits for a disk.
 */
final class HeldNotesFile implements HeldNotes, AutoCloseable {
    private static final int KEYS = Message.CHANNELS * Message.PITCHES;
    private static final int SIZE = KEYS + Lasting.COUNT * Message.CHANNELS;

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
     * The messages that end the notes which a killed program left, controllers first, one message each; then forgets
     * them. Call before anything is written.
     *
     * @return packed messages, empty if it left none
     */
    List<Integer> takeLeftOver() {
        List<Integer> messages = new ArrayList<>();
        for (int place = KEYS; place < SIZE; place++) {
            if (take(place)) {
                messages.add(Lasting.atRest((place - KEYS) / Message.CHANNELS, (place - KEYS) % Message.CHANNELS));
            }
        }
        for (int key = 0; key < KEYS; key++) {
            if (take(key)) {
                messages.add(Message.noteOff(key / Message.PITCHES, key % Message.PITCHES));
            }
        }
        return messages;
    }

    private boolean take(int place) {
        boolean was = bytes.get(place) != 0;
        bytes.put(place, (byte) 0);
        return was;
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
        put(midiChannel * Message.PITCHES + pitch, true);
    }

    @Override
    @HotPath
    public void ended(int midiChannel, int pitch) {
        put(midiChannel * Message.PITCHES + pitch, false);
    }

    @Override
    @HotPath
    public void moved(int lasting, int midiChannel, boolean away) {
        put(KEYS + lasting * Message.CHANNELS + midiChannel, away);
    }

    private void put(int place, boolean is) {
        bytes.put(place, (byte) (is ? 1 : 0));
    }
}
