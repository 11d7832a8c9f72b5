package antiphon.midi.alsa;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import antiphon.HotPath;
import antiphon.midi.Deliveries;
import antiphon.midi.library.RawMemory;
import java.lang.foreign.Arena;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * The thread that receives: waits in poll(2), takes what has come, and hands each event to the input that it came in at,
 * with the time that the kernel wrote on it when it arrived.
 */
final class AlsaReader {
    /** Above what a desktop's programs use and below the kernel's own threads, as JACK's callback has it. */
    private static final int PRIORITY = 60;

    /** The system refused it. */
    static final int NO_PRIORITY = 0;

    private static final int UNKNOWN = -1;

    /** A port's number is less than this. */
    private static final int MAX_PORTS = 256;

    /** After these we look whether we are to end. */
    private static final int MAX_EVENTS = 4096;

    private static final Duration PATIENCE = Duration.ofMillis(200);
    private static final long STEP_NANOS = 200_000L;
    private static final long FAILURE_NANOS = 100_000_000L;

    private final long sequencer;
    private final QueueClock clock;
    private final IntPredicate raise;
    private final Runnable lost;
    private final WakeUp wakeUp = new WakeUp();
    private final long pollSet;
    private final long place;
    private final AtomicLong errors = new AtomicLong();
    private final AtomicLong overruns = new AtomicLong();
    private final Thread thread = new Thread(this::run, "antiphon-alsa");

    private final Deliveries deliveries = new Deliveries();

    /** By the number of the port; changed by a copy. */
    private volatile @Nullable AlsaInput[] inputs = new AlsaInput[MAX_PORTS];

    private volatile int priority = UNKNOWN;
    private volatile boolean started;
    private volatile boolean closed;

    /**
     * Makes a thread that does not run yet.
     *
     * @param raise gives the calling thread a real-time priority; false if it may not have one
     * @param lost told when events were lost, because they came faster than we took them. On this thread: must only wake
     *     somebody
     */
    AlsaReader(long sequencer, QueueClock clock, IntPredicate raise, Runnable lost, Arena arena) {
        this.sequencer = sequencer;
        this.clock = clock;
        this.raise = raise;
        this.lost = lost;
        pollSet = Alsa.pollSet(arena, sequencer, wakeUp.file()).address();
        place = arena.allocate(JAVA_LONG).address();
        thread.setDaemon(true);
    }

    /** Begins the thread, which takes nothing yet. Returns when it has the priority that it can have. */
    void begin() {
        thread.start();
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (priority == UNKNOWN && System.nanoTime() - deadline < 0) {
            LockSupport.parkNanos(STEP_NANOS);
        }
    }

    /** From now on the thread takes what comes. */
    void start() {
        started = true;
        LockSupport.unpark(thread);
    }

    /** {@link #NO_PRIORITY} if it may not have one. */
    int priority() {
        return priority;
    }

    /** Exceptions of receivers, and failures of the sequencer. Any thread. */
    long errors() {
        return errors.get();
    }

    /** Times at which events were lost. Any thread. */
    long overruns() {
        return overruns.get();
    }

    /** From now on the input receives. The owner's thread. */
    synchronized void add(AlsaInput input) {
        put(input.port(), input);
    }

    /** When this returns the input's receiver will not be called again, unless it hangs or is the caller. */
    synchronized void remove(AlsaInput input) {
        put(input.port(), null);
        deliveries.awaitEnd(thread);
    }

    private void put(int port, @Nullable AlsaInput input) {
        @Nullable AlsaInput[] copy = inputs.clone();
        copy[port] = input;
        inputs = copy;
    }

    private void run() {
        priority = raise.test(PRIORITY) ? PRIORITY : NO_PRIORITY;
        while (!started && !closed) {
            LockSupport.park(this);
        }
        while (!closed) {
            Alsa.poll(pollSet, 2, -1);
            deliveries.begin();
            boolean works = takeAll();
            deliveries.end();
            if (!works) {
                // Then poll does not wait either, and a real-time thread must not take a whole core.
                errors.incrementAndGet();
                LockSupport.parkNanos(FAILURE_NANOS);
            }
        }
    }

    /** Takes what has come; false if the sequencer failed. Also called to warm it up, before the thread runs. */
    @HotPath
    boolean takeAll() {
        for (int i = 0; i < MAX_EVENTS && !closed; i++) {
            int result = Alsa.input(sequencer, place);
            if (result == Alsa.NO_SPACE) {
                overruns.incrementAndGet();
                lost.run();
            } else if (result < 0) {
                return result == Alsa.TRY_AGAIN;
            } else {
                take(RawMemory.ALL.get(JAVA_LONG, place));
            }
        }
        return true;
    }

    @HotPath
    private void take(long event) {
        AlsaInput input = inputs[RawMemory.ALL.get(JAVA_BYTE, event + Alsa.DESTINATION_PORT) & 0xFF];
        if (input == null) {
            return;
        }
        long nowNanos = System.nanoTime();
        boolean stamped = (RawMemory.ALL.get(JAVA_BYTE, event + Alsa.FLAGS) & Alsa.FLAG_REAL_TIME) != 0;
        long nanos = stamped ? clock.inputNanos(QueueClock.read(event + Alsa.SECONDS), nowNanos) : nowNanos;
        try {
            input.take(event, nanos);
        } catch (RuntimeException failure) {
            // The thread must live: nobody else receives.
            errors.incrementAndGet();
        }
    }

    /** Ends the thread. */
    void close() {
        closed = true;
        LockSupport.unpark(thread);
        wakeUp.wake();
        try {
            if (thread.isAlive() && Thread.currentThread() != thread) {
                thread.join(PATIENCE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (!thread.isAlive()) {
            wakeUp.close();
        }
    }

    /** True if what the thread uses may be freed. */
    boolean hasEnded() {
        return !thread.isAlive();
    }
}
