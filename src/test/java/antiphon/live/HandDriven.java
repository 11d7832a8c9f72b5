package antiphon.live;

import antiphon.improv.Band;
import antiphon.improv.Control;
import antiphon.improv.ControlValues;
import antiphon.improv.Ensemble;
import antiphon.improv.Mode;
import antiphon.improv.Settings;
import antiphon.improv.Successors;
import antiphon.midi.memory.MemoryBackend;
import antiphon.model.StackedLstm;
import antiphon.music.Message;
import java.util.List;
import java.util.Random;

/** A live path on ports in memory, driven by hand on a clock that passes only when told. */
final class HandDriven {
    private int successors;
    static final long MILLI = 1_000_000L;
    static final int INPUTS = 3;
    private static final long LOOK_NANOS = 1_000L;

    final Tap tap = new Tap();
    final Meters meters = new Meters();
    final MemoryBackend.Output out;
    final LivePath path;
    private final AgentInvoker agents;
    private final StackedLstm network;
    private final Settings settings;
    private final long seed;
    private final boolean thru;
    private final boolean schedules;
    private final HandClock clock = new HandClock();

    HandDriven(StackedLstm network, Settings settings, long seed, boolean thru, HeldNotes heldNotes) {
        this(network, settings, seed, thru, heldNotes, true);
    }

    /** @param schedules the port sends when due by itself */
    HandDriven(
            StackedLstm network, Settings settings, long seed, boolean thru, HeldNotes heldNotes, boolean schedules) {
        this.network = network;
        this.settings = settings;
        this.seed = seed;
        this.thru = thru;
        this.schedules = schedules;
        MemoryBackend backend = new MemoryBackend(this::ticking, schedules);
        out = backend.openOutput("out", List.of());
        backend.start();
        path = new LivePath(
                new LivePath.Setup(out, schedules, INPUTS, thru, heldNotes),
                network,
                settings,
                seed,
                tap,
                meters,
                this::ticking);
        agents = path.byHand();
    }

    static HandDriven of(StackedLstm network) {
        return new HandDriven(network, Settings.standard(Mode.CALL), 7, false, HeldNotes.NOWHERE);
    }

    /** What a journal of it begins with. */
    JournalHeader header(JournalHeader.Network name) {
        List<String> inputs = List.of("in", "in-2", "in-3");
        return new JournalHeader(
                JournalHeader.SCHEMA, "0", "today", name, StackedLstm.fuses(), seed, settings, inputs, thru, true);
    }

    long nanos() {
        return clock.nanos();
    }

    /** A sender that waits for a due time spins: then each look at the clock takes some time. */
    private long ticking() {
        clock.standStill(schedules ? 0 : LOOK_NANOS);
        return clock.nanos();
    }

    StackedLstm network() {
        return network;
    }

    void begin() {
        path.begin();
    }

    void play(int input, int message) {
        path.receiver(input).receive(message, clock.nanos());
    }

    /** Does what is due now. */
    void work() {
        agents.doWork();
    }

    /** Lets time pass, and does what becomes due meanwhile. */
    void pass(long span) {
        clock.pass(span, agents);
    }

    /** Lets time pass in which nothing works, as while the process is stopped. */
    void standStill(long span) {
        clock.standStill(span);
    }

    /** A note of so many milliseconds. */
    void note(int pitch, long millis) {
        play(0, Message.noteOn(0, pitch, 80));
        pass(millis * MILLI);
        play(0, Message.noteOff(0, pitch));
        work();
    }

    /** Hands another network over, as a session does. */
    void succeed(StackedLstm other, Journal journal, JournalHeader.Network name) {
        Ensemble ensemble = path.ensemble();
        Successors next = ensemble.successors(other, settings, 0, ensemble.made());
        successors++;
        journal.successor(name, successors, clock.nanos());
        path.succeed(next, successors);
    }

    /** Ends everything, as a session does when it is closed. */
    void finish() throws Exception {
        path.finish();
        path.settle();
    }

    /** A value that a control may have; short times, so that much happens. */
    static long anyValue(Control control, Random random) {
        return switch (control) {
            case CALL_REST, CONTINUE_REST -> random.nextLong(200, 1_500) * MILLI;
            case CALL_MAX -> random.nextLong(1, 20) * 1_000 * MILLI;
            // Mostly off: each part that plays costs as much as all else.
            case PART2_MODE, PART3_MODE, PART4_MODE ->
                random.nextInt(4) > 0 ? Band.Beside.OFF : random.nextInt(Mode.values().length);
            case PART2_CHANNEL, PART3_CHANNEL, PART4_CHANNEL -> random.nextLong(0, 4);
            default -> ControlValues.any(control, random);
        };
    }
}
