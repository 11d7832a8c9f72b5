package antiphon.live;

import antiphon.host.Host;
import antiphon.improv.Improviser;
import antiphon.improv.Mode;
import antiphon.improv.Settings;
import antiphon.midi.MidiBackend;
import antiphon.midi.MidiBackend.Capability;
import antiphon.midi.MidiBackend.InputPort;
import antiphon.midi.MidiBackend.OutputPort;
import antiphon.midi.MidiBackend.PortObserver;
import antiphon.midi.PortInfo;
import antiphon.model.StackedLstm;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The live path on real ports, from start to close. Opened and closed by cold threads; what runs in between is drawn
 * in the package documentation.
 */
public final class LiveSession implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LiveSession.class);
    private static final long STOP_MILLIS = 50;

    /**
     * What to connect and how.
     *
     * @param sources ports to listen to; may be empty where the system has virtual ports
     * @param destinations ports to play on; likewise
     * @param thru copy the player's messages to the output
     * @param heldNotes where sounding notes are written down, or null for nowhere
     */
    public record Ports(List<PortInfo> sources, List<PortInfo> destinations, boolean thru, @Nullable Path heldNotes) {}

    /**
     * What the system is asked to do for the threads.
     *
     * @param realTime raise the engine and the player above everything ordinary
     * @param lockMemory keep what is used in memory
     * @param cores the engine and the player stay on these; empty: anywhere
     * @param keepAwake keep all cores from sleeping while music goes on
     */
    public record Threads(boolean realTime, boolean lockMemory, List<Integer> cores, boolean keepAwake) {
        /** Nothing. */
        public static final Threads ORDINARY = new Threads(false, false, List.of(), false);
    }

    private final MidiBackend backend;
    private final Ports ports;
    private final LiveClock nanoClock = new LiveClock();
    private final Meters meters = new Meters();
    private final InRing inRing = new InRing();
    private final OutRing outRing = new OutRing();
    private final CountDownLatch lost = new CountDownLatch(1);
    private final Improviser improviser;
    private final Thru thru;
    private final Player player;
    private final InputPort input;
    private final OutputPort output;
    private final @Nullable HeldNotesFile heldNotes;
    private final WorkLoop engineLoop;
    private final WorkLoop playerLoop;
    private final Watch watch;
    private final RealTime realTime;
    private volatile String lostReason = "";
    private volatile boolean ready;
    private boolean closed;
    /** Whoever closes second waits until the first is done: the shutdown hook must not outrun it. */
    private final ReentrantLock closing = new ReentrantLock();

    /** The same with {@link Threads#ORDINARY}. */
    public LiveSession(MidiBackend backend, StackedLstm model, Settings settings, long seed, Ports ports) {
        this(backend, model, settings, seed, ports, Threads.ORDINARY);
    }

    /**
     * Opens the ports; nothing flows before {@link #start}.
     *
     * @param backend taken over: closed with this
     * @throws antiphon.midi.MidiException if a port cannot be opened
     */
    public LiveSession(
            MidiBackend backend, StackedLstm model, Settings settings, long seed, Ports ports, Threads threads) {
        this.backend = backend;
        this.ports = ports;
        // A voice that sounds with the player's note must not wait for the lead that a planned answer can afford.
        boolean immediate = settings.mode() == Mode.HARMONY;
        Settings timely = settings.withLead(immediate ? backend.immediateNanos() : backend.leadNanos());
        improviser = new Improviser(model, timely, seed);
        WarmUp.run(model, timely, System::nanoTime);
        heldNotes = openHeldNotes(ports.heldNotes());
        output = backend.openOutput("out", ports.destinations());
        thru = new Thru(
                inRing,
                ports.thru() ? output : null,
                heldNotes == null ? HeldNotes.NOWHERE : heldNotes.thru(),
                meters,
                nanoClock);
        input = backend.openInput("in", ports.sources(), thru);
        Engine engine = new Engine(inRing, outRing, improviser, meters, nanoClock);
        player = newPlayer(timely, immediate);
        engine.begin();
        realTime = new RealTime(Host.threads(), threads, backend.callbackPriority());
        engineLoop = new WorkLoop(
                "antiphon-engine", inRing.parking(), engine::doWork, engine::hasWork, nanoClock, realTime::beginEngine);
        playerLoop = new WorkLoop(
                "antiphon-player",
                outRing.parking(),
                player::doWork,
                player::hasWork,
                nanoClock,
                realTime::beginPlayer);
        watch = new Watch(meters, backend::troubles, new KeepAwake(threads.keepAwake(), Host.threads(), meters));
    }

    private Player newPlayer(Settings timely, boolean immediate) {
        return new Player(
                outRing,
                output,
                backend.capabilities().contains(Capability.SCHEDULED_OUTPUT),
                timely.commitNanos(),
                immediate ? timely.leadNanos() : 0,
                heldNotes == null ? HeldNotes.NOWHERE : heldNotes.answers(),
                thru,
                meters,
                nanoClock);
    }

    private static @Nullable HeldNotesFile openHeldNotes(@Nullable Path path) {
        if (path == null) {
            return null;
        }
        try {
            HeldNotesFile file = HeldNotesFile.open(path);
            if (file == null) {
                LOG.warn("{}: in use by another antiphon. Notes of this one cannot be ended after a crash.", path);
            }
            return file;
        } catch (IOException failure) {
            LOG.warn("{}: cannot be written ({}). Notes cannot be ended after a crash.", path, failure.getMessage());
            return null;
        }
    }

    /** Lets music flow. What a killed predecessor left sounding is ended first. */
    public void start() {
        List<Integer> leftOver = heldNotes == null ? List.of() : heldNotes.takeLeftOver();
        realTime.begin();
        backend.observe(new Observer());
        backend.start();
        leftOver.forEach(message -> output.send(message, nanoClock.getAsLong()));
        if (!leftOver.isEmpty()) {
            LOG.info("ended {} notes and pedals that were left when antiphon last ended.", leftOver.size());
        }
        engineLoop.start();
        playerLoop.start();
        watch.start();
        ready = true;
    }

    /** Waits until the MIDI system is gone and says why. */
    public String awaitLoss() throws InterruptedException {
        lost.await();
        return lostReason;
    }

    long engineThreadId() {
        return engineLoop.threadId();
    }

    long playerThreadId() {
        return playerLoop.threadId();
    }

    /** What is counted and timed; readable at any time, also after closing. */
    public Meters meters() {
        return meters;
    }

    /** What it is and how it fares, now. Any thread. */
    public Status status(Status.Facts facts) {
        MidiBackend.Frames frames = backend.frames();
        return new Status(
                Status.SCHEMA,
                new Status.Program(
                        facts.version(),
                        facts.client(),
                        ProcessHandle.current().pid(),
                        Footprint.uptimeSeconds(),
                        ready && lost.getCount() > 0,
                        facts.mode(),
                        facts.seed()),
                new Status.Midi(
                        backend.name(),
                        input.fullName(),
                        output.fullName(),
                        ports.thru(),
                        frames.perSecond(),
                        frames.perPeriod()),
                facts.model(),
                meters.counts(backend.troubles(), output.lateCount(), answers(), notesAnswered(), player.heldNotes()),
                Footprint.now(),
                meters.figures(frames.perSecond()));
    }

    /** Answers begun so far. Approximate while running. */
    public long answers() {
        return improviser.answers();
    }

    /** Notes answered so far. Approximate while running. */
    public long notesAnswered() {
        return improviser.notesAnswered();
    }

    /** True while the answer has its turn. Approximate while running. */
    public boolean isAnswering() {
        return improviser.isAnswering();
    }

    /** The input as other programs see it. */
    public String inputName() {
        return input.fullName();
    }

    /** The output as other programs see it. */
    public String outputName() {
        return output.fullName();
    }

    /**
     * Stops listening, ends every note, lets what is due leave, and closes the ports. Takes less than 200 ms.
     * Closing twice does nothing.
     */
    @Override
    public void close() {
        closing.lock();
        try {
            if (!closed) {
                closed = true;
                silence();
            }
        } finally {
            closing.unlock();
        }
    }

    /** Our own notes first: an input whose driver hangs must not keep them sounding. */
    private void silence() {
        ready = false;
        try {
            engineLoop.stop(STOP_MILLIS);
            playerLoop.stop(STOP_MILLIS);
            // Both threads are gone: from here on the output is ours.
            player.finish();
            Thread closing =
                    Thread.ofPlatform().daemon().name("antiphon-close-input").start(input::close);
            closing.join(STOP_MILLIS);
            player.finish();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (Exception failure) {
            LOG.error("not all notes could be ended: {}", failure.toString());
        }
        watch.stop();
        backend.close();
        player.settle();
        closeHeldNotes();
    }

    private void closeHeldNotes() {
        if (heldNotes != null) {
            try {
                heldNotes.close();
            } catch (IOException failure) {
                LOG.debug("held notes: {}", failure.getMessage());
            }
        }
    }

    /** Watches the world outside, on the back end's cold thread. */
    private final class Observer implements PortObserver {
        private final Set<String> gone = new HashSet<>();

        @Override
        public void portsChanged() {
            List<PortInfo> now = backend.list();
            for (PortInfo source : ports.sources()) {
                if (hasGone(source, "midi.in", now)) {
                    inRing.publish(Slot.INPUT_LOST, 0, nanoClock.getAsLong());
                }
            }
            for (PortInfo destination : ports.destinations()) {
                hasGone(destination, "midi.out", now);
            }
        }

        /** True once, when a peer goes; when it comes back it is connected again. */
        private boolean hasGone(PortInfo peer, String where, List<PortInfo> now) {
            String key = where + " \"" + peer.name() + "\"";
            boolean there = peer.isAmong(now);
            if (!there && gone.add(key)) {
                LOG.warn("{}: gone. What it held was ended; it is connected again when it returns.", key);
                return true;
            }
            if (there && gone.remove(key)) {
                backend.reconnect(peer);
                LOG.warn("{}: back.", key);
            }
            return false;
        }

        @Override
        public void systemLost(String reason) {
            lostReason = reason;
            lost.countDown();
        }
    }
}
