package antiphon.live;

import antiphon.improv.Control;
import antiphon.improv.Ensemble;
import antiphon.improv.Improviser;
import antiphon.improv.Part;
import antiphon.improv.Plan;
import antiphon.improv.Settings;
import antiphon.improv.Successors;
import antiphon.improv.Thought;
import antiphon.improv.part.Parts;
import antiphon.midi.MidiBackend.OutputPort;
import antiphon.midi.MidiBackend.Transport;
import antiphon.midi.MidiReceiver;
import antiphon.model.StackedLstm;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The way from the inputs' messages to the output port, put together only here. A session on real ports, a rehearsal, a
 * replay, the warm-up, the bench and the tests drive the same assembly; only the clock, the ports, and who calls the
 * agents differ.
 */
public final class LivePath {
    /** Steps after which a damaged journal is not believed any more. */
    private static final long MAX_THOUGHTS = (long) Settings.MAX_CANDIDATES * 2 * Plan.CAPACITY;

    /**
     * How long after it is due a message has certainly left the port, on a busy machine too. Until then its key stays written
     * down: if we are killed just then, its end is sent twice, which harms nobody.
     */
    private static final long LEAVING_NANOS = 100_000_000L;

    private static final int MAX_TRIES = 1_000;
    private static final long RETRY_NANOS = 1_000_000L;

    private final InRing inRing = new InRing();
    private final List<OutRing> outRings = new ArrayList<>();
    private final List<Thru> thrus = new ArrayList<>();
    private final Ensemble ensemble;
    private final List<NoteLedger> ledgers = new ArrayList<>();
    private final Controls controls;
    private final Tap tap;
    private final Engine engine;
    private final List<Sender> senders = new ArrayList<>();
    private final Meters meters;
    private final LongSupplier nanoClock;

    /**
     * What a path is made of.
     *
     * @param outs where everything leaves
     * @param schedules the outputs send when due by themselves
     * @param inputs how many inputs there are, at most {@value #MAX_INPUTS}
     * @param thru copy what they bring to the first output, for now
     * @param routing what goes to which output, for now
     */
    record Setup(List<Out> outs, boolean schedules, int inputs, boolean thru, Routing routing) {
        static final int MAX_INPUTS = 16;

        Setup {
            outs = List.copyOf(outs);
        }

        /** One output, which gets everything. */
        Setup(OutputPort output, boolean schedules, int inputs, boolean thru, HeldNotes heldNotes) {
            this(List.of(new Out(output, 0, heldNotes)), schedules, inputs, thru, Routing.of(Wiring.PLAIN, inputs));
        }

        /** One input, no thru, nothing written down. */
        static Setup of(OutputPort output, boolean schedules) {
            return new Setup(output, schedules, 1, false, HeldNotes.NOWHERE);
        }
    }

    /**
     * One of our outputs.
     *
     * @param quickerNanos how much less than by the settings' offset a message leaves earlier than it is heard
     * @param heldNotes where is written down what sounds there
     */
    record Out(OutputPort port, long quickerNanos, HeldNotes heldNotes) {}

    /** Puts the path together; no message flows before {@link #begin}. */
    LivePath(
            Setup setup,
            StackedLstm network,
            Settings settings,
            long seed,
            Tap tap,
            Meters meters,
            LongSupplier nanoClock) {
        ensemble = Parts.ensemble(network, settings, seed);
        ensemble.set(Control.THRU, setup.thru() ? 1 : 0, 0, (message, dueNanos) -> {});
        this.tap = tap;
        this.meters = meters;
        this.nanoClock = nanoClock;
        List<OutputPort> ports = setup.outs().stream().map(Out::port).toList();
        for (int input = 0; input < setup.inputs(); input++) {
            Thru thru = new Thru(input, inRing, ports, setup.routing(), setup.thru(), meters, nanoClock);
            thru.set(Control.SEND_CLOCK, settings.beat().sendClock().number());
            thrus.add(thru);
        }
        Settings ofFirst = settings.withOffset(
                settings.offsetNanos() - setup.outs().getFirst().quickerNanos());
        controls = new Controls(inRing, ofFirst, seed, setup.thru(), thrus, nanoClock, ensemble::makeBeside);
        Exit[] exits =
                setup.outs().stream().map(out -> exit(out, setup, settings)).toArray(Exit[]::new);
        engine = new Engine(
                inRing, new Exits(exits, setup.routing(), meters), ensemble, thrus, controls, tap, meters, nanoClock);
    }

    private Exit exit(Out out, Setup setup, Settings settings) {
        OutRing ring = setup.schedules() ? null : new OutRing();
        long offsetNanos = settings.offsetNanos() - out.quickerNanos();
        long immediateNanos = settings.immediateNanos() - offsetNanos;
        Sender sender = new Sender(out.port(), setup.schedules(), immediateNanos, ring, meters, nanoClock);
        NoteLedger ledger = new NoteLedger(setup.inputs(), out.heldNotes(), LEAVING_NANOS);
        senders.add(sender);
        ledgers.add(ledger);
        if (ring != null) {
            outRings.add(ring);
        }
        Leaving leaving = new Leaving(ring == null ? sender : ring, offsetNanos);
        return new Exit(
                senders.size() - 1, leaving, offsetNanos, out.quickerNanos() > 0, ledger, thrus.toArray(Thru[]::new));
    }

    /** What is sent may come back by the inputs, because they are real ports. Before {@link #begin}. */
    void guardAgainstLoops() {
        // What goes to further outputs mostly goes to the first one too, so it is enough to recognise it as a copy.
        List<SentMessages> others = Stream.concat(
                        thrus.stream().map(Thru::sent), senders.stream().skip(1).map(Sender::sent))
                .toList();
        thrus.forEach(thru -> thru.guard(new LoopGuard(senders.getFirst().sent(), others)));
    }

    /** By input, how long what we send takes to come back there; {@link LoopGuard#NONE} if it does not. Any thread. */
    List<Long> loopNanos() {
        return thrus.stream().map(Thru::loopNanos).toList();
    }

    /**
     * Inputs by which our own output comes back, with how many milliseconds that takes. Any thread.
     *
     * @param inputs the names of those that are open
     */
    Map<String, Long> loops(List<String> inputs) {
        Map<String, Long> loops = new LinkedHashMap<>();
        List<Long> nanos = loopNanos();
        for (int input = 0; input < inputs.size(); input++) {
            if (nanos.get(input) != LoopGuard.NONE) {
                loops.put(inputs.get(input), TimeUnit.NANOSECONDS.toMillis(nanos.get(input)));
            }
        }
        return loops;
    }

    /**
     * What ends the notes of keyboards that fall silent.
     *
     * @param names of the inputs that are open
     */
    ActiveSensing sensing(Supplier<List<String>> names) {
        return new ActiveSensing(thrus, this::lose, names, nanoClock);
    }

    /** Begins a piece. Call once, before the agents work. */
    void begin() {
        engine.beginPiece();
    }

    /** Where an input's messages go. */
    MidiReceiver receiver(int input) {
        return thrus.get(input);
    }

    /** The same for an input whose messages are heard and never copied to the output. Before the first message. */
    MidiReceiver hearingOnly(int input) {
        Thru thru = thrus.get(input);
        thru.hearOnly();
        return thru;
    }

    /** Where the ticks of the host's transport go. */
    Transport hostClock() {
        return new HostClock(thrus.size(), inRing, meters);
    }

    /** Puts an entry of a journal into the ring. For a replay, which has no inputs and uses no {@link #controls}. */
    void repeat(int what, int input, int message, long nanos, long value) {
        if (what == Tap.CONTROL && Control.of(message).beside() > 0) {
            ensemble.makeBeside(Control.of(message).beside());
        }
        inRing.repeat(what, input, message, nanos, value);
    }

    /** For a replay: failures and advances come from the journal. */
    void repeat() {
        engine.repeat();
    }

    /** For a replay: the next piece of work lets time pass. */
    void mustAdvance() {
        engine.mustAdvance();
    }

    /** For a replay: a part thinks of answers from now on, in this way. */
    void beginThinking(int part, long nanos, int way) {
        engine.beginThinking(part, nanos, way);
    }

    /** For a replay: so many answers have been thought of by each part, see {@link Ensemble#thought}. */
    void think(long answers) {
        for (int part = 0; part < Ensemble.PARTS; part++) {
            long wanted = Thought.of(answers, part);
            for (long i = 0; i < MAX_THOUGHTS && Thought.of(ensemble.thought(Part.EVER), part) < wanted; i++) {
                ensemble.think(part);
            }
        }
    }

    /** For a replay: does what the engine did after a failure. */
    void recoverAt(long nanos) throws Exception {
        engine.recoverAt(nanos);
    }

    /**
     * Lets another network take over now. For a replay.
     *
     * @param which the parts beside the first that go on with it too, as bits
     * @param firstEvent it is fed the history from here on
     */
    void succeedNow(StackedLstm network, Settings settings, int which, long firstEvent) {
        Successors successors = ensemble.successors(network, settings, firstEvent, which);
        ensemble.succession().prepare(successors, nanoClock.getAsLong());
        ensemble.succeed();
    }

    /** Tells the engine that an input is gone. A cold thread: it waits while the in ring is full, a second at most. */
    void lose(int input) {
        for (int tries = 0; !inRing.lose(input, nanoClock.getAsLong()) && tries < MAX_TRIES; tries++) {
            LockSupport.parkNanos(RETRY_NANOS);
        }
    }

    /**
     * Hands other minds over, to play from the next rest on. Any thread.
     *
     * @param number by which a journal names its network
     * @return false if the in ring is full: nothing will change
     */
    boolean succeed(Successors successors, int number) {
        return inRing.succeed(successors, number, nanoClock.getAsLong());
    }

    /** What the engine's thread runs. */
    Agent engineAgent() {
        return outRings.isEmpty() ? byHand() : engine;
    }

    /** What wakes {@link #engineAgent}. */
    Parking engineParking() {
        return inRing.parking();
    }

    /** What the senders' threads run, one for each; none if the ports schedule by themselves: then the engine's thread sends. */
    List<Agent> senderAgents() {
        return outRings.isEmpty() ? List.of() : List.copyOf(senders);
    }

    /** What wakes one of {@link #senderAgents}. */
    Parking senderParking(int output) {
        return outRings.get(output).parking();
    }

    /** All agents, to be driven by one thread. */
    AgentInvoker byHand() {
        return new AgentInvoker(
                Stream.concat(Stream.of(engine), senders.stream()).toArray(Agent[]::new));
    }

    /** How many inputs there are. */
    int inputs() {
        return thrus.size();
    }

    /** The first part. */
    Improviser improviser() {
        return ensemble.first();
    }

    Ensemble ensemble() {
        return ensemble;
    }

    /** What can be changed while playing. Any thread. */
    public Controls controls() {
        return controls;
    }

    /** What happens. Any thread. */
    public Tap tap() {
        return tap;
    }

    /** Notes of the answers that sound now, as far as we know, at the output with the most of them. Any thread. */
    int heldAnswers() {
        return ledgers.stream()
                .mapToInt(ledger -> ledger.held(NoteLedger.ANSWERS))
                .max()
                .orElse(0);
    }

    /** From now on these routes hold. Any thread. Returns false if the in ring is full: nothing will change. */
    boolean route(Routing routing) {
        return inRing.route(routing, nanoClock.getAsLong());
    }

    /**
     * The messages that end all that a receiver may hold that lost its connection. Any thread, approximately.
     *
     * @param output by its number from 0, what it was connected to
     * @param held also what is held now
     */
    int[] ends(int output, boolean held) {
        NoteLedger ledger = ledgers.get(output);
        return IntStream.range(0, Ends.HELD)
                .filter(end ->
                        ledger.mayHang(end, held) || thrus.stream().anyMatch(thru -> thru.missed(output, end) > 0))
                .map(Ends::message)
                .toArray();
    }

    /** Ends every note that was sent. The engine's thread, or whoever stopped it. */
    void releaseAll() {
        engine.releaseAll();
    }

    /**
     * Call when the agents' threads are gone: hears what still waits, and ends every note.
     *
     * @return false if the port did not take all of that: call again
     */
    boolean finish() throws Exception {
        engine.finish();
        boolean done = true;
        for (Sender sender : senders) {
            done &= sender.finish();
        }
        return done;
    }

    /** Call when the port is closed: what was handed to it has left. */
    void settle() {
        engine.settle();
    }
}
