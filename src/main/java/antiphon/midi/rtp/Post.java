package antiphon.midi.rtp;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;

/** Sends packets for one thread, by a buffer of its own. What the system does not take is lost, as on any network. */
final class Post {
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(Wire.MAX_PACKET_BYTES);
    private volatile long refused;

    /** Sends the first {@code length} bytes. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // One thread alone writes it.
    void send(DatagramChannel channel, byte[] packet, int length, InetSocketAddress to) {
        try {
            buffer.clear();
            buffer.put(packet, 0, length).flip();
            if (channel.send(buffer, to) == 0) {
                refused = refused + 1;
            }
        } catch (IOException | RuntimeException unreachable) {
            refused = refused + 1;
        }
    }

    /** Packets that the system did not take. Any thread. */
    long refused() {
        return refused;
    }
}
