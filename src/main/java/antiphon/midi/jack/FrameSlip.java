package antiphon.midi.jack;

import antiphon.HotPath;

/**
 * How much time passes that JACK counts no frames for. After an xrun its frames go on where they were, and with them the
 * songs of all programs that count frames; cycles that only we missed are counted. Process callback only.
 */
final class FrameSlip {
    /** Of a period: less is drift. */
    private static final int LEAST_SHARE = 4;

    private boolean known;
    private int frameTime;
    private long startNanos;
    private long spanNanos;
    private int frames;

    /**
     * A cycle begins.
     *
     * @param nowFrameTime JACK's count of frames at its start, which overflows
     * @param clock has begun it
     * @return nanoseconds by which its frames come later than those before let expect; 0 without a slip
     */
    @HotPath
    long follow(int nowFrameTime, CycleClock clock) {
        long nowNanos = clock.outputNanos(0);
        long slipped = 0;
        if (known) {
            long passed = Integer.toUnsignedLong(nowFrameTime - frameTime);
            slipped = nowNanos - startNanos - passed * spanNanos / frames;
        }
        known = true;
        frameTime = nowFrameTime;
        startNanos = nowNanos;
        frames = clock.frames();
        spanNanos = clock.outputNanos(frames) - nowNanos;
        return Math.abs(slipped) < spanNanos / LEAST_SHARE ? 0 : slipped;
    }

    /** JACK has not told of a cycle. */
    @HotPath
    void forget() {
        known = false;
    }
}
