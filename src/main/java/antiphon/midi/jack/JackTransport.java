package antiphon.midi.jack;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import antiphon.HotPath;
import antiphon.midi.MidiBackend.Transport;
import antiphon.midi.TransportTicks;
import antiphon.midi.library.RawMemory;
import antiphon.music.Message;
import java.lang.foreign.Arena;

/**
 * Makes a MIDI clock of JACK's transport where it rolls and a program says bar, beat and tempo (its timebase master):
 * see {@link TransportTicks}. Layout of jack_position_t: jack/types.h, JACK 2. Real-time thread only; allocates nothing.
 */
final class JackTransport {
    private static final int ROLLING = 1;
    private static final int LOOPING = 2;
    private static final int HAS_BARS = 0x10;

    private static final int BYTES = 256;
    private static final long VALID = 24;
    private static final long BAR = 28;
    private static final long BEAT = 32;
    private static final long TICK = 36;
    private static final long BEATS_PER_BAR = 48;
    private static final long BEAT_TYPE = 52;
    private static final long TICKS_PER_BEAT = 56;
    private static final long BEATS_PER_MINUTE = 64;

    private static final double WRITTEN_TICKS = 1_920;

    private final JackMidi midi;
    private final CycleClock clock;
    private final TransportTicks.FrameTimes times;
    private final int sampleRate;
    private final Transport host;
    private final TransportTicks song;
    private final long position;

    /** @param arena owns the scratch memory; must outlive the last cycle */
    JackTransport(JackMidi midi, CycleClock clock, Arena arena, int sampleRate, Transport host) {
        this.midi = midi;
        this.clock = clock;
        this.times = clock::inputNanos;
        this.sampleRate = sampleRate;
        this.host = host;
        this.song = new TransportTicks(host);
        position = arena.allocate(BYTES, Long.BYTES).address();
    }

    /** The frames of the cycle that begins have slipped; nothing happens if by 0. */
    @HotPath
    void slipped(long byNanos) {
        if (byNanos != 0) {
            host.slipped(byNanos, clock.inputNanos(0));
        }
    }

    /** Tells what the transport does within a cycle of so many frames. */
    @HotPath
    void cycle(int frames) {
        int state = midi.transport(position);
        boolean known = (state == ROLLING || state == LOOPING) && (number(VALID) & HAS_BARS) != 0;
        double perQuarter = RawMemory.ALL.get(JAVA_FLOAT, position + BEAT_TYPE) / 4;
        double at = known ? ticks() / perQuarter : -1;
        double perFrame = RawMemory.ALL.get(JAVA_DOUBLE, position + BEATS_PER_MINUTE)
                / perQuarter
                * Message.TICKS_PER_QUARTER
                / (60.0 * sampleRate);
        // Also false where a value is no number.
        if (known && at >= 0 && perFrame > 0 && perFrame < 1) {
            song.roll(at, perFrame, frames, quartersPerBar(), times);
        } else {
            song.stop(clock.inputNanos(0));
        }
    }

    private int quartersPerBar() {
        return Math.round(RawMemory.ALL.get(JAVA_FLOAT, position + BEATS_PER_BAR)
                * 4
                / RawMemory.ALL.get(JAVA_FLOAT, position + BEAT_TYPE));
    }

    /** Where the cycle begins, in ticks of which 24 make a beat of the song's own kind. */
    private double ticks() {
        double bars = (double) number(BAR) - 1;
        double beats = bars * RawMemory.ALL.get(JAVA_FLOAT, position + BEATS_PER_BAR) + number(BEAT) - 1;
        double part = number(TICK) / RawMemory.ALL.get(JAVA_DOUBLE, position + TICKS_PER_BEAT);
        return Message.TICKS_PER_QUARTER * (beats + part);
    }

    /** Writes a jack_position_t as a timebase master does. For the warm-up and for tests. */
    static void write(long position, double quarters, float beatsPerBar, double qpm) {
        long beats = (long) Math.floor(quarters);
        RawMemory.ALL.set(JAVA_INT, position + VALID, HAS_BARS);
        RawMemory.ALL.set(JAVA_INT, position + BAR, 1 + (int) (beats / (long) beatsPerBar));
        RawMemory.ALL.set(JAVA_INT, position + BEAT, 1 + (int) (beats % (long) beatsPerBar));
        RawMemory.ALL.set(JAVA_INT, position + TICK, (int) Math.round((quarters - beats) * WRITTEN_TICKS));
        RawMemory.ALL.set(JAVA_FLOAT, position + BEATS_PER_BAR, beatsPerBar);
        RawMemory.ALL.set(JAVA_FLOAT, position + BEAT_TYPE, 4);
        RawMemory.ALL.set(JAVA_DOUBLE, position + TICKS_PER_BEAT, WRITTEN_TICKS);
        RawMemory.ALL.set(JAVA_DOUBLE, position + BEATS_PER_MINUTE, qpm);
    }

    private int number(long offset) {
        return RawMemory.ALL.get(JAVA_INT, position + offset);
    }
}
