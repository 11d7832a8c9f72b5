package antiphon.live;

import antiphon.HotPath;
import antiphon.improv.Plan;
import org.jspecify.annotations.Nullable;

/** What the tap was told of one part's plan. Engine thread. */
@HotPath
final class ToldPlan {
    /** A clock moves what is planned a little with every tick. */
    private static final long SAME_NANOS = 2_000_000L;

    private static final long EVENTS = 31;
    private static final long TIMES = 961;

    private final Tap tap;
    private final int part;
    private long told;
    private int size;
    private int lastEvent;
    private long lastNanos;

    /** Nothing was told of the plan of the part of this number. */
    ToldPlan(Tap tap, int part) {
        this.tap = tap;
        this.part = part;
    }

    /** Tells the plan if it is another one; null for none. */
    void tell(@Nullable Plan plan, long now) {
        if (plan == null || plan.isEmpty()) {
            if (told != 0) {
                told = 0;
                size = 0;
                tap.write(Tap.PLAN, 0, part, now, 0);
            }
            return;
        }
        long signature = plan.size() + EVENTS * plan.dueNanos(0) + TIMES * plan.event(0);
        if (signature == told || isRestOfTold(plan)) {
            return;
        }
        told = signature;
        size = plan.size();
        tap.write(Tap.PLAN, size, part, now, 0);
        for (int place = 0; place < size; place++) {
            tap.write(Tap.PLANNED, plan.event(place), part, now, plan.dueNanos(place));
        }
        lastEvent = plan.event(size - 1);
        lastNanos = plan.dueNanos(size - 1);
    }

    /** Of a whole answer that was told, only what has been sent since is missing: nobody needs the rest once more. */
    private boolean isRestOfTold(Plan plan) {
        int last = plan.size() - 1;
        return plan.isWhole()
                && plan.size() <= size
                && plan.event(last) == lastEvent
                && Math.abs(plan.dueNanos(last) - lastNanos) < SAME_NANOS;
    }
}
