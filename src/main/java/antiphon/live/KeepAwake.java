package antiphon.live;

import antiphon.midi.SystemThreads;

/**
 * Keeps the processor's cores from sleeping while music goes on, and for {@value #MOST_IDLE_LOOKS} seconds after: a
 * sleeping core wakes late, by milliseconds on some machines. A program that waits in the background all day costs
 * nothing. The watch's thread.
 */
final class KeepAwake {
    private static final int MOST_IDLE_LOOKS = 10;

    private final boolean wished;
    private final SystemThreads threads;
    private final Meters meters;
    private long messages;
    private int idleLooks = MOST_IDLE_LOOKS;
    private boolean awake;

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
        set(idleLooks < MOST_IDLE_LOOKS);
    }

    /** Lets them sleep. */
    void end() {
        set(false);
    }

    /** Refused is refused: it is asked again with the next music, and without it everything works. */
    private void set(boolean on) {
        if (wished && on != awake) {
            awake = on;
            threads.keepAwake(on);
        }
    }
}
