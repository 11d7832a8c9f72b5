package antiphon.live;

import antiphon.improv.Control;
import antiphon.improv.Mind;
import antiphon.improv.Mode;
import antiphon.improv.Settings;
import antiphon.midi.memory.MemoryBackend;
import antiphon.model.StackedLstm;
import antiphon.music.Message;
import antiphon.music.Scale;
import java.util.List;
import java.util.Random;

/** A live path on ports in memory, driven by hand on a clock that passes only when told. */
final class HandDriven {
    private int successors;
    static final long MILLI = 1_000_000L;
    static final long START_NANOS = 5_000_000_000L;
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
    private long nanos = START_NANOS;

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
        return nanos;
    }

    /** A sender that waits for a due time spins: then each look at the clock takes some time. */
    private long ticking() {
        nanos += schedules ? 0 : LOOK_NANOS;
        return nanos;
    }

    StackedLstm network() {
        return network;
    }

    void begin() {
        path.begin();
    }

    void play(int input, int message) {
        path.receiver(input).receive(message, nanos);
    }

    /** Does what is due now. */
    void work() {
        agents.doWork();
    }

    /** Lets time pass, and does what becomes due meanwhile. */
    void pass(long span) {
        long endNanos = nanos + span;
        long nextNanos = agents.doWork();
        while (nextNanos < endNanos) {
            nanos = Math.max(nanos, nextNanos);
            nextNanos = agents.doWork();
        }
        // Looking at the clock takes time too: it never goes back.
        nanos = Math.max(nanos, endNanos);
    }

    /** Lets time pass in which nothing works, as while the process is stopped. */
    void standStill(long span) {
        nanos += span;
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
        Mind successor = path.improviser().mind().successor(other, settings, 0);
        while (successor.catchUp()) {
            Thread.onSpinWait();
        }
        successors++;
        journal.successor(name, successors, nanos);
        path.succeed(successor, successors);
    }

    /** Ends everything, as a session does when it is closed. */
    void finish() throws Exception {
        path.finish();
        path.settle();
    }

    /** A value that a control may have. */
    static long anyValue(Control control, Random random) {
        return switch (control) {
            case MODE -> random.nextInt(Mode.values().length);
            case TEMPERATURE -> Control.pack(0.1 + 1.9 * random.nextDouble());
            case TOP_P -> Control.pack(1 - random.nextDouble());
            case MIN_P -> Control.pack(random.nextDouble());
            case SEED -> random.nextLong(1, Long.MAX_VALUE);
            case MAX_POLYPHONY -> random.nextLong(1, 17);
            case DENSITY, CALL_LENGTH -> Control.pack(0.25 + 3.75 * random.nextDouble());
            case REGISTER -> random.nextLong(-24, 25);
            case GRID -> random.nextLong(101);
            case ENTER -> random.nextInt(2);
            case TRADE_BARS -> random.nextLong(1, 5);
            case SWING -> random.nextBoolean() ? 0 : random.nextLong(50, 76);
            case DIVISION -> random.nextInt(4);
            case SEND_CLOCK, MEMORY, HARMONY_PLACE -> random.nextInt(3);
            case CANDIDATES -> random.nextInt(4);
            case TIME_TEMPERATURE -> Control.pack(random.nextBoolean() ? 0 : 2 * random.nextDouble());
            case TAP_NOTE -> random.nextLong(-1, 128);
            case TAP_CONTROLLER -> random.nextLong(-1, 120);
            case BEATS_PER_BAR -> random.nextLong(1, 17);
            case CHANNEL -> random.nextLong(0, 16);
            case CALL_REST, CONTINUE_REST -> random.nextLong(200, 1_500) * MILLI;
            case CALL_MAX -> random.nextLong(1, 20) * 1_000 * MILLI;
            case CONTINUE_MAX -> random.nextBoolean() ? Long.MAX_VALUE : random.nextLong(1, 20) * 1_000 * MILLI;
            case MUTE, THRU -> random.nextInt(2);
            case SCALE -> random.nextInt(Scale.Kind.values().length * 12);
            case KEY_LOCK -> random.nextInt(2);
            case KEY_BIAS -> Control.pack(2 * random.nextDouble());
            case LOWEST, SPLIT -> random.nextInt(60);
            case HIGHEST -> 60 + random.nextInt(68);
            case MAX_NOTE -> random.nextBoolean() ? 0 : (60 + random.nextInt(1_000)) * MILLI;
            case BOLDNESS -> random.nextInt(101);
            case HARMONY_LEVEL -> 20 + random.nextInt(101);
            case HARMONY_VOICES -> 1 + random.nextInt(3);
            case PERIOD -> random.nextInt(43) * MILLI;
            case PANIC, ANSWER, AGAIN, FORGET, TAP, VETO -> 0;
        };
    }
}
