package antiphon.live;

import antiphon.HotPath;
import antiphon.improv.Band;
import antiphon.improv.Control;
import antiphon.improv.Memory;
import antiphon.improv.Settings;
import java.util.List;
import java.util.SequencedMap;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;
import java.util.function.LongSupplier;

/**
 * What can be changed while playing, from any thread: a change goes through the in ring like everything else that can
 * change the music, takes effect at the engine's next decision, and can be replayed. Values are packed as
 * {@link Control} says, and are checked before they come here.
 */
public final class Controls {
    private static final long PATIENCE_NANOS = 1_000_000_000L;
    private static final long LOOK_NANOS = 1_000_000L;

    private final InRing ring;
    private final List<Thru> thrus;
    private final LongSupplier nanoClock;
    private final IntConsumer makeBeside;
    private final AtomicLongArray values = new AtomicLongArray(Control.values().length);

    /** Written by the engine alone. */
    private volatile long taken;

    /**
     * Begins with the settings.
     *
     * @param thru whether the inputs' messages are copied
     * @param thrus the receivers of all inputs
     * @param makeBeside makes a part that there is not yet
     */
    Controls(
            InRing ring,
            Settings settings,
            long seed,
            boolean thru,
            List<Thru> thrus,
            LongSupplier nanoClock,
            IntConsumer makeBeside) {
        this.ring = ring;
        this.thrus = List.copyOf(thrus);
        this.nanoClock = nanoClock;
        this.makeBeside = makeBeside;
        keep(Control.MODE, settings.mode().number());
        keep(Control.TEMPERATURE, Control.pack(settings.temperature()));
        keep(Control.TOP_P, Control.pack(settings.topP()));
        keep(Control.MIN_P, Control.pack(settings.minP()));
        keep(Control.MAX_POLYPHONY, settings.maxPolyphony());
        keep(Control.DENSITY, Control.pack(settings.density()));
        keep(Control.CANDIDATES, settings.candidates());
        keep(Control.REGISTER, settings.registerSemitones());
        keep(Control.MUTE, settings.mute() ? 1 : 0);
        keep(Control.CHANNEL, settings.channel());
        keep(Control.CALL_REST, settings.call().restNanos());
        keep(Control.CALL_LENGTH, Control.pack(settings.call().length()));
        keep(Control.CALL_MAX, settings.call().maxNanos());
        keep(Control.CONTINUE_REST, settings.continuing().restNanos());
        keep(Control.CONTINUE_MAX, settings.continuing().maxNanos());
        keep(Control.PERIOD, settings.thruNanos());
        keep(Control.OFFSET, settings.offsetNanos());
        keep(Control.IN_CHANNEL, settings.inChannel());
        keep(Control.HEAR_DRUMS, settings.ignoresDrums() ? 0 : 1);
        keep(Control.SEED, seed);
        keep(Control.THRU, thru ? 1 : 0);
        keepBeat(settings.beat());
        keepSteer(settings);
        keepBand(settings.band());
        keepTogether(settings.together());
    }

    private void keepBeat(Settings.Beat beat) {
        keep(Control.GRID, beat.gridPercent());
        keep(Control.ENTER, beat.enter().number());
        keep(Control.BEATS_PER_BAR, beat.beatsPerBar());
        keep(Control.TRADE_BARS, beat.tradeBars());
        keep(Control.SWING, beat.swingPercent());
        keep(Control.DIVISION, beat.division().number());
        keep(Control.TAP_NOTE, beat.tap().note());
        keep(Control.TAP_CONTROLLER, beat.tap().controller());
        keep(Control.SEND_CLOCK, beat.sendClock().number());
        keep(Control.TIME_TEMPERATURE, Control.pack(beat.timeTemperature()));
    }

    private void keepTogether(Settings.Together together) {
        keep(Control.HARMONY_PLACE, together.place().number());
        keep(Control.HARMONY_LEVEL, together.levelPercent());
        keep(Control.HARMONY_VOICES, together.voices());
        keep(Control.SPLIT, together.split());
    }

    private void keepBand(Band band) {
        keep(Control.LEVEL, band.levelPercent());
        for (Control control : Control.values()) {
            int number = control.beside();
            if (number > 0) {
                boolean known = number <= band.beside().size();
                keep(control, (known ? band.beside().get(number - 1) : Band.Beside.off(number)).value(control));
            }
        }
    }

    private void keepSteer(Settings settings) {
        Settings.Steer steer = settings.steer();
        Memory memory = steer.keepsMemory() ? Memory.KEPT : Memory.SESSION;
        keep(Control.MEMORY, (settings.memory() ? memory : Memory.OFF).number());
        keep(Control.SCALE, steer.scale().number());
        keep(Control.KEY_LOCK, steer.keyLock() ? 1 : 0);
        keep(Control.KEY_BIAS, Control.pack(steer.keyBias()));
        keep(Control.LOWEST, steer.lowest());
        keep(Control.HIGHEST, steer.highest());
        keep(Control.MAX_NOTE, steer.maxNoteNanos());
        keep(Control.BOLDNESS, steer.boldness());
    }

    private void keep(Control control, long value) {
        values.set(control.number(), value);
    }

    /**
     * Asks for a change, or for an action.
     *
     * @return false if the in ring is full: nothing will change
     */
    public boolean submit(Control control, long value) {
        if (control.beside() > 0) {
            makeBeside.accept(control.beside());
        }
        return ring.control(control, value, nanoClock.getAsLong());
    }

    /**
     * The same, and waits until the engine has taken it: at most a second. Cold threads.
     *
     * @return false if the engine has not taken it
     */
    public boolean apply(Control control, long value) {
        long before = taken;
        return submit(control, value) && awaitTaken(before, 1);
    }

    /**
     * Asks for several changes, which take effect together, in their order, and waits likewise. Cold threads.
     *
     * @return false if the engine has not taken them
     */
    public boolean applyAll(SequencedMap<Control, Long> changes) {
        if (changes.isEmpty()) {
            return true;
        }
        Control[] controls = changes.keySet().toArray(Control[]::new);
        long[] packed = changes.values().stream().mapToLong(Long::longValue).toArray();
        for (Control control : controls) {
            if (control.beside() > 0) {
                makeBeside.accept(control.beside());
            }
        }
        long before = taken;
        return ring.controls(controls, packed, nanoClock.getAsLong()) && awaitTaken(before, controls.length);
    }

    private boolean awaitTaken(long before, int count) {
        long endNanos = System.nanoTime() + PATIENCE_NANOS;
        while (taken - before < count && System.nanoTime() - endNanos < 0) {
            LockSupport.parkNanos(LOOK_NANOS);
        }
        return taken - before >= count;
    }

    /** From now on these messages, by whatever input they come, are orders to the program and no music. Any thread. */
    public void commands(Commands commands) {
        thrus.forEach(thru -> thru.commands(commands));
    }

    /** The value that is in force. Any thread. */
    public long value(Control control) {
        return values.get(control.number());
    }

    /** The engine has applied a control. */
    @HotPath
    @SuppressWarnings("NonAtomicVolatileUpdate") // The engine alone writes it.
    void applied(Control control, long value) {
        values.lazySet(control.number(), value);
        taken = taken + 1;
    }
}
