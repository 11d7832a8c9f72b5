package antiphon.improv.listen;

import antiphon.HotPath;
import antiphon.model.LstmState;
import antiphon.model.StackedLstm;
import antiphon.music.Event;
import antiphon.music.Place;
import antiphon.music.Vocabulary;

/**
 * Tells the network where in the beat each event falls: see {@link Place}. It knows nothing but the events themselves,
 * so that a corpus that is prepared for training and the music that is played now are seen in the same way.
 *
 * <p>The tracker looks at the onsets at most twice a second, and what it finds is used from the next event on: so the
 * looking can be done when there is time. While an answer is played, the pulse can be held at what is known from
 * elsewhere. One thread; allocates nothing.
 */
@HotPath
public final class Places {
    private static final long BETWEEN_LOOKS_NANOS = 500_000_000L;

    /** So long after the last onset nobody knows where the beat is. */
    private static final long MEMORY_NANOS = 8_000_000_000L;

    private final OnsetTracker tracker = new OnsetTracker();
    private long clockNanos;
    private long onsetNanos;
    private long heardNanos;
    private long lookedNanos;
    private boolean lookDue;
    private boolean held;
    private double confidence;
    private double periodNanos;
    private double beatNanos;
    private int steps;
    private int since;

    /** What was found by looking, until the next event is heard. */
    private boolean found;

    private double foundConfidence;
    private double foundPeriodNanos;
    private double foundBeatNanos;
    private int foundSteps;

    /** Takes over another's place in the music. */
    public void copyFrom(Places other) {
        tracker.copyFrom(other.tracker);
        clockNanos = other.clockNanos;
        onsetNanos = other.onsetNanos;
        heardNanos = other.heardNanos;
        lookedNanos = other.lookedNanos;
        lookDue = other.lookDue;
        held = other.held;
        confidence = other.confidence;
        periodNanos = other.periodNanos;
        beatNanos = other.beatNanos;
        steps = other.steps;
        since = other.since;
        found = other.found;
        foundConfidence = other.foundConfidence;
        foundPeriodNanos = other.foundPeriodNanos;
        foundBeatNanos = other.foundBeatNanos;
        foundSteps = other.foundSteps;
    }

    /** A new piece begins, at 0. */
    public void begin() {
        tracker.forget();
        clockNanos = 0;
        onsetNanos = 0;
        heardNanos = 0;
        lookedNanos = -BETWEEN_LOOKS_NANOS;
        lookDue = false;
        found = false;
        held = false;
        confidence = 0;
        since = 0;
    }

    /**
     * Hears the next event.
     *
     * @param listens whether its onset says where the beat is; while no pulse is held, every onset does
     * @return where it falls
     */
    public int hear(int event, boolean listens) {
        int kind = Event.kind(event);
        if (kind == Event.START) {
            begin();
            return Place.free(0);
        }
        takeWhatIsFound();
        clockNanos += Vocabulary.timeNanos(Event.timeBin(event));
        since = Vocabulary.timeBin(clockNanos - onsetNanos);
        if (Event.isNoteOn(kind)) {
            onsetNanos = clockNanos;
            if (listens || !held) {
                held = false;
                listen(event);
            }
        }
        if (!isSure()) {
            confidence = 0;
        }
        return place();
    }

    private void listen(int event) {
        heardNanos = clockNanos;
        int velocity = Vocabulary.velocity(Event.velocityBin(event));
        tracker.hear(Event.pitch(event), velocity, clockNanos);
        if (clockNanos - lookedNanos >= BETWEEN_LOOKS_NANOS) {
            lookDue = true;
            lookedNanos = clockNanos;
        }
    }

    private boolean isSure() {
        return confidence > 0 && (held || clockNanos - heardNanos <= MEMORY_NANOS);
    }

    /** Where the last event fell. */
    private int place() {
        if (!isSure()) {
            return Place.free(since);
        }
        double beats = (clockNanos - beatNanos) / periodNanos;
        return Place.of(since, beats - Math.floor(beats), periodNanos, confidence, steps);
    }

    /**
     * Does the looking that the next event will need, if any is due. Whether and when it is called before that event
     * changes nothing: what is found is that of the onset that was listened to last, and used from the next event on.
     *
     * @return false if none was due
     */
    public boolean look() {
        if (!lookDue) {
            return false;
        }
        lookDue = false;
        found = true;
        tracker.find(lookedNanos);
        foundConfidence = tracker.confidence();
        foundSteps = tracker.stepsPerBeat();
        foundPeriodNanos = foundSteps * tracker.periodNanos();
        foundBeatNanos = tracker.beatNanos();
        return true;
    }

    private void takeWhatIsFound() {
        look();
        if (found) {
            found = false;
            confidence = foundConfidence;
            steps = foundSteps;
            periodNanos = foundPeriodNanos;
            beatNanos = foundBeatNanos;
        }
    }

    /**
     * Holds the pulse at what is known from elsewhere, until an onset is to be listened to again.
     *
     * @param beatInNanos when a beat is, from the last event on; may be below 0
     * @param beatSteps into which the beat divides
     */
    public void hold(double beatInNanos, double beatPeriodNanos, double sureness, int beatSteps) {
        held = true;
        lookDue = false;
        found = false;
        beatNanos = clockNanos + beatInNanos;
        periodNanos = beatPeriodNanos;
        confidence = sureness;
        steps = beatSteps;
    }

    /**
     * Hears the next event and steps the network by it.
     *
     * @return where it falls
     */
    public int step(StackedLstm network, LstmState state, int event, boolean listens) {
        int place = hear(event, listens);
        if (network.knowsPlaces()) {
            tell(state, place);
        }
        network.step(state, Event.kind(event), Event.timeBin(event), Event.pitch(event), Event.velocityBin(event));
        return place;
    }

    /** Tells a network's state where the event that it is stepped by next falls. */
    public static void tell(LstmState state, int place) {
        for (int field = 0; field < Place.FIELDS; field++) {
            state.setPlace(field, Place.field(place, field));
        }
        tellLandings(state, place);
    }

    /** Tells it where the event after the last one would land, for the head that predicts that one's time. */
    public void tellLandings(LstmState state) {
        tellLandings(state, place());
    }

    private static void tellLandings(LstmState state, int place) {
        state.setSureness(Place.sureness(place));
        for (int bin = 0; Place.sure(place) > 0 && bin < Vocabulary.TIME_BINS; bin++) {
            state.setLanding(bin, Place.landingPhase(place, bin));
        }
    }

    /** Time passes that no event tells of. */
    public void skip(long nanos) {
        clockNanos += nanos;
    }

    /** The time that the events so far add up to, and what was skipped. */
    public long clockNanos() {
        return clockNanos;
    }
}
