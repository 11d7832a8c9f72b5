package antiphon.midi.jack;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import antiphon.HotPath;
import antiphon.midi.MidiBackend.Transport;
import antiphon.midi.library.RawMemory;
import antiphon.music.Message;
import java.lang.foreign.Arena;

/**
 * Makes a MIDI clock of JACK's transport where it rolls and a program says bar, beat and tempo (its timebase master):
 * every tick at its frame. After a start or a jump the clock begins at the next sixteenth, the smallest step that a song
 * position can name. Layout of jack_position_t: jack/types.h, JACK 2. Real-time thread only; allocates nothing.
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

    /**
     * How much of what the place is off is taken over in a cycle: it is told in whole parts of a beat, up to half a
     * millisecond each.
     */
    private static final double CORRECTION = 1.0 / 16;

    private static final double WRITTEN_TICKS = 1_920;

    /** A place further than this from where the cycle before would have led is a jump. */
    private static final double JUMP_TICKS = 1;

    private final JackMidi midi;
    private final CycleClock clock;
    private final int sampleRate;
    private final Transport host;
    private final long position;
    private boolean rolls;
    private double expected; // where the next cycle begins, in ticks
    private long next; // tick
    private int quarters;

    /** @param arena owns the scratch memory; must outlive the last cycle */
    JackTransport(JackMidi midi, CycleClock clock, Arena arena, int sampleRate, Transport host) {
        this.midi = midi;
        this.clock = clock;
        this.sampleRate = sampleRate;
        this.host = host;
        position = arena.allocate(BYTES, Long.BYTES).address();
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
            roll(at, perFrame, frames);
        } else if (rolls) {
            rolls = false;
            host.clock(Message.STOP, clock.inputNanos(0));
        }
    }

    private void roll(double told, double perFrame, int frames) {
        double at = expected + (told - expected) * CORRECTION;
        if (!rolls || Math.abs(told - expected) > JUMP_TICKS) {
            at = told;
            jump(at);
        }
        expected = at + perFrame * frames;
        while (next < expected) {
            int frame = (int) Math.clamp(Math.ceil((next - at) / perFrame), 0, frames - 1);
            host.clock(Message.CLOCK, clock.inputNanos(frame));
            next++;
        }
    }

    private void jump(double at) {
        rolls = true;
        long sixteenth = (long) Math.ceil(at / Message.TICKS_PER_SIXTEENTH);
        next = sixteenth * Message.TICKS_PER_SIXTEENTH;
        long nanos = clock.inputNanos(0);
        int bar = Math.round(RawMemory.ALL.get(JAVA_FLOAT, position + BEATS_PER_BAR)
                * 4
                / RawMemory.ALL.get(JAVA_FLOAT, position + BEAT_TYPE));
        if (bar != quarters) {
            quarters = bar;
            host.quartersPerBar(bar, nanos);
        }
        host.clock(Message.songPosition((int) (sixteenth % Message.MAX_SIXTEENTHS)), nanos);
        host.clock(Message.CONTINUE, nanos);
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
