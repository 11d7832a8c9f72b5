package antiphon.midi.alsa;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import antiphon.HotPath;
import antiphon.midi.library.RawMemory;
import antiphon.music.Message;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Makes events of messages and hands them to the kernel. One thread at a time; of a client's writers only one may send
 * system exclusive messages, because libasound keeps one buffer for these.
 */
final class AlsaWriter implements AutoCloseable {
    /** As the kernel's own bridges to devices cut them: a longer piece may find no room. */
    private static final int PIECE_BYTES = 256;

    private static final int CODER_BYTES = 16;
    private static final long AT_ONCE = -1;

    private final long sequencer;
    private final long coder = Alsa.newCoder(CODER_BYTES);
    private final long bytes;
    private final long event;
    private final long piece;

    /** @param arena must outlive this; may be used by several threads */
    AlsaWriter(long sequencer, Arena arena) {
        this.sequencer = sequencer;
        bytes = arena.allocate(Integer.BYTES).address();
        event = arena.allocate(Alsa.EVENT_BYTES, Long.BYTES).address();
        piece = arena.allocate(PIECE_BYTES).address();
    }

    /** From now on events leave by that port, for all that are connected to it. */
    void from(int port) {
        to(port, Alsa.SUBSCRIBERS, 0);
    }

    /** From now on events leave by that port for one other alone. */
    void to(int port, int client, int otherPort) {
        RawMemory.ALL.set(JAVA_BYTE, event + Alsa.SOURCE_PORT, (byte) port);
        RawMemory.ALL.set(JAVA_BYTE, event + Alsa.DESTINATION_CLIENT, (byte) client);
        RawMemory.ALL.set(JAVA_BYTE, event + Alsa.DESTINATION_PORT, (byte) otherPort);
    }

    /** Sends a message at once; false if the kernel did not take it. */
    @HotPath
    boolean send(int message) {
        return send(message, Alsa.NO_QUEUE, AT_ONCE);
    }

    /** Hands a message over that leaves when the queue's time is so; at once if it is that already. */
    @HotPath
    boolean send(int message, int queue, long queueNanos) {
        int length = Message.length(message);
        RawMemory.write(message, bytes);
        if (Alsa.encode(coder, bytes, length, event) != length) {
            return false;
        }
        RawMemory.ALL.set(JAVA_BYTE, event + Alsa.QUEUE, (byte) queue);
        RawMemory.ALL.set(JAVA_BYTE, event + Alsa.FLAGS, queueNanos == AT_ONCE ? 0 : (byte) Alsa.FLAG_REAL_TIME);
        QueueClock.write(Math.max(0, queueNanos), event + Alsa.SECONDS);
        return Alsa.output(sequencer, event) >= 0;
    }

    /** Sends a system exclusive message at once, in pieces; false if the kernel did not take one of them. */
    @HotPath
    boolean sendLong(byte[] message, int length) {
        RawMemory.ALL.set(JAVA_BYTE, event, (byte) Alsa.SYSTEM_EXCLUSIVE);
        RawMemory.ALL.set(JAVA_BYTE, event + Alsa.FLAGS, (byte) Alsa.FLAG_LONG);
        RawMemory.ALL.set(JAVA_BYTE, event + Alsa.QUEUE, (byte) Alsa.NO_QUEUE);
        for (int from = 0; from < length; from += PIECE_BYTES) {
            int count = Math.min(PIECE_BYTES, length - from);
            MemorySegment.copy(message, from, RawMemory.ALL, JAVA_BYTE, piece, count);
            RawMemory.ALL.set(JAVA_INT, event + Alsa.DATA, count);
            RawMemory.ALL.set(JAVA_LONG_UNALIGNED, event + Alsa.LONG_ADDRESS, piece);
            if (Alsa.output(sequencer, event) < 0) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void close() {
        Alsa.call("snd_midi_event_free", coder);
    }
}
