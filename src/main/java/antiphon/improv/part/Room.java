package antiphon.improv.part;

import antiphon.HotPath;
import antiphon.improv.Dials;
import antiphon.improv.listen.Pulse;

/**
 * How much room the human leaves, and so how dense the partner is to play at the same time: sparse while they are busy,
 * fuller while they rest. One thread; allocates nothing.
 */
@HotPath
final class Room implements Shape {
    private static final long MILLI = 1_000_000L;

    /** Onsets closer than this are one chord. */
    private static final long CHORD_NANOS = 50 * MILLI;

    /** What the human did longer ago than this hardly counts for how busy they are now, and usually. */
    private static final double NOW_NANOS = 1.2e9;

    private static final double USUALLY_NANOS = 8e9;

    /** Where the human's usual pace is not known, or nothing like music: onsets a second, and their bounds. */
    private static final double USUAL_PACE = 2;

    private static final double SLOWEST_PACE = 1;
    private static final double FASTEST_PACE = 6;

    /** Notes for each onset of the human's usual pace, when they play as usual and when they rest. */
    private static final double SHARE_BUSY = 0.55;

    private static final double SHARE_AT_REST = 1.3;
    private static final double LEAST_SHARE = 0.3;

    /** How strongly the density is pulled to that, within these bounds, and how far it may be ahead, in notes. */
    private static final double PULL = 2;

    private static final double MIN_PATIENCE = -1;
    private static final double MAX_PATIENCE = 3;
    private static final double SLACK_NOTES = 0.7;

    /** Notes of its own longer ago than this hardly count. */
    private static final double RECENT_NANOS = 2e9;

    /** What is left of a note's weight for the loudness after the next. */
    private static final double LOUDNESS_STAYS = 0.9;

    private static final double USUAL_LOUDNESS = 72;

    /** The partner is so much softer, but for accents. */
    private static final double SOFTER = 0.9;

    /** With who plays one voice, it may play chords; with who plays chords, it plays a line. */
    private static final int VOICES_OF_BOTH = 4;

    /** What each further onset takes from the voices that the human is taken to play. */
    private static final double FEWER_VOICES = 0.1;

    private static final double LONGEST_NOTE_BEATS = 2;
    private static final long LONGEST_NOTE_NANOS = 2_000 * MILLI;
    private static final long LONGEST_GAP_NANOS = 2_500 * MILLI;

    /** How long it goes on alone. */
    private static final double ALONE_BEATS = 4;

    private static final long ALONE_NANOS = 2_500 * MILLI;
    private static final long SHORTEST_ALONE_NANOS = 1_500 * MILLI;
    private static final double NANOS_PER_SECOND = 1e9;

    private final Dials dials;
    private final Pulse pulse;

    /** Onsets of the human's, those longer ago counting less, at the time of the last. */
    private double onsetsNow;

    private double onsetsUsually;
    private long lastOnsetNanos;
    private long firstOnsetNanos;
    private boolean heard;

    /** Keys that the human holds at once. */
    private double voices;

    /** How loud the human plays, in velocity. */
    private double loudness = USUAL_LOUDNESS;

    /** The partner's own notes. */
    private final RecentNotes notes = new RecentNotes(RECENT_NANOS);

    private long startNanos;

    Room(Dials dials, Pulse pulse) {
        this.dials = dials;
        this.pulse = pulse;
    }

    /** Nobody has played. */
    void forget() {
        heard = false;
        onsetsNow = 0;
        onsetsUsually = 0;
        notes.restart(0);
        loudness = USUAL_LOUDNESS;
        voices = 0;
    }

    /** The human begins a note. */
    void hear(int velocity, int heldKeys, long nanos) {
        voices = Math.max(heldKeys, voices - FEWER_VOICES);
        loudness = LOUDNESS_STAYS * loudness + (1 - LOUDNESS_STAYS) * velocity;
        if (heard && nanos - lastOnsetNanos < CHORD_NANOS) {
            return;
        }
        long pastNanos = nanos - lastOnsetNanos;
        onsetsNow = heard ? onsetsNow * faded(pastNanos, NOW_NANOS) + 1 : 1;
        onsetsUsually = heard ? onsetsUsually * faded(pastNanos, USUALLY_NANOS) + 1 : 1;
        firstOnsetNanos = heard ? firstOnsetNanos : nanos;
        lastOnsetNanos = nanos;
        heard = true;
    }

    /** The loudest velocity that does not cover the human. */
    double loudest() {
        return SOFTER * loudness;
    }

    /** What another has heard and played until now. */
    void copyFrom(Room other) {
        onsetsNow = other.onsetsNow;
        onsetsUsually = other.onsetsUsually;
        lastOnsetNanos = other.lastOnsetNanos;
        firstOnsetNanos = other.firstOnsetNanos;
        heard = other.heard;
        loudness = other.loudness;
        voices = other.voices;
        notes.copyFrom(other.notes);
        startNanos = other.startNanos;
    }

    private static double faded(long pastNanos, double overNanos) {
        return StrictMath.exp(-Math.max(0, pastNanos) / overNanos);
    }

    /** Notes a second that suit what the human does at this time, if they do nothing new until then. */
    double notesPerSecond(long nanos) {
        if (!heard) {
            return USUAL_PACE * SHARE_BUSY * dials.density();
        }
        long pastNanos = nanos - lastOnsetNanos;
        double sinceNanos = USUALLY_NANOS * (1 - faded(lastOnsetNanos - firstOnsetNanos, USUALLY_NANOS));
        double usual = onsetsUsually <= 2
                ? USUAL_PACE
                : Math.clamp((onsetsUsually - 1) * NANOS_PER_SECOND / sinceNanos, SLOWEST_PACE, FASTEST_PACE);
        double now = onsetsNow * faded(pastNanos, NOW_NANOS) * NANOS_PER_SECOND / NOW_NANOS;
        double busy = Math.min(2, now / usual);
        double share = Math.max(LEAST_SHARE, SHARE_AT_REST - (SHARE_AT_REST - SHARE_BUSY) * busy);
        return usual * share * dials.density();
    }

    /** When the partner, whom the human has left alone, begins its last note at the latest. */
    long overNanos() {
        double alone = pulse.confidence() > 0 ? ALONE_BEATS * pulse.beatPeriodNanos() : ALONE_NANOS;
        return Math.max(startNanos, lastOnsetNanos) + Math.clamp((long) alone, SHORTEST_ALONE_NANOS, ALONE_NANOS);
    }

    @Override
    public void restart(long nanos) {
        notes.restart(nanos);
        startNanos = nanos;
    }

    @Override
    public void noteSent(long nanos) {
        notes.add(nanos);
    }

    @Override
    public double patience(long nanos) {
        double expected = notesPerSecond(nanos) * notes.spanNanos(startNanos, nanos) / NANOS_PER_SECOND;
        return Math.clamp(PULL * notes.ahead(expected, SLACK_NOTES, nanos), MIN_PATIENCE, MAX_PATIENCE);
    }

    @Override
    public long maxNoteNanos() {
        return pulse.confidence() > 0
                ? Math.min(LONGEST_NOTE_NANOS, (long) (LONGEST_NOTE_BEATS * pulse.beatPeriodNanos()))
                : LONGEST_NOTE_NANOS;
    }

    @Override
    public int maxPolyphony() {
        return Math.min(dials.maxPolyphony(), Math.max(1, VOICES_OF_BOTH - (int) Math.ceil(voices)));
    }

    @Override
    public boolean isOver(long nanos) {
        return nanos > overNanos();
    }

    @Override
    public long maxGapNanos(int sounding, long nanos) {
        return LONGEST_GAP_NANOS;
    }
}
