package antiphon.improv.part;

import antiphon.HotPath;
import antiphon.improv.Division;
import antiphon.improv.Grid;
import antiphon.improv.Settings;
import antiphon.improv.SoundingKeys;
import antiphon.improv.Stage;
import antiphon.improv.listen.PitchBias;
import antiphon.improv.listen.Pulse;
import antiphon.model.Sampler;
import antiphon.music.Event;
import antiphon.music.Vocabulary;
import antiphon.music.Voice;

/**
 * Decides the events of an answer one after another, each when the one before it has been told to the mind: one for the
 * answer that is played, another one for those that are only imagined. One thread; allocates nothing.
 */
@HotPath
final class Composer {
    /** The end of the turn. */
    static final int TURN_END = Event.of(Event.PHRASE_END, 0, Vocabulary.NO_PITCH, Vocabulary.NO_VELOCITY);

    /** See {@link Bounds#entryNanos}. */
    static final long ANY_TIME = Long.MIN_VALUE;

    /** The shortest note of an answer; shorter ones sound like mistakes. */
    private static final long SHORTEST_NOTE_NANOS = 60_000_000L;

    /** Hands are no more uneven than that. */
    private static final long UNEVEN_NANOS = 60_000_000L;

    private static final int ON = 1 << Event.ANSWER_ON;
    private static final int OFF = 1 << Event.ANSWER_OFF;
    private static final int END = 1 << Event.PHRASE_END;

    /** When a turn begins and ends, if something else than the network decides that. */
    interface Bounds {
        /** When the first note of the turn is due; {@link #ANY_TIME} if the grid decides that. */
        long entryNanos();

        /** No note of the turn begins after this. */
        long lastOnsetNanos();

        /** When the turn ends and all notes with it; {@link Long#MAX_VALUE} if the network decides that. */
        long endNanos();
    }

    private final Stage stage;
    private final SoundingKeys keys;
    private final Bounds bounds;
    private final Shape shape;
    private final PitchBias suiting;
    private final Near near;
    private final Grid grid = new Grid();
    private final HandSpeed hands = new HandSpeed();

    /** What the answer begins with; empty if the network draws all. */
    private final Sketch sketch = new Sketch();

    private long lastNanos;

    /** The answer has played a note. */
    private boolean begun;

    /** The network has ended the phrase while notes sounded: they end by themselves, and then the turn is over. */
    private boolean closing;

    private int event;
    private long dueNanos;

    /**
     * Makes one that has decided nothing.
     *
     * @param keys what sounds of the answer; whoever sends or imagines its events keeps it up
     * @param shape how long and how dense it is to be; the composer tells it what is played
     * @param suiting which pitches are to be preferred
     */
    Composer(Stage stage, SoundingKeys keys, Bounds bounds, Shape shape, PitchBias suiting) {
        this.stage = stage;
        this.keys = keys;
        this.bounds = bounds;
        this.shape = shape;
        this.suiting = suiting;
        near = new Near(suiting);
    }

    /** An answer begins now. */
    void restart(long nanos) {
        shape.restart(nanos);
        begun = false;
        closing = false;
        lastNanos = nanos;
        sketch.restart();
    }

    /** What the next answer begins with; to be made before {@link #restart}. */
    Sketch sketch() {
        return sketch;
    }

    /** Is where another is, but for what both tell their shapes. */
    void goOnFrom(Composer other) {
        begun = other.begun;
        closing = other.closing;
        lastNanos = other.lastNanos;
        hands.copyFrom(other.hands);
    }

    /** The hands are where another's are. */
    void playLike(Composer other) {
        hands.copyFrom(other.hands);
    }

    /** What was decided last, packed. */
    int event() {
        return event;
    }

    /** When that is due. */
    long dueNanos() {
        return dueNanos;
    }

    /** Decides what comes next. */
    void decide(Pulse pulse, long nowNanos) {
        long soonestNanos = nowNanos + stage.dials().leadNanos();
        long earliestNanos = Math.max(soonestNanos, stage.mind().clockNanos());
        hold(pulse);
        if (sketch.size() > 0 && recall(pulse, soonestNanos)) {
            endOldest(Math.max(soonestNanos, lastNanos));
            return;
        }
        compose(soonestNanos, earliestNanos);
        endOldest(earliestNanos);
        accent();
    }

    /** What the network draws. */
    private void compose(long soonestNanos, long earliestNanos) {
        event = draw(kinds(earliestNanos), soonestNanos);
        if (Event.kind(event) == Event.PHRASE_END && keys.count() > 0) {
            closing = true;
            event = draw(OFF, soonestNanos);
        }
        dueNanos = dueNanos(event, earliestNanos);
        if (Event.kind(event) == Event.ANSWER_ON && dueNanos > bounds.lastOnsetNanos()) {
            event = draw(keys.count() > 0 ? OFF : 0, soonestNanos);
            dueNanos = dueNanos(event, earliestNanos);
        }
        if (dueNanos >= bounds.endNanos()) {
            event = TURN_END;
            dueNanos = Math.max(bounds.endNanos(), earliestNanos);
        }
        if (Event.kind(event) == Event.ANSWER_ON && sketch.hasNext()) {
            takeSketchedPitch();
        }
    }

    private void takeSketchedPitch() {
        int pitch = sketch.pitch();
        if (keys.isSounding(pitch)) {
            end(pitch, dueNanos);
        } else {
            event = Event.of(Event.ANSWER_ON, Event.timeBin(event), pitch, Event.velocityBin(event));
        }
    }

    private void end(int pitch, long nanos) {
        event = Event.of(Event.ANSWER_OFF, 0, pitch, Vocabulary.NO_VELOCITY);
        dueNanos = Math.max(nanos, keys.onsetNanos(pitch) + SHORTEST_NOTE_NANOS);
    }

    /** What the sketch says; false if the network goes on. */
    private boolean recall(Pulse pulse, long soonestNanos) {
        if (sketch.hasOpenTimes()) {
            return false;
        }
        if (wantsOtherTime(pulse)) {
            sketch.clear();
            return false;
        }
        if (!sketch.isPlaced() && !place(pulse, soonestNanos)) {
            return false;
        }
        long fromNanos = Math.max(soonestNanos, lastNanos);
        leaveOut(fromNanos);
        if (!sketch.hasNext() && !sketch.isClosing()) {
            return false;
        }
        int ending = sketch.nextToEnd(keys);
        long onsetNanos = sketch.hasNext() ? sketchedNanos(fromNanos) : Long.MAX_VALUE;
        if (ending >= 0 && sketch.endNanos(ending) <= onsetNanos) {
            end(ending, Math.max(fromNanos, sketch.endNanos(ending)));
        } else if (sketch.hasNext()) {
            begin(onsetNanos);
        } else {
            event = TURN_END;
            dueNanos = fromNanos;
        }
        return true;
    }

    /** Who lets go of the grid, or divides the beat in another way, does not want the call's rhythm. */
    private boolean wantsOtherTime(Pulse pulse) {
        boolean letsGo = pulse.isSure() && stage.dials().gridPercent() == 0;
        return letsGo || stage.dials().division() != Division.AUTO;
    }

    /** Leaves out notes whose pitch another has that has just begun, and those that are too late. */
    private void leaveOut(long fromNanos) {
        while (sketch.hasNext()) {
            long nanos = sketchedNanos(fromNanos);
            int pitch = sketch.pitch();
            if (shape.isOver(nanos) || nanos > bounds.lastOnsetNanos()) {
                sketch.stop();
            } else if (pitch >= 0 && keys.isSounding(pitch) && nanos < keys.onsetNanos(pitch) + SHORTEST_NOTE_NANOS) {
                sketch.skip();
            } else {
                return;
            }
        }
    }

    private long sketchedNanos(long fromNanos) {
        long nanos = sketch.onsetNanos();
        long pulledNanos = grid.pulled(nanos, Long.MIN_VALUE / 2, 0);
        // An ornament or an upbeat is no uneven hand.
        boolean isUneven = Math.abs(pulledNanos - nanos) <= UNEVEN_NANOS
                || stage.dials().swingPercent() != Settings.Beat.AUTO_SWING;
        return Math.max(isUneven ? pulledNanos : nanos, Math.max(fromNanos, hands.soonestNanos()));
    }

    private void begin(long nanos) {
        int pitch = sketch.pitch();
        int timeBin = Vocabulary.timeBin(Math.max(0, nanos - stage.mind().clockNanos()));
        if (pitch < 0) {
            near.setPitch(sketch.nearPitch());
            int drawn = Event.pitch(stage.mind().drawNote(timeBin, keys, near));
            pitch = sketch.played(drawn);
            pitch = keys.isSounding(pitch) || suiting.bias(pitch) == Sampler.NEVER ? drawn : pitch;
        }
        if (keys.isSounding(pitch)) {
            end(pitch, nanos);
        } else if (keys.count() >= shape.maxPolyphony()) {
            end(keys.oldest(), nanos);
        } else {
            event = Event.of(Event.ANSWER_ON, timeBin, pitch, sketch.velocityBin());
            dueNanos = nanos;
        }
    }

    /**
     * Finds the sketch's place in time: the network draws when the answer enters, and the sketch begins at the same part
     * of a beat as the call.
     *
     * @return false if it must enter with a bar, and that would be another part: then the network draws all
     */
    private boolean place(Pulse pulse, long soonestNanos) {
        long entryNanos = dueNanos(
                draw(ON, soonestNanos), Math.max(soonestNanos, stage.mind().clockNanos()));
        long laterNanos = entryNanos - sketch.onsetNanos(0);
        if (pulse.isSure()) {
            double period = pulse.beatPeriodNanos();
            long heardNanos = stage.dials().beatLaterNanos(pulse.knowsBars());
            double beats = Math.rint((laterNanos - heardNanos) / period);
            beats += sketch.onsetNanos(0) + beats * period + heardNanos < soonestNanos ? 1 : 0;
            laterNanos = Math.round(beats * period) + heardNanos;
        }
        if (grid.waitsForBar() && Math.abs(sketch.onsetNanos(0) + laterNanos - entryNanos) > UNEVEN_NANOS) {
            sketch.clear();
            return false;
        }
        sketch.place(laterNanos);
        return true;
    }

    /** Takes hold of the pulse for the next event. */
    void hold(Pulse pulse) {
        grid.hold(pulse, stage.dials(), !begun);
    }

    /** How unlikely the network holds it that this event comes next, in nats; after {@link #hold}. */
    double nats(int next) {
        return stage.mind().nats(next, grid);
    }

    /** What sounds longest ends before what was decided, if it has lasted as long as it may by then. */
    private void endOldest(long earliestNanos) {
        int oldest = keys.oldest();
        long endNanos = oldest < 0 ? Long.MAX_VALUE : keys.onsetNanos(oldest) + maxNoteNanos();
        if (endNanos < dueNanos) {
            event = Event.of(Event.ANSWER_OFF, 0, oldest, Vocabulary.NO_VELOCITY);
            dueNanos = Math.max(endNanos, earliestNanos);
        }
    }

    private long maxNoteNanos() {
        return Math.min(shape.maxNoteNanos(), stage.dials().steer().maxNoteNanos());
    }

    private void accent() {
        if (Event.kind(event) == Event.ANSWER_ON) {
            int velocityBin = stage.listener().touch().accented(Event.velocityBin(event), grid.isOnBeat(dueNanos));
            event = Event.of(Event.ANSWER_ON, Event.timeBin(event), Event.pitch(event), velocityBin);
        }
    }

    /** Draws an event of these kinds; the end of the turn if there are none. */
    private int draw(int kinds, long soonestNanos) {
        if (kinds == 0) {
            return TURN_END;
        }
        long clockNanos = stage.mind().clockNanos();
        // For the network too, what enters at a given time enters at once.
        boolean enters = !begun && bounds.entryNanos() != ANY_TIME;
        return stage.mind()
                .draw(
                        kinds,
                        keys,
                        suiting,
                        soonestNanos,
                        enters ? clockNanos : clockNanos + shape.maxGapNanos(keys.count(), clockNanos),
                        shape.patience(clockNanos),
                        shape.endBias(clockNanos),
                        grid);
    }

    /** When a drawn event is due; a turn that ends at a given time ends then. */
    private long dueNanos(int drawn, long earliestNanos) {
        // After a standstill even the longest gap may end in the past.
        long due = Math.max(stage.mind().clockNanos() + Vocabulary.timeNanos(Event.timeBin(drawn)), earliestNanos);
        return switch (Event.kind(drawn)) {
            case Event.ANSWER_ON ->
                Math.max(
                        hands.soonestNanos(),
                        begun || bounds.entryNanos() == ANY_TIME
                                ? grid.pulled(due, earliestNanos, Vocabulary.widthNanos(Event.timeBin(drawn)))
                                : Math.max(bounds.entryNanos(), earliestNanos));
            case Event.ANSWER_OFF -> Math.max(due, keys.onsetNanos(Event.pitch(drawn)) + SHORTEST_NOTE_NANOS);
            default -> bounds.endNanos() == Long.MAX_VALUE ? due : bounds.endNanos();
        };
    }

    private int kinds(long earliestNanos) {
        long clockNanos = stage.mind().clockNanos();
        boolean over = closing || shape.isOver(earliestNanos) || earliestNanos > bounds.lastOnsetNanos();
        boolean on = !over && keys.count() < shape.maxPolyphony() && hasFreePitch();
        boolean off = keys.count() > 0;
        boolean end = over ? !off : shape.mayEnd(clockNanos);
        return (on ? ON : 0) | (off ? OFF : 0) | (end ? END : 0);
    }

    private boolean hasFreePitch() {
        for (int pitch = 0; pitch < Vocabulary.PITCHES; pitch++) {
            if (suiting.bias(pitch) != Sampler.NEVER && !keys.isSounding(pitch)) {
                return true;
            }
        }
        return false;
    }

    /** Tells the mind, and what sounds, of an event that is only imagined. */
    void imagine(int imagined, long atNanos) {
        int pitch = Event.pitch(imagined);
        if (Event.kind(imagined) == Event.ANSWER_ON) {
            stage.mind().noteOn(Voice.ANSWER, pitch, Vocabulary.velocity(Event.velocityBin(imagined)), atNanos, false);
            keys.begin(pitch, atNanos);
        } else {
            stage.mind().noteOff(Voice.ANSWER, pitch, atNanos);
            keys.end(pitch);
        }
        sent(imagined, atNanos);
    }

    /** What was decided has been sent, or imagined. */
    void sent(int sentEvent, long atNanos) {
        lastNanos = atNanos;
        if (Event.kind(sentEvent) == Event.ANSWER_ON) {
            if (!begun && grid.waitsForBar()) {
                // What was waited for the bar is not part of the answer's time.
                shape.entered(atNanos);
            }
            shape.noteSent(atNanos);
            hands.played(atNanos);
            begun = true;
            if (sketch.hasNext()) {
                sketch.began(Event.pitch(sentEvent), atNanos);
            }
        }
    }
}
