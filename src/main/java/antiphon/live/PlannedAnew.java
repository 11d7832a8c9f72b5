package antiphon.live;

import antiphon.HotPath;
import antiphon.improv.Improviser;
import java.util.function.LongSupplier;

/**
 * Times how long it takes until something is planned anew after a note of the human's has made what was planned
 * useless. Engine thread; allocates nothing.
 */
@HotPath
final class PlannedAnew {
    private final Improviser improviser;
    private final Meters meters;
    private final LongSupplier nanoClock;

    /** When the first note came since which nothing has been planned; {@link Slot#NO_CAUSE} if something has. */
    private long sinceNanos = Slot.NO_CAUSE;

    PlannedAnew(Improviser improviser, Meters meters, LongSupplier nanoClock) {
        this.improviser = improviser;
        this.meters = meters;
        this.nanoClock = nanoClock;
    }

    /** A message that came then has been heard. */
    void heard(long nanos) {
        if (sinceNanos == Slot.NO_CAUSE && improviser.part().mustPlanAnew()) {
            sinceNanos = nanos;
        }
    }

    /** Time has passed for the improviser. */
    void advanced() {
        if (sinceNanos != Slot.NO_CAUSE && !improviser.part().mustPlanAnew()) {
            Meters.record(meters.inToPlannedNanos, nanoClock.getAsLong() - sinceNanos);
            sinceNanos = Slot.NO_CAUSE;
        }
    }
}
