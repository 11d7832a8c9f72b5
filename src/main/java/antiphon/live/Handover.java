package antiphon.live;

import antiphon.improv.Ensemble;
import antiphon.improv.Settings;
import antiphon.improv.Successors;
import antiphon.model.StackedLstm;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Hands other networks over to a path that plays. Cold threads. */
final class Handover {
    /** Events that a new network is fed before it plays: some minutes. */
    private static final int RELIVED_EVENTS = 4_096;

    private final LivePath path;
    private final Settings settings;
    private final LongSupplier nanoClock;
    private final AtomicInteger handedOver = new AtomicInteger();

    Handover(LivePath path, Settings settings, LongSupplier nanoClock) {
        this.path = path;
        this.settings = settings;
        this.nanoClock = nanoClock;
    }

    /** See {@link LiveSession#succeed}; the journal, if there is one, is told its name. */
    boolean succeed(StackedLstm model, JournalHeader.Network name, @Nullable Journal journal) {
        Ensemble ensemble = path.ensemble();
        long first = Math.max(0, ensemble.first().mind().history().count() - RELIVED_EVENTS);
        Successors successors = ensemble.successors(model, settings, first, ensemble.made());
        int number = handedOver.incrementAndGet();
        if (journal != null) {
            journal.successor(name, number, nanoClock.getAsLong());
        }
        return path.succeed(successors, number);
    }
}
