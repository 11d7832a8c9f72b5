package antiphon.live;

import antiphon.host.SystemThreads;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives the live threads what the system allows: real-time priority below the MIDI system's own thread, memory that is
 * never swapped out, and cores of their own. If the system refuses, one line says so and what to do, and the music goes
 * on.
 *
 * <p>The priorities, highest first: the MIDI system's callback, the JVM's own thread, the sender, the engine. The JVM's
 * thread is raised too because each of ours waits for it at a safepoint: at normal priority two busy neighbours can
 * keep it off the core for 50 ms. None of them ever spins for long: the kernel would stop them all for 50 ms.
 */
final class RealTime {
    private static final Logger LOG = LoggerFactory.getLogger(RealTime.class);

    /**
     * Used if the MIDI system has no real-time callback: below JACK's and the sound card's, above all ordinary threads.
     */
    private static final int STANDARD_PRIORITY = 41;

    /** How many priorities below the callback's we need: the JVM's, the sender's and the engine's. */
    private static final int PLACES = 3;

    private static final String OF_THE_JVM = "VM Thread";

    private final SystemThreads threads;
    private final Threads wishes;
    private final int callbackPriority;
    private final AtomicBoolean refused = new AtomicBoolean();

    /** @param callbackPriority see {@link antiphon.midi.MidiBackend#callbackPriority} */
    RealTime(SystemThreads threads, Threads wishes, int callbackPriority) {
        this.threads = threads;
        this.wishes = wishes;
        this.callbackPriority = callbackPriority == Integer.MAX_VALUE ? STANDARD_PRIORITY : callbackPriority;
    }

    /** Does what concerns the whole process. Before the threads start. */
    void begin() {
        if (wishes.lockMemory() && !threads.lockMemory()) {
            LOG.warn("live.lock-memory: the system refuses to keep us in memory; a limit \"memlock unlimited\" needed."
                    + " Add \"@audio - memlock unlimited\" to /etc/security/limits.d/audio.conf and log in again, or"
                    + " set live.lock-memory = false.");
        }
        if (raises()) {
            raised(threads.raise(OF_THE_JVM, callbackPriority - 1));
        } else if (wishes.realTime() && threads.areKnown()) {
            LOG.warn(
                    "live.real-time: the MIDI system's own thread has real-time priority {}; above {} needed."
                            + " Start JACK with -R -P 60, or set live.real-time = false.",
                    callbackPriority,
                    PLACES);
        }
    }

    /** On the sender's thread, first of all. */
    void beginSender() {
        begin(callbackPriority - 2);
    }

    /** On the engine's thread, first of all. */
    void beginEngine() {
        begin(callbackPriority - PLACES);
    }

    private void begin(int priority) {
        if (!wishes.cores().isEmpty() && !threads.pin(wishes.cores())) {
            LOG.warn(
                    "live.cores = {}: refused by the system; cores that this process may use needed: {}."
                            + " The threads run anywhere.",
                    wishes.cores(),
                    threads.cores());
        }
        if (raises()) {
            raised(threads.raise(priority));
        }
    }

    private boolean raises() {
        return wishes.realTime() && threads.areKnown() && callbackPriority > PLACES;
    }

    private void raised(boolean done) {
        if (!done && refused.compareAndSet(false, true)) {
            LOG.warn(
                    "live.real-time: the system refuses real-time priority {}; a limit \"rtprio\" of as much needed."
                            + " Add \"@audio - rtprio 95\" to /etc/security/limits.d/audio.conf, join the group audio and log"
                            + " in again, or set live.real-time = false. Other busy programs can now make answers late.",
                    callbackPriority - 1);
        }
    }
}
