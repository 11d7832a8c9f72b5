package antiphon.midi.jack;

import antiphon.HotPath;

/**
 * Which moment is which frame of the cycle that JACK is processing. Owned by the process callback.
 *
 * <p>Two windows of {@code frames} frames, each half open. <em>Output</em>: from the cycle's start to the next one's:
 * a message due in it leaves at that frame. <em>Input</em>: the window just before: what JACK hands us at frame f
 * arrived one period ago, so that arrival lies in the past as far as JACK's clock is right. Windows follow on one
 * another without gap, as JACK's own clock (a delay-locked loop over wake-ups) makes them; after an xrun the input
 * window is a copy of the output window, shifted back.
 *
 * <p>Nanoseconds to frames and back is exact as long as a frame lasts over 2 ns.
 */
final class CycleClock {
    private long endMicros;
    private long startNanos;
    private long spanNanos;
    private long inputStartNanos;
    private long inputSpanNanos;
    private long previousInputStartNanos;
    private long previousInputSpanNanos;
    private int frames = 1;

    /**
     * A cycle begins.
     *
     * @param startMicros its start on JACK's clock
     * @param endMicros the next one's, as JACK expects it
     * @param offsetNanos what to add to JACK's clock to get nanoTime; may drift from cycle to cycle
     */
    @HotPath
    void begin(long startMicros, long endMicros, long offsetNanos, int frames) {
        long ownStart = startMicros * 1000 + offsetNanos;
        long ownSpan = (endMicros - startMicros) * 1000;
        long previousEnd = startNanos + spanNanos;
        // Drift goes into the window's length, so that no moment falls between two cycles; a jump does not.
        boolean follows = this.frames == frames
                && this.endMicros == startMicros
                && Math.abs(previousEnd - ownStart) < ownSpan / 4;
        long start = follows ? previousEnd : ownStart;
        long span = ownStart + ownSpan - start;
        previousInputStartNanos = inputStartNanos;
        previousInputSpanNanos = this.frames == frames ? inputSpanNanos : 0;
        inputStartNanos = follows ? startNanos : start - span;
        inputSpanNanos = follows ? spanNanos : span;
        this.endMicros = endMicros;
        this.startNanos = start;
        this.spanNanos = span;
        this.frames = frames;
    }

    /** When the input event at this frame arrived. */
    @HotPath
    long inputNanos(int frame) {
        return inputStartNanos + frame * inputSpanNanos / frames;
    }

    /** The frame whose {@link #inputNanos} this is, moved into the cycle if it lies outside. */
    @HotPath
    int inputFrame(long nanos) {
        long frame = nearest(nanos - inputStartNanos, inputSpanNanos);
        return Math.clamp(frame, 0, frames - 1);
    }

    /** The frame at which a message due then leaves: below 0 if it should have before, {@link #frames} if later. */
    @HotPath
    int outputFrame(long dueNanos) {
        return (int) nearest(dueNanos - startNanos, spanNanos);
    }

    /**
     * The frame at which the answer to a message leaves: the frame at which the message came in, one cycle later. Below
     * 0 if it came in before the last cycle, {@link #frames} if after.
     */
    @HotPath
    int answerFrame(long causeNanos) {
        long after = causeNanos - previousInputStartNanos;
        return after < 0 || previousInputSpanNanos == 0 ? -1 : (int) nearest(after, previousInputSpanNanos);
    }

    /**
     * How many frames after its cause an answer leaves that leaves at this frame. If it is late, computed from the
     * clock alone.
     */
    @HotPath
    long answerDelayFrames(long causeNanos, int frame) {
        int answered = answerFrame(causeNanos);
        return answered >= 0 && answered < frames
                ? 2L * frames + frame - answered
                : (outputNanos(frame) - causeNanos) * frames / spanNanos;
    }

    /** When a message that leaves at this frame of the cycle is due. */
    @HotPath
    long outputNanos(int frame) {
        return startNanos + frame * spanNanos / frames;
    }

    @HotPath
    int frames() {
        return frames;
    }

    private long nearest(long nanos, long span) {
        if (nanos >= span) {
            return frames;
        }
        if (nanos < -span) {
            return -1;
        }
        return Math.floorDiv(nanos * frames + span / 2, span);
    }
}
