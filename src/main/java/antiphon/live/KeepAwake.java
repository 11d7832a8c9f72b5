package antiphon.live;

import antiphon.host.SystemThreads;

/**
 * Keeps the processor's cores from sleeping while music goes on, and for {@value #MAX_IDLE_LOOKS} seconds after: a
 * sleeping core wakes late, by milliseconds on some machines. After that they may sleep. The thread of the garbage
 * collector that looks a hundred times a second whether there is work may then run late: otherwise it would cost half a
 * percent of a core all day. The watch's thread.
 */
final class KeepAwake {
    private static final int MAX_IDLE_LOOKS = 10;
    private static final String DIRECTOR = "ZDirector";

    /**
     * How late that thread may run. It still looks ten times a second; that is enough, because a program that rests
     * allocates almost nothing.
     */
    private static final long SLACK_NANOS = 90_000_000L;

    private final boolean wished;
    private final SystemThreads threads;
    private final Meters meters;
    private long messages;
    private int idleLooks = MAX_IDLE_LOOKS;
    private boolean awake;
    private boolean resting;

    /** @param wished false to do nothing */
    KeepAwake(boolean wished, SystemThreads threads, Meters meters) {
        this.wished = wished;
        this.threads = threads;
        this.meters = meters;
    }

    /** Looks whether something was played or answered since the last look, a second ago. */
    void look() {
        long now = meters.messagesIn.get() + meters.messagesOut.get();
        idleLooks = now == messages ? idleLooks + 1 : 0;
        messages = now;
        boolean idle = idleLooks >= MAX_IDLE_LOOKS;
        keepAwake(!idle);
        rest(idle);
    }

    /** Lets the cores sleep. */
    void end() {
        keepAwake(false);
    }

    /** If the system refuses, everything works without it; it is asked again when music begins again. */
    private void keepAwake(boolean on) {
        if (wished && on != awake) {
            awake = on;
            threads.keepAwake(on);
        }
    }

    private void rest(boolean on) {
        if (on != resting) {
            resting = on;
            threads.slacken(DIRECTOR, on ? SLACK_NANOS : 0);
        }
    }
}
