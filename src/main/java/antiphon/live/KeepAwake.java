package antiphon.live;

import antiphon.host.SystemThreads;

/**
 * Wakes the machine for music and lets it rest when there is none. While music goes on, and for
 * {@value #MAX_IDLE_LOOKS} seconds after, the processor's cores are kept from sleeping: a sleeping core wakes late, by
 * milliseconds on some machines. After that they sleep, and the collector's director, which looks around a hundred times
 * a second whatever happens, may do so late: it would cost half a percent of a core all day. The watch's thread.
 */
final class KeepAwake {
    private static final int MAX_IDLE_LOOKS = 10;
    private static final String DIRECTOR = "ZDirector";

    /** It still looks ten times a second: time enough, for a program that rests allocates next to nothing. */
    private static final long SLACK_NANOS = 90_000_000L;

    private final boolean wished;
    private final SystemThreads threads;
    private final Meters meters;
    private long messages;
    private int idleLooks = MAX_IDLE_LOOKS;
    private boolean awake;
    private boolean resting;

    /** @param wished keep the cores awake at all */
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

    /** Refused is refused: it is asked again with the next music, and without it everything works. */
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
