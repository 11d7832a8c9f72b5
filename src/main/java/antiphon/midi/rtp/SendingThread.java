package antiphon.midi.rtp;

import java.nio.channels.DatagramChannel;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntPredicate;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends what the outputs have when it is due, and packets that repair. Sleeps in between, and spins for the last part of the
 * way, which gives steady onsets.
 */
final class SendingThread {
    private static final Logger LOG = LoggerFactory.getLogger(SendingThread.class);

    /** As JACK's callback has it. */
    private static final int PRIORITY = 60;

    private static final long SPIN_NANOS = 80_000;
    private static final long LONGEST_NANOS = 500_000_000L;
    private static final Duration PATIENCE = Duration.ofMillis(200);

    private final DatagramChannel channel;
    private final long epochNanos;
    private final Supplier<Peer[]> peers;
    private final IntPredicate raise;
    private final List<RtpOutput> outputs = new CopyOnWriteArrayList<>();
    private final Post post = new Post();
    private final byte[] packet = new byte[Wire.MAX_PACKET_BYTES];
    private final Thread thread = new Thread(this::run, "antiphon-rtp-out");
    private volatile boolean parked;
    private volatile boolean closed;
    private volatile long errors;

    /** Rounds that are over. */
    private volatile long rounds;

    /**
     * Makes a thread that does not run yet.
     *
     * @param epochNanos when our session clock was zero
     * @param raise gives the calling thread a real-time priority; false if it may not have one
     */
    SendingThread(DatagramChannel channel, long epochNanos, Supplier<Peer[]> peers, IntPredicate raise) {
        this.channel = channel;
        this.epochNanos = epochNanos;
        this.peers = peers;
        this.raise = raise;
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    void add(RtpOutput output) {
        outputs.add(output);
    }

    void remove(RtpOutput output) {
        outputs.remove(output);
    }

    /** There is something to send. Any thread; waits for nothing. */
    void wake() {
        if (parked) {
            LockSupport.unpark(thread);
        }
    }

    /** Packets that the system did not take. Any thread. */
    long refused() {
        return post.refused();
    }

    /** Exceptions, of which there should be none. Any thread. */
    long errors() {
        return errors;
    }

    /** Waits until an output has nothing more to send, and what it had has left; false if that takes too long. */
    boolean awaitEmpty(RtpOutput output, long patienceNanos) {
        long deadline = System.nanoTime() + patienceNanos;
        while (!output.isEmpty() && thread.isAlive() && System.nanoTime() - deadline < 0) {
            LockSupport.parkNanos(SPIN_NANOS);
        }
        long round = rounds;
        while (rounds == round && thread.isAlive() && System.nanoTime() - deadline < 0) {
            wake();
            LockSupport.parkNanos(SPIN_NANOS);
        }
        return output.isEmpty();
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // This thread alone writes them.
    private void run() {
        if (!raise.test(PRIORITY)) {
            LOG.debug("rtp: the sending thread may not have a real-time priority.");
        }
        while (!closed) {
            long nextNanos = Long.MAX_VALUE;
            try {
                nextNanos = round();
            } catch (RuntimeException failure) {
                // The thread must live: nobody else sends.
                errors = errors + 1;
            }
            rounds = rounds + 1;
            await(nextNanos);
        }
    }

    /** Sends what is due; returns when to come again, if nobody wakes us. */
    private long round() {
        long now = System.nanoTime();
        long next = Long.MAX_VALUE;
        for (RtpOutput output : outputs) {
            pass(output, now);
            output.collect();
            while (output.firstDueNanos() - now <= 0) {
                long due = output.firstDueNanos();
                int message = output.takeFirst(now);
                if (message != 0) {
                    deliver(output.destinations(), message, due, now);
                }
            }
            next = earlier(next, output.firstDueNanos());
        }
        for (Peer peer : peers.get()) {
            if (!peer.out.isEmpty() || peer.out.guardNanos() - now <= 0) {
                finish(peer, now);
            }
            next = earlier(next, peer.out.guardNanos());
        }
        return next;
    }

    /** {@link Long#MAX_VALUE} is never: it is not compared by difference. */
    private static long earlier(long one, long other) {
        return one == Long.MAX_VALUE || (other != Long.MAX_VALUE && other - one < 0) ? other : one;
    }

    private void pass(RtpOutput output, long now) {
        Outbox passing = output.passing();
        while (passing.next()) {
            if (passing.length > 0) {
                for (Peer peer : output.destinations()) {
                    sendLong(peer, passing.bytes, passing.length, now);
                }
            } else {
                deliver(output.destinations(), passing.message, now, now);
            }
        }
    }

    private void deliver(Peer[] destinations, int message, long due, long now) {
        for (Peer peer : destinations) {
            if (peer.out.isFull()) {
                finish(peer, now);
            }
            peer.out.add(message, due);
        }
    }

    private void finish(Peer peer, long now) {
        int length = peer.out.finish(packet, now, epochNanos);
        post.send(channel, packet, length, peer.data);
    }

    private void sendLong(Peer peer, byte[] bytes, int length, long now) {
        if (!peer.out.isEmpty()) {
            finish(peer, now);
        }
        for (int from = 0; from < length; from += OutStream.SEGMENT_BYTES) {
            int packetLength = peer.out.finishSysex(packet, bytes, from, length, now, epochNanos);
            post.send(channel, packet, packetLength, peer.data);
        }
    }

    private void await(long nextNanos) {
        long now = System.nanoTime();
        long wait = nextNanos == Long.MAX_VALUE ? LONGEST_NANOS : nextNanos - now;
        if (wait > SPIN_NANOS) {
            parked = true;
            if (!hasNew() && !closed) {
                LockSupport.parkNanos(this, Math.min(wait - SPIN_NANOS, LONGEST_NANOS));
            }
            parked = false;
        } else {
            while (nextNanos - System.nanoTime() > 0 && !closed) {
                Thread.onSpinWait();
            }
        }
    }

    private boolean hasNew() {
        for (RtpOutput output : outputs) {
            if (output.hasNew()) {
                return true;
            }
        }
        return false;
    }

    /** Ends the thread. */
    void close() {
        closed = true;
        LockSupport.unpark(thread);
        try {
            thread.join(PATIENCE);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
