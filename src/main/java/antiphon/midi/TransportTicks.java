package antiphon.midi;

import antiphon.HotPath;
import antiphon.midi.MidiBackend.Transport;
import antiphon.music.Message;

/**
 * Makes a MIDI clock of a host's transport that tells, stretch by stretch, where its song is: every tick at its frame. After
 * a start or a jump the clock begins at the next sixteenth, the smallest step that a song position can name. One thread, the
 * real-time one; allocates nothing.
 */
@HotPath
public final class TransportTicks {
    /**
     * How much of what the place is off is taken over in a stretch: JACK's is told in whole parts of a beat, up to half a
     * millisecond each.
     */
    private static final double CORRECTION = 1.0 / 16;

    /** A place further than this from where the stretch before would have led is a jump. */
    private static final double JUMP_TICKS = 1;

    /** When the frames of a stretch are. */
    @FunctionalInterface
    public interface FrameTimes {
        /** @param frame from 0, where the stretch begins */
        long nanos(int frame);
    }

    private final Transport host;
    private boolean rolls;
    private double expected; // where the next stretch begins, in ticks
    private long next; // tick
    private int quarters;

    /** @param host is told of the clock */
    public TransportTicks(Transport host) {
        this.host = host;
    }

    /** The transport stands, or its place is not known. Nothing happens if that is no news. */
    public void stop(long nanos) {
        if (rolls) {
            rolls = false;
            host.clock(Message.STOP, nanos);
        }
    }

    /** The times of the next stretch do not go on from those of the one before: where the song is must be told anew. */
    public void jump() {
        rolls = false;
    }

    /**
     * The transport rolls through a stretch.
     *
     * @param told where its song is at the begin, in ticks, not below 0
     * @param perFrame ticks a frame, above 0
     * @param frames of the stretch, at least 1
     * @param quartersPerBar of the song's meter there
     * @param times when they are
     */
    public void roll(double told, double perFrame, int frames, int quartersPerBar, FrameTimes times) {
        double at = expected + (told - expected) * CORRECTION;
        if (!rolls || Math.abs(told - expected) > JUMP_TICKS) {
            at = told;
            jump(at, quartersPerBar, times.nanos(0));
        }
        expected = at + perFrame * frames;
        while (next < expected) {
            int frame = (int) Math.clamp(Math.ceil((next - at) / perFrame), 0, frames - 1);
            host.clock(Message.CLOCK, times.nanos(frame));
            next++;
        }
    }

    private void jump(double at, int quartersPerBar, long nanos) {
        rolls = true;
        long sixteenth = (long) Math.ceil(at / Message.TICKS_PER_SIXTEENTH);
        next = sixteenth * Message.TICKS_PER_SIXTEENTH;
        if (quartersPerBar != quarters) {
            quarters = quartersPerBar;
            host.quartersPerBar(quartersPerBar, nanos);
        }
        host.clock(Message.songPosition((int) (sixteenth % Message.MAX_SIXTEENTHS)), nanos);
        host.clock(Message.CONTINUE, nanos);
    }
}
