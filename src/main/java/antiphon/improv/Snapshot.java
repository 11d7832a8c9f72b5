package antiphon.improv;

import antiphon.HotPath;
import antiphon.improv.listen.Places;
import antiphon.model.LstmState;
import antiphon.model.NoteStore;
import antiphon.music.Encoder;

/**
 * All of a mind that changes with the music, at one moment; made once and filled again and again. What is set by
 * controls stays as it is.
 */
final class Snapshot {
    private final LstmState state;
    private final Encoder encoder = new Encoder(MindState.MAX_TICKS);
    private final NoteStore.Mark cache;
    private final Places places = new Places();
    private final Variety variety = new Variety();
    private long beganNanos;
    private long seed;
    private long events;

    Snapshot(MindState of) {
        state = of.newState();
        cache = of.cache.newMark();
    }

    /** Keeps the present state. */
    @HotPath
    void take(MindState of) {
        state.copyFrom(of.state);
        encoder.copyFrom(of.encoder);
        of.cache.mark(cache);
        places.copyFrom(of.places);
        variety.copyFrom(of.variety);
        beganNanos = of.beganNanos;
        seed = of.sampler.seed();
        events = of.history.count();
    }

    /**
     * Brings the mind back to the state that was kept.
     *
     * @return false, having done nothing, if the human has played since
     */
    @HotPath
    boolean restore(MindState of) {
        if (!of.cache.backTo(cache)) {
            return false;
        }
        of.state.copyFrom(state);
        of.encoder.copyFrom(encoder);
        of.places.copyFrom(places);
        of.variety.copyFrom(variety);
        of.beganNanos = beganNanos;
        of.sampler.seed(seed);
        if (of.history.count() != events) {
            of.history.rewind(events);
        }
        return true;
    }
}
