package antiphon.improv.part;

import antiphon.HotPath;
import antiphon.improv.Part;
import antiphon.improv.Stage;

/** Hears everything and plays nothing. */
@HotPath
final class Listen implements Part {
    private final Stage stage;

    Listen(Stage stage) {
        this.stage = stage;
    }

    @Override
    public long restNanos() {
        return stage.dials().callRestNanos();
    }

    @Override
    public long decide(long nowNanos) {
        return forgetFinished(stage, restNanos(), nowNanos);
    }

    /**
     * Forgets a phrase that has ended, in a mode that does not answer phrases, so that the listener's phrase is always
     * the one being played.
     *
     * @return when to call next
     */
    static long forgetFinished(Stage stage, long restNanos, long nowNanos) {
        long endNanos = stage.listener().phraseEndNanos(restNanos);
        if (endNanos > nowNanos) {
            return endNanos;
        }
        stage.listener().phrase().reset();
        return Long.MAX_VALUE;
    }
}
