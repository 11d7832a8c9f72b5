package antiphon.improv;

import antiphon.HotPath;
import antiphon.improv.listen.Bars;
import antiphon.improv.listen.Looks;
import antiphon.improv.listen.Pulse;
import antiphon.music.Lateness;
import antiphon.music.Message;
import antiphon.music.MessageSink;

/**
 * The MIDI clock that is sent (MIDI 1.0, system real time): see {@link SendClock}.
 *
 * <p>One of our own begins with a start on a bar line, as soon as the human's pulse is sure, and goes on while somebody
 * plays. Its beats are those that {@link Bars} counts, so that a pulse found twice as fast or off the beat moves
 * nothing; it goes after the human's tempo by ticks that are a little shorter or longer. It stops when nobody has played
 * for a while, when the human plays in another tempo, and when it could not keep up. One thread; allocates nothing.
 */
@HotPath
final class ClockOut {
    private static final long MILLI = 1_000_000L;

    /** Nobody has played for so long: it stops. */
    private static final long QUIET_NANOS = 8_000 * MILLI;

    /**
     * So many looks in a row that find a sure pulse of another tempo, or of half or twice as many beats: the human has
     * changed it, or it was misunderstood.
     */
    private static final int MAX_STRANGE = 10;

    /** How much shorter or longer than the tempo says a tick may be, to go after the human. */
    private static final double MOST_OFF = 0.2;

    private static final double HALF = 0.5;

    /** Two ticks that are passed on closer than this are more than any clock's: our own come back. */
    private static final long CLOSEST_NANOS = 3 * MILLI;

    /** A clock that is passed on is believed to go on for so long. */
    private static final long PASSED_NANOS = 1_000 * MILLI;

    private static final long LONG_AGO = Long.MIN_VALUE / 2;

    private final Stage stage;
    private final Bars bars = new Bars();
    private final Looks looks = new Looks();
    private boolean running;
    private boolean startSent;

    /** Sent since the start. */
    private long ticks;

    /** The number of the beat that the clock began on. */
    private double startBeat;

    /** When the last message is due. */
    private double lastNanos;

    private boolean answered;
    private long playedNanos = LONG_AGO;
    private long passedNanos = LONG_AGO;
    private int strange;

    ClockOut(Stage stage) {
        this.stage = stage;
    }

    /** Forgets the pulse. {@link #stop} first, if others are to hear of it. */
    void forget() {
        running = false;
        looks.forget();
        playedNanos = LONG_AGO;
        bars.forget();
        strange = 0;
    }

    /** The human has begun a note or tapped. */
    void played(long nanos) {
        looks.played();
        playedNanos = nanos;
    }

    /** True if a clock that comes in is not to be followed. */
    boolean replaces(boolean ofHost) {
        return !ofHost && stage.dials().sendClock() == SendClock.OWN;
    }

    /**
     * Passes on a message of the clock that is followed.
     *
     * @param copied true if thru has passed it on
     * @param nowNanos when it is taken in
     */
    void pass(int message, long nanos, boolean copied, long nowNanos, MessageSink out) {
        if (stage.dials().sendClock() == SendClock.OFF) {
            return;
        }
        boolean tick = Message.status(message) == Message.CLOCK;
        long sinceNanos = nanos - passedNanos;
        if (tick) {
            passedNanos = nanos;
        }
        stop(nowNanos, out);
        if (!copied && !(tick && (sinceNanos < CLOSEST_NANOS || nowNanos - nanos > Lateness.MAX_NANOS))) {
            out.send(message, nanos + stage.dials().immediateNanos());
        }
    }

    /**
     * Sends what is due until now and the commit window.
     *
     * @param answering the partner has the turn: what the pulse was at its beginning holds until its end
     * @return when to call again at the latest
     */
    long advance(long nowNanos, boolean answering, MessageSink out) {
        if (stage.dials().sendClock() != SendClock.OWN || nowNanos - passedNanos < PASSED_NANOS) {
            stop(nowNanos, out);
            return Long.MAX_VALUE;
        }
        long lookNanos = look(nowNanos, answering, out);
        playedNanos = answering ? nowNanos : playedNanos;
        if (running && nowNanos - playedNanos > QUIET_NANOS) {
            stop(nowNanos, out);
        }
        while (running) {
            long dueNanos = nextNanos();
            long decideNanos = dueNanos - stage.dials().commitNanos();
            if (decideNanos > nowNanos) {
                return Math.min(lookNanos, decideNanos);
            }
            if (nowNanos - dueNanos > Lateness.MAX_NANOS) {
                // Whoever counts the ticks must not be told fewer than there were.
                stop(nowNanos, out);
            } else {
                send(dueNanos, out);
            }
        }
        return lookNanos;
    }

    /** Stops it, if it runs. */
    void stop(long nowNanos, MessageSink out) {
        if (running && startSent) {
            double soonest = nowNanos + stage.dials().leadNanos();
            out.send(Message.STOP, Math.round(Math.max(soonest, lastNanos)));
        }
        forget();
    }

    private long look(long nowNanos, boolean answering, MessageSink out) {
        Pulse pulse = stage.listener().pulse();
        if (answering) {
            if (!answered && running && pulse.isSure()) {
                // The answer was just begun by what its part found of the pulse.
                bars.follow(pulse, nowNanos, stage.dials().beatsPerBar());
            }
            answered = true;
            return Long.MAX_VALUE;
        }
        answered = false;
        if (stage.listener().phrase().notes() == 0) {
            return Long.MAX_VALUE;
        }
        long nextNanos = looks.nextNanos();
        if (nextNanos > nowNanos) {
            return nextNanos;
        }
        looks.find(pulse, nowNanos);
        if (pulse.isSure()) {
            count(pulse, nowNanos, out);
        }
        return Long.MAX_VALUE;
    }

    private void count(Pulse pulse, long nowNanos, MessageSink out) {
        int beatsPerBar = stage.dials().beatsPerBar();
        if (running && startSent) {
            strange = bars.follow(pulse, nowNanos, beatsPerBar) == 1 ? 0 : strange + 1;
            if (strange < MAX_STRANGE) {
                return;
            }
            stop(nowNanos, out);
        }
        double first = bars.count(pulse, stage.listener().phrase().startNanos(), beatsPerBar);
        double soonest =
                bars.beatAt(nowNanos - heardLaterNanos() + 2 * stage.dials().commitNanos());
        startBeat = Bars.barLine(first, soonest, beatsPerBar);
        running = true;
        startSent = false;
        ticks = 0;
    }

    /** When the next message is due: the start half a tick before the first tick. */
    private long nextNanos() {
        double nanos = bars.nanosAt(startBeat + (double) ticks / Message.TICKS_PER_QUARTER) + heardLaterNanos();
        double tickNanos = bars.periodNanos() / Message.TICKS_PER_QUARTER;
        if (!startSent) {
            return Math.round(nanos - HALF * tickNanos);
        }
        double gap = ticks == 0 ? HALF : 1;
        return Math.round(
                Math.clamp(nanos, lastNanos + (gap - MOST_OFF) * tickNanos, lastNanos + (gap + MOST_OFF) * tickNanos));
    }

    private void send(long dueNanos, MessageSink out) {
        lastNanos = dueNanos;
        ticks += startSent ? 1 : 0;
        out.send(startSent ? Message.CLOCK : Message.START, dueNanos);
        startSent = true;
    }

    private long heardLaterNanos() {
        return stage.dials().beatLaterNanos(bars.areOfClock());
    }
}
