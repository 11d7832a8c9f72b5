package antiphon.midi.rtp;

import antiphon.midi.Deliveries;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntPredicate;

/** The thread that receives: takes packets from both ports, hands them to the {@link Session}, and lets it keep its times. */
final class SessionThread {
    private static final int PRIORITY = 60;
    static final int NO_PRIORITY = 0;
    private static final int UNKNOWN = -1;

    /** After these we look whether something else is to be done. */
    private static final int MAX_PACKETS = 64;

    private static final int PACKET_BYTES = 1 << 16;
    private static final Duration PATIENCE = Duration.ofMillis(200);

    private final UdpPair ports;
    private final Session session;
    private final IntPredicate raise;
    private final Selector selector;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(PACKET_BYTES);
    private final byte[] packet = new byte[PACKET_BYTES];
    private final AtomicLong errors = new AtomicLong();

    private final Deliveries deliveries = new Deliveries();

    private final Thread thread = new Thread(this::run, "antiphon-rtp-in");
    private volatile int priority = UNKNOWN;
    private volatile boolean closed;

    SessionThread(UdpPair ports, Session session, IntPredicate raise) throws IOException {
        this.ports = ports;
        this.session = session;
        this.raise = raise;
        selector = Selector.open();
        ports.control().register(selector, SelectionKey.OP_READ);
        ports.data().register(selector, SelectionKey.OP_READ);
        thread.setDaemon(true);
    }

    /** Begins the thread. Returns when it has the priority that it can have. */
    void start() {
        thread.start();
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (priority == UNKNOWN && System.nanoTime() - deadline < 0) {
            Thread.onSpinWait();
        }
    }

    /** {@link #NO_PRIORITY} if it may not have one. */
    int priority() {
        return priority;
    }

    /** Exceptions, of which there should be none. Any thread. */
    long errors() {
        return errors.get();
    }

    /** Returns when what is being handed over now has been, unless it hangs or the caller is this thread. */
    void awaitEndOfTurn() {
        deliveries.awaitEnd(thread);
    }

    private void run() {
        priority = raise.test(PRIORITY) ? PRIORITY : NO_PRIORITY;
        while (!closed) {
            try {
                selector.select(key -> {}, session.restMillis());
                deliveries.begin();
                // Music first: its sender may say goodbye at once.
                takeAll(ports.data(), false);
                takeAll(ports.control(), true);
                session.keepTimes(System.nanoTime());
            } catch (ClosedChannelException end) {
                break;
            } catch (IOException | RuntimeException failure) {
                // The thread must live: nobody else receives.
                errors.incrementAndGet();
            } finally {
                deliveries.end();
            }
        }
        session.leave();
    }

    private void takeAll(DatagramChannel channel, boolean isControl) throws IOException {
        for (int i = 0; i < MAX_PACKETS; i++) {
            buffer.clear();
            InetSocketAddress from = (InetSocketAddress) channel.receive(buffer);
            if (from == null) {
                return;
            }
            int length = buffer.flip().remaining();
            buffer.get(packet, 0, length);
            session.take(isControl, from, packet, length, System.nanoTime());
        }
    }

    /** Leaves all sessions and ends the thread. */
    void close() {
        closed = true;
        selector.wakeup();
        try {
            thread.join(PATIENCE);
            selector.close();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (IOException closing) {
            // Nothing is lost.
        }
    }
}
