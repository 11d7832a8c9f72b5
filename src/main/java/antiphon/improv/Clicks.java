package antiphon.improv;

import antiphon.HotPath;
import antiphon.music.Message;
import antiphon.music.MessageSink;

/** Clicks to tap along with, by the output and on the answers' channel. No part hears them. Stateless. */
@HotPath
public final class Clicks {
    /** High and loud: on nearly every instrument it begins at once. */
    public static final int PITCH = 88;

    /** Not all alike: taps on a keyboard whose keys are all alike must not look like an echo on another key. */
    private static final int SOFTEST = 104;

    private static final int VELOCITIES = 8;
    private static final long STEP_NANOS = 1_000_003L;
    private static final long LENGTH_NANOS = 60_000_000L;

    private Clicks() {}

    /**
     * Nothing unless the latency is being measured: otherwise the click could meet a note of an answer's.
     *
     * @param leavesNanos when it is to leave: it is heard later by what the synthesiser takes, whatever that is said to
     *     be
     */
    static void send(Dials dials, long leavesNanos, MessageSink out) {
        if (!dials.ear().isCalibrating()) {
            return;
        }
        int velocity = SOFTEST + Math.floorMod(leavesNanos / STEP_NANOS, VELOCITIES);
        long dueNanos = leavesNanos + dials.offsetNanos();
        out.send(Message.noteOn(dials.channel(), PITCH, dials.atLevel(velocity)), dueNanos);
        out.send(Message.noteOff(dials.channel(), PITCH), dueNanos + LENGTH_NANOS);
    }
}
