package antiphon.improv.part;

import antiphon.HotPath;
import antiphon.improv.Plan;
import antiphon.improv.SoundingKeys;
import antiphon.improv.Stage;
import antiphon.improv.listen.Pulse;
import antiphon.music.Event;
import antiphon.music.MessageSink;
import antiphon.music.Vocabulary;

/**
 * Plays at the same time as the human. What it is about to play is planned for some {@value #FAR_NANOS} ns ahead; when
 * the human begins a note, what lies beyond the next moment is thrown away and planned anew, now that the note is known.
 * When they stop it goes on alone for a bar or so and ends.
 *
 * <p>The plan is made while the engine has nothing else to do, a step of the network between two looks at the ring, in a
 * dream of the mind: first what is planned already, then what follows. The dream is left whenever anything really
 * happens. Each event is planned by an advance of its own that a journal holds, with what was known at the advance
 * before it and random numbers of its own, so a replay plans the same. One thread; allocates nothing.
 */
@HotPath
final class Duet extends Alongside {
    /** It plans on when less than this is planned, until so much is. */
    private static final long NEAR_NANOS = 1_000 * MILLI;

    private static final long FAR_NANOS = 1_500 * MILLI;

    /** Room for what the plan needs besides. */
    private static final int MAX_PLANNED = Plan.CAPACITY - 8;

    /** It begins when the human has begun so many notes, or has played for so long. */
    private static final int FIRST_NOTES = 4;

    private static final long FIRST_NANOS = 1_500 * MILLI;

    /** What is due so soon after a note of the human's is played all the same, and what is due on the step then. */
    private static final long COMMITTED_NANOS = 30 * MILLI;

    private static final long FARTHEST_STEP_NANOS = 120 * MILLI;
    private static final long ON_STEP_NANOS = 12 * MILLI;

    /** The first note that is planned anew is due this much later at the soonest: time to plan it. */
    private static final long PLANNING_NANOS = 5 * MILLI;

    /** What begins in the last moments before it ends may be its last note. */
    private static final long CLOSING_NANOS = 800 * MILLI;

    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private static final int NONE = -1;

    private final Company company;
    private final Room room;
    private final Room imaginedRoom;
    private final Composer composer;
    private final Composer imagined;
    private final SoundingKeys keys = new SoundingKeys();

    private boolean mustPlan;

    /** Events of the plan that the dream has been told. */
    private int told;

    /** An event that follows the plan and is not planned yet. */
    private boolean thought;

    private int thoughtEvent;
    private long thoughtNanos;

    private long seed;

    /** Planned since the start, so that each event has random numbers of its own. */
    private long planned;

    /** No event that is planned from now on is due before. */
    private long soonestNanos;

    /** What was sent last, and the note before; {@value #NONE} for none. */
    private int lastPitch = NONE;

    private int pitchBefore = NONE;

    Duet(Stage stage) {
        super(stage);
        Pulse pulse = stage.listener().pulse();
        company = new Company(stage);
        room = new Room(stage.dials(), pulse);
        imaginedRoom = new Room(stage.dials(), pulse);
        composer = new Composer(stage, stage.voice().keys(), this, room, company);
        imagined = new Composer(stage, keys, this, imaginedRoom, company);
    }

    @Override
    public void enter(long nanos) {
        forget();
    }

    @Override
    public void forget() {
        super.forget();
        wake();
        mustPlan = false;
        room.forget();
        company.forget();
        lastPitch = NONE;
        pitchBefore = NONE;
    }

    @Override
    public long committedNanos(long nanos) {
        long untilNanos = nanos + COMMITTED_NANOS;
        Pulse pulse = stage.listener().pulse();
        if (pulse.confidence() > 0) {
            double fromStep =
                    nanos - ON_STEP_NANOS - pulse.stepNanos() - stage.dials().beatLaterNanos(pulse.knowsBars());
            double step =
                    nanos - ON_STEP_NANOS + Math.ceil(fromStep / pulse.periodNanos()) * pulse.periodNanos() - fromStep;
            if (step - nanos < FARTHEST_STEP_NANOS) {
                untilNanos = Math.max(untilNanos, Math.round(step) + ON_STEP_NANOS);
            }
        }
        return untilNanos;
    }

    @Override
    public void began(int pitch, int velocity, long nanos, MessageSink out) {
        played();
        room.hear(velocity, stage.listener().hands().heldKeys(), nanos);
        company.hear(pitch, nanos);
        soonestNanos = stage.voice().nowNanos() + PLANNING_NANOS;
        if (isPlaying()) {
            company.update(nanos);
            mustPlan = true;
        }
    }

    @Override
    public boolean mustPlanAnew() {
        return mustPlan;
    }

    @Override
    public void advancing(long nowNanos) {
        if (thought) {
            thought = false;
            mustPlan = false;
            stage.plan().add(thoughtEvent, thoughtNanos, stage.listener().pulse());
            stage.plan().setWhole();
            planned++;
        }
        look(nowNanos);
    }

    @Override
    public long decide(long nowNanos) {
        long againNanos = againNanos(nowNanos);
        if (isPlaying()) {
            soonestNanos = Math.max(soonestNanos, nowNanos + PLANNING_NANOS);
            return againNanos;
        }
        int notes = stage.listener().phrase().notes();
        if (notes == 0) {
            return againNanos;
        }
        long beginNanos = Math.max(
                restUntilNanos(),
                notes >= FIRST_NOTES ? nowNanos : stage.listener().phrase().startNanos() + FIRST_NANOS);
        if (beginNanos > nowNanos) {
            return Math.min(againNanos, beginNanos);
        }
        begin(nowNanos);
        return againNanos;
    }

    @Override
    void begun(long nanos) {
        soonestNanos = nanos + PLANNING_NANOS;
        company.update(nanos);
        composer.restart(nanos);
    }

    @Override
    public long thinkNanos(long nowNanos) {
        Plan plan = stage.plan();
        int last = plan.size() - 1;
        if (!isPlaying() || thought || last >= MAX_PLANNED || (last >= 0 && isEnd(plan.event(last)))) {
            return NEVER;
        }
        long plannedNanos = last < 0 ? soonestNanos : plan.dueNanos(last);
        return plannedNanos - nowNanos < (stage.mind().isDreamOf(this) ? FAR_NANOS : NEAR_NANOS)
                ? Long.MIN_VALUE
                : plannedNanos - NEAR_NANOS;
    }

    private static boolean isEnd(int event) {
        return Event.kind(event) == Event.PHRASE_END;
    }

    @Override
    public void think() {
        if (!stage.mind().isDreamOf(this)) {
            fallAsleep();
        } else if (told < stage.plan().size()) {
            imagined.imagine(stage.plan().event(told), stage.plan().dueNanos(told));
            told++;
        } else {
            stage.mind().seed(seed + (planned + 1) * GOLDEN);
            tellLine();
            company.setClosing(stage.mind().clockNanos() > room.overNanos() - CLOSING_NANOS);
            imagined.decide(stage.listener().pulse(), soonestNanos);
            thoughtEvent = softened(imagined.event());
            thoughtNanos = Math.max(lastNanos(), imagined.dueNanos());
            thought = true;
        }
    }

    /** The last two notes that were planned, or sent before. */
    private void tellLine() {
        int last = lastPitch;
        int before = pitchBefore;
        for (int i = 0; i < stage.plan().size(); i++) {
            int event = stage.plan().event(i);
            if (Event.kind(event) == Event.ANSWER_ON) {
                before = last;
                last = Event.pitch(event);
            }
        }
        company.setLine(last, before);
    }

    private int softened(int event) {
        if (Event.kind(event) != Event.ANSWER_ON) {
            return event;
        }
        int velocityBin = Math.min(Event.velocityBin(event), Vocabulary.velocityBin((int) room.loudest()));
        return Event.of(Event.ANSWER_ON, Event.timeBin(event), Event.pitch(event), velocityBin);
    }

    private long lastNanos() {
        Plan plan = stage.plan();
        return plan.isEmpty() ? soonestNanos : plan.dueNanos(plan.size() - 1);
    }

    @Override
    public int thought(long nowNanos) {
        return thought ? 1 : 0;
    }

    private void fallAsleep() {
        stage.mind().imagine(this);
        seed = stage.mind().seed();
        told = 0;
        keys.copyFrom(stage.voice().keys());
        imaginedRoom.copyFrom(room);
        imagined.goOnFrom(composer);
    }

    @Override
    public void wake() {
        thought = false;
        stage.mind().wake();
    }

    @Override
    public void forgetThoughts() {
        wake();
        stage.plan().clear();
    }

    @Override
    public void sent(int event, long dueNanos) {
        composer.sent(event, dueNanos);
        if (Event.kind(event) == Event.ANSWER_ON) {
            pitchBefore = lastPitch;
            lastPitch = Event.pitch(event);
        }
    }

    /** Something else than was planned. */
    @Override
    public boolean again(long nanos) {
        planned++;
        return super.again(nanos);
    }

    @Override
    public void stopped(long nanos) {
        mustPlan = false;
        if (isPlaying()) {
            end();
            stage.listener().phrase().reset();
        }
    }

    @Override
    public void mindReplaced() {
        thought = false;
    }
}
