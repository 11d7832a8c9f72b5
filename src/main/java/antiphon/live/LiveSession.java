package antiphon.live;

import antiphon.host.Host;
import antiphon.improv.Control;
import antiphon.improv.Mode;
import antiphon.improv.Settings;
import antiphon.midi.MidiBackend;
import antiphon.midi.MidiBackend.Capability;
import antiphon.midi.MidiBackend.OutputPort;
import antiphon.model.NeuralCache;
import antiphon.model.StackedLstm;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A {@link LivePath} on real ports, from start to close. Opened and closed by cold threads; what runs in between is
 * drawn in the package documentation.
 */
public final class LiveSession implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LiveSession.class);
    /** Ports that can be listened to at once. */
    public static final int MAX_INPUTS = LivePath.Setup.MAX_INPUTS;

    private static final long STOP_MILLIS = 50;
    private static final long LOOK_MILLIS = 100;
    private static final int MAX_TRIES = 20;
    private static final long RETRY_NANOS = 1_000_000L;

    private final MidiBackend backend;
    private final Ports ports;
    private final Settings settings;
    private final long seed;
    private final LiveClock nanoClock = new LiveClock();
    private final Meters meters = new Meters();
    private final Tap tap = new Tap();
    private final CountDownLatch lost = new CountDownLatch(1);
    private final LivePath path;
    private final Inputs inputs;
    private final @Nullable Keyboard keyboard;
    private final Outputs outputs;
    private final Peers peers;
    private final @Nullable HeldNotesFile heldNotes;
    private final List<AgentRunner> runners = new ArrayList<>();
    private final Watch watch;
    private final RealTime realTime;
    private volatile String lostReason = "";
    private final Handover handover;
    private volatile boolean ready;

    /** The MIDI system is gone. */
    private volatile boolean away;

    private @Nullable Journal journal;
    private boolean closed;

    /** Who closes second waits for the first: the shutdown hook must not end before the notes have ended. */
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
        this.seed = seed;
        this.settings = settings.withTiming(backend.leadNanos(), backend.immediateNanos(), backend.thruNanos())
                .withOffset(ports.slowestNanos());
        WarmUp.run(model, this.settings, System::nanoTime);
        heldNotes = HeldNotesFile.openOrWarn(ports.heldNotes(), backend.name());
        outputs = new Outputs(backend, ports, heldNotes);
        int maxInputs = ports.maxInputs(backend.capabilities().contains(Capability.VIRTUAL_PORTS));
        int receivers = ports.keyboard() ? maxInputs + 1 : maxInputs;
        LivePath.Setup setup = new LivePath.Setup(
                outputs.outs(),
                backend.capabilities().contains(Capability.SCHEDULED_OUTPUT),
                receivers,
                ports.thru(),
                Routing.of(ports.wiring(), receivers));
        path = new LivePath(setup, model, this.settings, seed, tap, meters, nanoClock);
        handover = new Handover(path, this.settings, nanoClock);
        if (ports.breakLoops()) {
            path.guardAgainstLoops();
        }
        keyboard = ports.keyboard() ? new Keyboard(path.hearingOnly(maxInputs), maxInputs, nanoClock) : null;
        inputs = new Inputs(backend, path, ports.inputs(), maxInputs);
        peers = new Peers(backend, ports, inputNames(), outputs.names(), new Owner(), nanoClock);
        backend.follow(path.hostClock());
        realTime = new RealTime(Host.threads(), threads, backend.callbackPriority());
        runners.add(new AgentRunner(
                path.engineAgent(), path.engineParking(), nanoClock, realTime::beginEngine, meters.failures));
        for (Agent sender : path.senderAgents()) {
            Parking parking = path.senderParking(runners.size() - 1);
            runners.add(new AgentRunner(sender, parking, nanoClock, realTime::beginSender, meters.failures));
        }
        watch = newWatch(threads);
    }

    private Watch newWatch(Threads threads) {
        return new Watch(
                meters,
                backend::troubles,
                () -> path.loops(inputNames()),
                heldNotes == null ? () -> {} : heldNotes::repair,
                this::droppedLateNotes,
                path.sensing(this::inputNames)::look,
                new KeepAwake(threads.keepAwake(), Host.threads(), meters));
    }

    /** Begins to play. Notes that a killed program left sounding are ended first. */
    public void start() {
        if (heldNotes != null) {
            peers.restore(heldNotes.leftOver());
        }
        realTime.begin();
        // First: looking at the connections may take some periods.
        backend.observe(new Period(backend::thruNanos, path.controls()));
        backend.observe(peers);
        backend.start();
        peers.begin();
        path.begin();
        if (journal != null) {
            journal.start();
        }
        runners.forEach(AgentRunner::start);
        watch.start();
        ready = true;
    }

    /**
     * Writes everything down that a replay needs. Before {@link #start}.
     *
     * @param version of the build
     * @param created now, for people
     * @param network names the network that plays; called on a cold thread, because computing the checksum takes time
     * @param file to write to, or null to keep only the last minutes, in memory
     */
    public void record(String version, String created, Supplier<JournalHeader.Network> network, @Nullable Path file) {
        Supplier<JournalHeader> header = () -> new JournalHeader(
                JournalHeader.SCHEMA,
                version,
                created,
                network.get(),
                StackedLstm.fuses(),
                seed,
                settings,
                keyboard == null ? inputs.allNames() : keyboard.nameAfter(inputs.allNames()),
                ports.thru(),
                true);
        journal = new Journal(tap, header, file).beginsWith(memory().kept());
    }

    /** What is written down; null if nothing is. */
    public @Nullable Journal journal() {
        return journal;
    }

    /** Waits until the MIDI system is gone and says why. */
    public String awaitLoss() throws InterruptedException {
        lost.await();
        return lostReason;
    }

    /** Whether the live threads still work. Each call's answer is for one cold thread. */
    public Progress progress() {
        return new Progress(runners, meters.failures);
    }

    /** From now on other rules hold for what goes where, at the same ports. False if the in ring is full: nothing changes. */
    public boolean route(Wiring wiring) {
        return path.route(Routing.of(wiring, outputs.names().size(), path.inputs()));
    }

    /** What is counted and timed; readable at any time, also after closing. */
    public Meters meters() {
        return meters;
    }

    /** What can be changed while playing. */
    public Controls controls() {
        return path.controls();
    }

    /** What happens, for any number of readers. */
    public Tap tap() {
        return tap;
    }

    /**
     * Plays on with another network: feeds it what was heard and played in the last minutes, and hands it over; it takes
     * over at the next rest. On the caller's thread, a cold one, for some tenths of a second.
     *
     * @param name what the journal is to call it
     * @return false if the in ring is full: the old one plays on
     * @throws antiphon.model.ModelException if the network was made for another vocabulary: the old one plays on
     */
    public boolean succeed(StackedLstm model, JournalHeader.Network name) {
        return handover.succeed(model, name, journal);
    }

    /** The memory of motifs of the network that plays. Before {@link #record}, and when the session is closed. */
    public NeuralCache memory() {
        return path.improviser().mind().cache();
    }

    /** True from {@link #start} until the session is closed, unless the MIDI system is gone just then. */
    public boolean isReady() {
        return ready && !away;
    }

    /** The mode that is set now. */
    public Mode mode() {
        return Mode.of((int) controls().value(Control.MODE));
    }

    /** Where notes come from and go to. */
    public MidiBackend backend() {
        return backend;
    }

    /** Whom it listens to and plays on, and may. */
    public Connections connections() {
        return peers.connections();
    }

    /** What a change of ports and connections means to the path. */
    private final class Owner implements PeersOwner {
        @Override
        public void lose(int input) {
            path.lose(input);
        }

        @Override
        public int[] ends(int output, boolean held) {
            return path.ends(output, held);
        }

        @Override
        public String openInput() {
            return inputs.openAnother();
        }

        @Override
        public void connected(Set<String> sources, List<Set<String>> receivers, List<Set<String>> owed) {
            outputs.connected(sources, receivers, owed);
        }

        @Override
        public void lost(String reason) {
            away = true;
            if (ports.waits()) {
                LOG.warn("{} Waiting for it.", reason);
            } else {
                lostReason = reason;
                lost.countDown();
            }
        }

        @Override
        public void back() {
            away = false;
            LOG.warn("{}: the server is back.", backend.name());
        }
    }

    /** Messages that left after they were due, by the back end's own reckoning. */
    public long lateCount() {
        return outputs.sum(OutputPort::lateCount);
    }

    /** Notes of the answers that were late by {@link antiphon.music.Lateness} and played. */
    public long lateNotes() {
        return meters.lateNotes.get() + outputs.sum(OutputPort::lateNotes);
    }

    /** Notes of the answers that were too late and not played. Approximate while running. */
    public long droppedLateNotes() {
        return path.ensemble().notesDropped()
                + meters.droppedLateNotes.get()
                + outputs.sum(OutputPort::droppedLateNotes);
    }

    /** Notes of the answers that sound now. Approximate while running. */
    public int heldNotes() {
        return path.heldAnswers();
    }

    /** Answers begun so far. Approximate while running. */
    public long answers() {
        return path.ensemble().answers();
    }

    /** Notes answered so far. Approximate while running. */
    public long notesAnswered() {
        return path.ensemble().notesAnswered();
    }

    /** What the first part hears just now. Approximate while running. */
    public Hearing hearing() {
        return Hearing.of(path.improviser(), path.loops(inputNames()).keySet(), nanoClock.getAsLong());
    }

    /** Keys that belong to no port; null if there are none. */
    public @Nullable Keyboard keyboard() {
        return keyboard;
    }

    /** What the first part makes of the human's playing. Approximate while running. */
    public Understanding understanding() {
        return Understanding.of(path.improviser().listener());
    }

    /** The inputs as other programs see them. */
    public List<String> inputNames() {
        return inputs.names();
    }

    /** The outputs as other programs see them. */
    public List<String> outputNames() {
        return outputs.names();
    }

    /**
     * Stops listening, ends every note, lets what is due leave, and closes the ports. Takes less than 200 ms, and
     * longer only if a journal waits for its disk. Closing twice does nothing.
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

    /** Ends the notes before the inputs are closed: an input whose driver hangs must not keep notes sounding. */
    private void silence() {
        ready = false;
        try {
            for (AgentRunner runner : runners) {
                runner.stop(STOP_MILLIS);
            }
            // The threads are gone: from here on only this thread uses the path.
            path.finish();
            lookOnceMore();
            Thread closing =
                    Thread.ofPlatform().daemon().name("antiphon-close-input").start(inputs::close);
            closing.join(STOP_MILLIS);
            for (int tries = 0; !path.finish() && tries < MAX_TRIES; tries++) {
                LockSupport.parkNanos(RETRY_NANOS);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (Exception failure) {
            LOG.error("not all notes could be ended: {}", failure.toString());
        }
        watch.stop();
        backend.close();
        if (backend.hasSentAll()) {
            // Otherwise the file still says what sounds, and the next start ends it.
            path.settle();
        }
        outputs.close(path, peers.owes());
        if (journal != null) {
            journal.stop();
        }
    }

    /** A receiver that lost its connection a moment ago is still told what ends. The system may hang. */
    private void lookOnceMore() throws InterruptedException {
        Thread.ofPlatform()
                .daemon()
                .name("antiphon-last-look")
                .start(peers::look)
                .join(LOOK_MILLIS);
    }
}
