package antiphon.improv;

import antiphon.HotPath;
import org.jspecify.annotations.Nullable;

/** Another mind that waits for its moment to take over, if there is one. One thread; allocates nothing. */
@HotPath
public final class Succession {
    /** How long a successor waits for a rest; after that it takes over between two events. */
    private static final long MAX_WAIT_NANOS = 8_000_000_000L;

    private @Nullable Mind successor;
    private long succeedsNanos;

    /**
     * A successor waits from now on, in place of one that may have waited.
     *
     * @param mind made by {@link Mind#successor}
     */
    public void prepare(Mind mind, long nanos) {
        successor = mind;
        succeedsNanos = nanos + MAX_WAIT_NANOS;
    }

    /**
     * Feeds it one event that it has not had yet.
     *
     * @return false if it has had every event, or there is none
     */
    public boolean feed() {
        Mind next = successor;
        return next != null && next.catchUp();
    }

    /** True if there is one. */
    public boolean isWaiting() {
        return successor != null;
    }

    /**
     * True if it can take over now.
     *
     * @param quiet nobody would notice
     */
    boolean canTakeOver(long nanos, boolean quiet) {
        return successor != null && (quiet || nanos >= succeedsNanos);
    }

    /**
     * Lets it take over from the mind on the stage.
     *
     * @return the number of the event in the history that it was fed first; −1 if there is none
     */
    long takeOver(Stage stage) {
        Mind next = successor;
        if (next == null) {
            return -1;
        }
        next.takeOverFrom(stage.mind(), stage.dials());
        stage.replaceMind(next);
        successor = null;
        return next.firstRelived();
    }
}
