package antiphon.improv.listen;

import antiphon.HotPath;
import antiphon.music.Message;

/**
 * Follows a MIDI clock (MIDI 1.0, system real time): 24 ticks a quarter, start, continue, stop, song position. Ticks
 * come late and early by some milliseconds, and now and then one is lost; a straight line through the last two beats of
 * them (least squares, with the tempo before as what is believed at first) says when each position is. Ticks that
 * several times in a row lie off the line on one side are a new tempo: then the line begins anew with them.
 *
 * <p>Positions are in ticks of the song, as the sender counts them. One thread; allocates nothing.
 */
@HotPath
public final class ClockFollower {
    private static final long MILLI = 1_000_000L;
    private static final int TICKS_PER_BEAT = Message.TICKS_PER_QUARTER;

    /** Ticks that the line is drawn through. */
    private static final int MAX_TICKS = 2 * TICKS_PER_BEAT;

    /** From so many ticks on the line can tell a stray tick. */
    private static final int MIN_TICKS = 6;

    /** A gap of so many ticks has lost some. */
    private static final double LOST_FROM = 1.6;

    /** No two ticks come so much further apart than they should, unless one is lost. */
    private static final double UNEVEN_NANOS = 6 * MILLI;

    /** After a new tempo, ticks that were taken for lost so shortly before were not: the tempo was new already. */
    private static final int RECENT_TICKS = 12;

    /** A period so much longer has gaps that look like lost ticks. */
    private static final double SLOWER = 1.3;

    /** As near to a whole number of ticks. */
    private static final double WHOLE = 0.35;

    /** How much the tempo before counts, as ticks times their distance squared: as much as some ten ticks do. */
    private static final double OLD_TEMPO = 90;

    /** A tick this far off the line is none of it. */
    private static final double STRAY_NANOS = 3.5 * MILLI;

    /** The same for a clock that is uneven anyway, in its mean distance from the line. */
    private static final double STRAY_SPREADS = 4;

    /** So many ticks in a row that are all too early, all too late or all with a gap before them are a new tempo. */
    private static final int NEW_TEMPO_TICKS = 3;

    /** A gap of so many ticks, and at least so long, is a clock that was pulled out. */
    private static final int MAX_LOST = 8;

    private static final long MAX_SILENCE_NANOS = 500 * MILLI;

    /** 20 and 400 quarters a minute. */
    private static final double LONGEST_NANOS = 60e9 / 20 / TICKS_PER_BEAT;

    private static final double SHORTEST_NANOS = 60e9 / 400 / TICKS_PER_BEAT;

    private final long[] nanos = new long[MAX_TICKS];
    private final long[] positions = new long[MAX_TICKS];
    private final Line line = new Line();
    private int count;

    /** Ticks in a row that lie off the line on one side, or have a gap before them. */
    private final long[] doubtful = new long[NEW_TEMPO_TICKS];

    private int doubts;

    /** The side: −1 too early, 1 too late, 0 none yet. */
    private double side;

    /** How many were taken for lost before each of the last ticks, in a ring. */
    private final long[] lost = new long[RECENT_TICKS];

    /** The period before each of the last ticks, in the same ring. */
    private final double[] periods = new double[RECENT_TICKS];

    private int ticks;

    private long lastNanos;
    private long position; // of the last tick
    private long next; // where the song goes on when it does
    private boolean jumps; // the next tick of a running song is at `next`
    private boolean running;
    private boolean placed; // the sender has said where we are
    private int jumpCount;

    private double periodNanos; // 0: not known
    private double believedNanos; // before the line began
    private double lineNanos; // from the last tick on the line, where the line is at its position
    private double spreadNanos;

    /**
     * Takes in one message.
     *
     * @param message a tick, start, continue, stop or song position; others are ignored
     */
    public void hear(int message, long atNanos) {
        switch (Message.status(message)) {
            case Message.CLOCK -> tick(atNanos);
            case Message.START -> start();
            case Message.CONTINUE -> goOn();
            case Message.STOP -> stop();
            case Message.SONG_POSITION -> {
                next = (long) Message.TICKS_PER_SIXTEENTH * Message.sixteenths(message);
                jumps = true;
                placed = true;
            }
            default -> {
                // No matter of the clock's.
            }
        }
    }

    /** The sender has stood for so long; no tick was lost meanwhile, and none comes late. Below 0 if it was hurried. */
    public void slip(long byNanos) {
        for (int i = 0; i < MAX_TICKS; i++) {
            nanos[i] += byNanos;
        }
        for (int i = 0; i < NEW_TEMPO_TICKS; i++) {
            doubtful[i] += byNanos;
        }
        lastNanos += byNanos;
    }

    private void start() {
        placed = true;
        next = 0;
        jumps = true;
        running = true;
    }

    private void goOn() {
        jumps |= !running;
        running = true;
    }

    /** Ticks may come on; the song does not move. */
    private void stop() {
        if (running && !jumps) {
            next = position + 1;
        }
        running = false;
    }

    private void tick(long atNanos) {
        boolean silent = count > 0 && atNanos - lastNanos > silenceNanos();
        if (count == 0 || silent || (jumps && running)) {
            // After a silence nobody knows how many ticks were lost, unless the sender says where it goes on.
            placed &= jumps || !silent;
            begin(jumps && running ? next : position + 1, atNanos);
            return;
        }
        long missing = missing(atNanos - lastNanos);
        ticks = (ticks + 1) % RECENT_TICKS;
        lost[ticks] = missing;
        periods[ticks] = periodNanos;
        position += 1 + missing;
        lastNanos = atNanos;
        double off = periodNanos > 0 ? atNanos - at((double) position) : 0;
        boolean stray = count >= MIN_TICKS && Math.abs(off) > Math.max(STRAY_NANOS, STRAY_SPREADS * spreadNanos);
        if (!stray) {
            spreadNanos += (Math.abs(off) - spreadNanos) / TICKS_PER_BEAT;
            add(position, atNanos);
            draw();
        }
        if (stray || missing > 0) {
            doubt(missing > 0 ? 0 : Math.signum(off), atNanos);
        } else {
            trust();
        }
    }

    /** How many ticks were lost in a gap. */
    private long missing(long gapNanos) {
        double gap = gapNanos / periodNanos;
        // A line through few ticks is no good yet: there a gap must be wider than uneven ticks make it.
        boolean wide = count >= MIN_TICKS || (count >= NEW_TEMPO_TICKS && gapNanos - periodNanos > UNEVEN_NANOS);
        return wide && gap > LOST_FROM ? Math.round(gap) - 1 : 0;
    }

    /** The song goes on from here: a new line, of the old slope until it has enough ticks. */
    private void begin(long at, long atNanos) {
        jumps = false;
        jumpCount++;
        position = at;
        lastNanos = atNanos;
        trust();
        count = 0;
        believedNanos = periodNanos;
        add(position, atNanos);
        draw();
    }

    private void trust() {
        doubts = 0;
        side = 0;
    }

    private void doubt(double itsSide, long atNanos) {
        if (side * itsSide < 0) {
            trust();
        }
        side = itsSide == 0 ? side : itsSide;
        doubtful[doubts++] = atNanos;
        if (doubts == NEW_TEMPO_TICKS) {
            settle(atNanos);
        }
    }

    /** What became of the song, now that several ticks in a row are doubtful. */
    private void settle(long atNanos) {
        double before = periodNanos;
        // Of before the doubtful ticks, some of which the line has taken for its own.
        double older = periods[(ticks + 1) % RECENT_TICKS];
        double gap = (double) (atNanos - doubtful[0]) / (NEW_TEMPO_TICKS - 1) / (older > 0 ? older : before);
        double off = (atNanos - at((double) position)) / before;
        long taken = lostRecently();
        long tooMany = Math.clamp(-Math.round(off), 0, taken);
        if (gap <= SLOWER && tooMany > 0 && Math.abs(off + tooMany) < WHOLE) {
            // Ticks that were taken for lost were late. The tempo is as it was.
            position -= tooMany;
            trust();
            add(position, atNanos);
            draw();
        } else {
            // Gaps of a slower tempo look like lost ticks. Otherwise a clock was moved, or the tempo is faster.
            position -= gap > SLOWER ? taken : 0;
            redraw();
        }
    }

    private long lostRecently() {
        long sum = 0;
        for (int i = 0; i < RECENT_TICKS; i++) {
            sum += lost[i];
            lost[i] = 0;
        }
        return sum;
    }

    /** A new line through the doubtful ticks alone. */
    private void redraw() {
        count = 0;
        periodNanos = 0;
        believedNanos = 0;
        for (int i = 0; i < NEW_TEMPO_TICKS; i++) {
            add(position - NEW_TEMPO_TICKS + 1 + i, doubtful[i]);
        }
        trust();
        draw();
    }

    private void add(long at, long atNanos) {
        if (count == MAX_TICKS) {
            System.arraycopy(nanos, 1, nanos, 0, MAX_TICKS - 1);
            System.arraycopy(positions, 1, positions, 0, MAX_TICKS - 1);
            count--;
        }
        positions[count] = at;
        nanos[count++] = atNanos;
    }

    /** The line through the ticks, from the last of them on. */
    private void draw() {
        int last = count - 1;
        line.clear();
        for (int i = 0; i < count; i++) {
            line.add((double) (positions[i] - positions[last]), (double) (nanos[i] - nanos[last]));
        }
        double slope = line.slope(believedNanos, believedNanos > 0 && count < MAX_TICKS ? OLD_TEMPO : 0);
        if (!Double.isNaN(slope)) {
            periodNanos = Math.clamp(slope, SHORTEST_NANOS, LONGEST_NANOS);
        }
        lineNanos = line.start(periodNanos);
    }

    private long silenceNanos() {
        return Math.max(MAX_SILENCE_NANOS, (long) (MAX_LOST * periodNanos));
    }

    /** True while the sender plays and its ticks come. */
    public boolean isRunning(long nowNanos) {
        return running && isTicking(nowNanos);
    }

    /** True while ticks come, though the sender may have stopped, or may have begun before we could hear it. */
    public boolean isTicking(long nowNanos) {
        return periodNanos > 0
                && (believedNanos > 0 || count >= NEW_TEMPO_TICKS)
                && nowNanos - lastNanos <= silenceNanos();
    }

    /** True if the sender has said where in the song we are: by a start or by a song position. */
    public boolean isPlaced() {
        return placed;
    }

    /** Changes whenever positions do not go on from those before. */
    public int jumpCount() {
        return jumpCount;
    }

    /** From one quarter to the next. */
    public double beatPeriodNanos() {
        return TICKS_PER_BEAT * periodNanos;
    }

    /** When a position is, was or will be. */
    public double at(double ticks) {
        int last = count - 1;
        return nanos[last] + lineNanos + (ticks - positions[last]) * periodNanos;
    }

    /** Which position is at this time. */
    public double positionAt(double atNanos) {
        int last = count - 1;
        return positions[last] + (atNanos - nanos[last] - lineNanos) / periodNanos;
    }

    /**
     * Takes over where another says that the song is; not to be told of ticks.
     *
     * @param nowNanos if the other ticks now
     * @param untilNanos this one is taken to tick until then
     */
    void copyFrom(ClockFollower other, long nowNanos, long untilNanos) {
        count = other.count;
        System.arraycopy(other.nanos, 0, nanos, 0, MAX_TICKS);
        System.arraycopy(other.positions, 0, positions, 0, MAX_TICKS);
        lastNanos = other.isTicking(nowNanos) ? untilNanos : other.lastNanos;
        running = other.running;
        placed = other.placed;
        jumpCount = other.jumpCount;
        periodNanos = other.periodNanos;
        believedNanos = other.believedNanos;
        lineNanos = other.lineNanos;
    }
}
