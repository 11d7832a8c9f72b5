package antiphon.improv.part;

import antiphon.HotPath;
import antiphon.improv.Stage;
import antiphon.improv.listen.Chords;
import antiphon.improv.listen.HandSplit;
import antiphon.improv.listen.Pulse;
import antiphon.model.Sampler;
import antiphon.music.Event;
import antiphon.music.MessageSink;
import antiphon.music.Vocabulary;

/**
 * Plays a line over the chords of the human's left hand, which leads and is not answered. The network decides when a note
 * comes, and at the last moment before it is due which one it is: so it is chosen from the chord that stands then. Where the
 * left hand is about to change its chord, the note waits for a moment to hear it. When the left hand stops, the line ends.
 * One thread; allocates nothing.
 */
@HotPath
final class Follow extends Alongside {
    /** Where the split is neither set nor heard, what is below middle C is the left hand. */
    private static final int MIDDLE_C = 60;

    /** The last moment is so long before a note can no longer be changed. */
    private static final long MARGIN_NANOS = 2 * MILLI;

    /** A note that is due with a new chord waits for it so long, and after its first note so long for the others. */
    private static final long WAITING_NANOS = 60 * MILLI;

    private static final long STRIKING_NANOS = 15 * MILLI;

    /** A chord so long before a note was struck for it. */
    private static final long EARLY_NANOS = 90 * MILLI;

    /** After a note for which there was no pitch. */
    private static final long NO_PITCH_NANOS = 250 * MILLI;

    private final Chords chords;
    private final Lead lead;
    private final LedLine line;
    private final Composer composer;

    /** A note whose time is decided and whose pitch is not. */
    private boolean pending;

    private long dueNanos;

    Follow(Stage stage) {
        super(stage);
        chords = stage.listener().chords();
        lead = new Lead(stage.dials(), stage.listener().pulse(), chords);
        line = new LedLine(stage, lead);
        composer = new Composer(stage, stage.voice().keys(), this, lead, line);
    }

    @Override
    public void enter(long nanos) {
        forget();
        chords.split().presume(MIDDLE_C);
    }

    @Override
    public void forget() {
        super.forget();
        pending = false;
        lead.forget();
    }

    /** What is planned is due within moments. */
    @Override
    public long committedNanos(long nanos) {
        return NEVER;
    }

    @Override
    public void began(int pitch, int velocity, long nanos, MessageSink out) {
        played();
        lead.hear(pitch, velocity, nanos);
    }

    @Override
    public void advancing(long nowNanos) {
        chords.split().presume(MIDDLE_C);
        look(nowNanos);
    }

    @Override
    public long decide(long nowNanos) {
        long againNanos = againNanos(nowNanos);
        if (!isPlaying()) {
            if (!lead.mayBegin() || lead.isOver(nowNanos)) {
                return againNanos;
            }
            if (restUntilNanos() > nowNanos) {
                return Math.min(againNanos, restUntilNanos());
            }
            begin(nowNanos);
        }
        if (lead.isOver(nowNanos)) {
            plan(Composer.TURN_END, nowNanos + stage.dials().leadNanos());
            return againNanos;
        }
        if (!pending && !compose(nowNanos)) {
            return againNanos;
        }
        long chooseNanos = Math.min(lastMoment(), lead.overNanos() + 1);
        if (chooseNanos > nowNanos) {
            return Math.min(againNanos, chooseNanos);
        }
        pending = false;
        return choose(nowNanos) ? againNanos : Math.min(againNanos, nowNanos + NO_PITCH_NANOS);
    }

    @Override
    void begun(long nanos) {
        line.restart();
        line.update(nanos, true);
        composer.restart(nanos);
    }

    /** Decides what comes next; true if it is a note, which waits for its pitch. */
    private boolean compose(long nowNanos) {
        line.update(nowNanos, false);
        composer.decide(stage.listener().pulse(), Math.max(nowNanos, lead.breathNanos()));
        dueNanos = composer.dueNanos();
        pending = Event.kind(composer.event()) == Event.ANSWER_ON;
        if (!pending) {
            plan(composer.event(), dueNanos);
        }
        return pending;
    }

    private void plan(int event, long nanos) {
        stage.plan().add(event, nanos, stage.listener().pulse());
        stage.plan().setWhole();
    }

    /** When the pitch is to be chosen. */
    private long lastMoment() {
        long lastNanos = dueNanos - stage.dials().commitNanos() - MARGIN_NANOS;
        if (!lead.expectsChange(dueNanos - heardLaterNanos())) {
            return lastNanos;
        }
        return lead.strikeNanos() >= dueNanos - EARLY_NANOS
                ? Math.max(lastNanos, lead.strikeNanos() + STRIKING_NANOS)
                : dueNanos + WAITING_NANOS;
    }

    private long heardLaterNanos() {
        return stage.dials().beatLaterNanos(stage.listener().pulse().knowsBars());
    }

    /** Gives the note its pitch; false if there is none. */
    private boolean choose(long nowNanos) {
        Pulse pulse = stage.listener().pulse();
        boolean onBeat = !pulse.isSure()
                || Pulse.isOnBeat((double) (dueNanos - heardLaterNanos()), pulse.beatNanos(), pulse.beatPeriodNanos());
        long nanos = Math.max(dueNanos, nowNanos + stage.dials().leadNanos());
        line.update(nanos, onBeat);
        int timeBin = Vocabulary.timeBin(Math.max(0, nanos - stage.mind().clockNanos()));
        int drawn = stage.mind().drawNote(timeBin, stage.voice().keys(), line);
        int pitch = Event.pitch(drawn);
        if (line.bias(pitch) == Sampler.NEVER || stage.voice().keys().isSounding(pitch)) {
            return false;
        }
        int velocityBin = Math.min(Event.velocityBin(composer.event()), lead.loudestBin());
        plan(Event.of(Event.ANSWER_ON, timeBin, pitch, velocityBin), nanos);
        return true;
    }

    @Override
    public void sent(int event, long sentNanos) {
        composer.sent(event, sentNanos);
        if (Event.kind(event) == Event.ANSWER_ON) {
            line.played(Event.pitch(event));
        }
    }

    @Override
    public void veto(long nanos) {
        if (isPlaying()) {
            pending = false;
            stage.plan().clear();
        }
        super.veto(nanos);
    }

    @Override
    public void stopped(long nanos) {
        chords.split().presume(HandSplit.AUTO);
        end();
        pending = false;
        lead.ended();
    }

    @Override
    public void mindReplaced() {
        pending = false;
    }
}
