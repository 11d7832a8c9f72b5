package antiphon.improv.part;

import antiphon.HotPath;
import antiphon.improv.Origin;
import antiphon.improv.listen.NoteList;
import antiphon.improv.listen.Pulse;
import antiphon.music.Vocabulary;

/**
 * Makes beginnings of answers out of a call, as people develop a motif: on other steps of the key, upside down, its
 * rhythm with other pitches, its pitches in another rhythm, a sequence of a fragment, the same beginning with another
 * end. What is made depends only on the call, its key and pulse, and a number. One thread; allocates nothing.
 */
@HotPath
final class Operators {
    /** Fewer groups of notes are no material. */
    private static final int MIN_GROUPS = 3;

    private static final int MIN_GROUPS_TO_CUT = 6;
    private static final int MIN_NOTES_TO_CLOSE = 4;
    private static final int MAX_ROW = 8;

    private static final int[] STEPS = {-1, 1, -2, 2, 3, -3, 4, -4};
    private static final int[] SEQUENCE_STEPS = {-1, 1, -1, 2, -2, 1};

    /** Of a fragment: its groups of notes, and the beats after which it is repeated. */
    private static final int MIN_FRAGMENT = 3;

    private static final int MAX_FRAGMENT = 7;

    /** Three beats less often: most bars have two or four. */
    private static final int[] FRAGMENT_BEATS = {2, 4, 2, 4, 3, 1};

    private static final int MIN_REPEATS = 2;
    private static final int MAX_REPEATS = 4;
    private static final int PERCENT = 100;

    /** The end that the network makes begins after so many percent of the call, and up to so many more. */
    private static final int MIN_KEPT = 40;

    private static final int MORE_KEPT = 30;

    /** An answer out of the call's material is at most so much longer than it is meant to be. */
    private static final double LONGEST = 1.15;

    /** So much longer than the usual note the last one is, at least. */
    private static final int LONG_LAST = 2;

    /** A beat that has begun less than this part of one ago is still the one to end on. */
    private static final double LATE_BEATS = 0.2;

    /** Where there are none. */
    private static final double BEAT_NANOS = 560e6;

    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private final Material call = new Material();
    private final PitchChange change = new PitchChange(call);
    private final CallKey callKey = new CallKey();
    private Sketch sketch = new Sketch();
    private AnswerShape shape = new AnswerShape();
    private int key;
    private double beatNanos;
    private double beatPeriodNanos;
    private long random;

    /**
     * Takes the material.
     *
     * @param notes of the call, all of them ended
     * @param lowestOfRight see {@link Material#take}
     * @param heardKey see {@link CallKey}
     * @param pulse of the call
     * @param answer how long it is to be
     * @param registerSemitones how much higher than the call it is to lie
     */
    void take(NoteList notes, int lowestOfRight, int heardKey, Pulse pulse, AnswerShape answer, int registerSemitones) {
        call.take(notes, lowestOfRight);
        key = callKey.of(notes, heardKey);
        change.take(key, registerSemitones);
        shape = answer;
        beatPeriodNanos = pulse.isSure() ? pulse.beatPeriodNanos() : 0;
        beatNanos = pulse.beatNanos();
    }

    /**
     * Makes a beginning.
     *
     * @param seed the same number makes the same beginning
     * @param into becomes the beginning
     * @return false if the call is no material for it: then the network draws all
     */
    boolean make(Origin origin, long seed, Sketch into) {
        sketch = into;
        sketch.clear();
        sketch.setKey(key);
        random = seed;
        if (call.groups() < MIN_GROUPS) {
            return false;
        }
        return switch (origin) {
            case TRANSPOSED -> moved();
            case INVERTED -> mirrored();
            case RHYTHM -> rhythm();
            case PITCHES -> call.groups() >= MIN_GROUPS_TO_CUT && row();
            case SEQUENCE -> sequence();
            case ENDING -> call.groups() >= MIN_GROUPS_TO_CUT && beginning();
            default -> false;
        };
    }

    private int random(int bound) {
        random += GOLDEN;
        long mixed = (random ^ random >>> 30) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94D049BB133111EBL;
        return (int) Math.floorMod(mixed ^ mixed >>> 31, (long) bound);
    }

    private boolean moved() {
        change.moveWithin(STEPS[random(STEPS.length)]);
        play(false);
        return true;
    }

    /** Of the line only: chords upside down would be others. The left hand's notes stay where it plays. */
    private boolean mirrored() {
        if (random(2) == 0) {
            change.mirrorAroundThird();
        } else {
            change.mirrorAroundFirst();
        }
        play(true);
        return true;
    }

    private boolean rhythm() {
        change.open();
        play(false);
        return true;
    }

    /** Plays the call with other pitches, to its end or until the network goes on. */
    private void play(boolean lineOnly) {
        int last = lastGroupInTime();
        boolean closes = random(2) == 0;
        if (!closes) {
            last = Math.max(MIN_GROUPS, cut(last + 1)) - 1;
        }
        for (int group = 0; group < last; group++) {
            addGroup(group, 0, lineOnly, Long.MAX_VALUE);
        }
        if (closes && sketch.size() + 1 >= MIN_NOTES_TO_CLOSE) {
            closeWith(last, lineOnly);
        } else {
            addGroup(last, 0, lineOnly, Long.MAX_VALUE);
        }
    }

    /** So many groups of these are kept where the network makes the end. */
    private int cut(int groups) {
        return groups * (MIN_KEPT + random(MORE_KEPT)) / PERCENT;
    }

    private int lastGroupInTime() {
        int last = call.groups() - 1;
        long longestNanos = (long) (LONGEST * shape.intendedNanos());
        while (last >= MIN_GROUPS && call.onsetNanos(last) - call.onsetNanos(0) > longestNanos) {
            last--;
        }
        return last;
    }

    /** The same beginning; then the network goes on, or draws other pitches in the call's rhythm, which then close. */
    private boolean beginning() {
        change.move(0);
        int last = lastGroupInTime();
        int kept = Math.max(MIN_GROUPS, cut(last + 1));
        boolean closes = random(2) == 0;
        for (int group = 0; group < (closes ? last : kept); group++) {
            if (group == kept) {
                change.open();
            }
            addGroup(group, 0, false, Long.MAX_VALUE);
        }
        if (closes) {
            change.open();
            closeWith(last, false);
        }
        return true;
    }

    private boolean row() {
        change.moveWithin(STEPS[random(STEPS.length)]);
        int first = random(call.groups() / 2);
        int end = Math.min(call.groups(), first + MIN_GROUPS + random(MAX_ROW - MIN_GROUPS));
        for (int group = first; group < end; group++) {
            if (call.isOfLine(group)) {
                int top = call.topNote(group);
                add(top, 0, call.legatoNanos(group, top), Long.MAX_VALUE);
            }
        }
        sketch.openTimes();
        return sketch.size() > 0;
    }

    /** Of the call's beginning, its end, or what lies between, in whole beats if there are beats. */
    private boolean sequence() {
        int where = random(4);
        int beats = FRAGMENT_BEATS[random(FRAGMENT_BEATS.length)];
        int first = where < 2 ? 0 : where == 2 ? lastStart(beats) : random(call.groups() - MIN_FRAGMENT + 1);
        first = onBeatFrom(first);
        int size = size(first, beats);
        long periodNanos = periodNanos(first, size);
        int repeats = Math.clamp(shape.intendedNanos() / periodNanos, MIN_REPEATS, MAX_REPEATS);
        int step = SEQUENCE_STEPS[random(SEQUENCE_STEPS.length)];
        int from = random(3) == 0 ? 0 : step;
        int sign = change.fits(from + step * (repeats - 1)) ? 1 : -1;
        boolean closes = random(2) == 0;
        for (int repeat = 0; repeat < repeats; repeat++) {
            change.move(sign * (from + step * repeat));
            long laterNanos = repeat * periodNanos;
            long endNanos = call.onsetNanos(first) + laterNanos + periodNanos;
            for (int group = first; group < first + size; group++) {
                addGroup(group, laterNanos, false, endNanos);
            }
        }
        if (closes) {
            int before = change.of(call.top(call.lineUntil(first + size - 1)));
            long onsetNanos = onBeat(call.onsetNanos(first) + repeats * periodNanos);
            sketch.add(change.scale().closing(before), before, call.velocityBin(first), onsetNanos, longNanos(0));
            sketch.close();
        }
        return true;
    }

    /** The first group from here on that is on a beat, because an answer enters on one; else the call's first. */
    private int onBeatFrom(int group) {
        int first = group;
        while (first > 0
                && beatPeriodNanos > 0
                && !Pulse.isOnBeat((double) call.onsetNanos(first), beatNanos, beatPeriodNanos)) {
            first = first + MIN_FRAGMENT < call.groups() ? first + 1 : 0;
        }
        return first;
    }

    /** Where a fragment of so many beats begins that ends with the call. */
    private int lastStart(int beats) {
        int start = call.groups() - MIN_FRAGMENT;
        long lastNanos = call.onsetNanos(call.groups() - 1);
        while (start > 0
                && call.groups() - start < MAX_FRAGMENT
                && lastNanos - call.onsetNanos(start - 1) < spanNanos(beats)) {
            start--;
        }
        return start;
    }

    private double spanNanos(int beats) {
        double beat = beatPeriodNanos == 0 ? BEAT_NANOS : beatPeriodNanos;
        return (beats - LATE_BEATS) * beat;
    }

    /** The groups of a fragment of so many beats; some at least. */
    private int size(int first, int beats) {
        int size = Math.min(MIN_FRAGMENT, call.groups() - first);
        while (first + size < call.groups()
                && size < MAX_FRAGMENT
                && call.onsetNanos(first + size) - call.onsetNanos(first) < spanNanos(beats)) {
            size++;
        }
        return size;
    }

    /** After how long a fragment is repeated: whole beats, if there are beats. */
    private long periodNanos(int first, int size) {
        long spanNanos = call.onsetNanos(first + size - 1) - call.onsetNanos(first);
        long rawNanos = first + size < call.groups()
                ? call.onsetNanos(first + size) - call.onsetNanos(first)
                : spanNanos + Math.max(call.paceNanos(), call.lengthNanos(call.topNote(first + size - 1)));
        if (beatPeriodNanos == 0) {
            return rawNanos;
        }
        double beats = Math.max(1, Math.rint(rawNanos / beatPeriodNanos));
        if (beats * beatPeriodNanos < spanNanos + call.paceNanos() / 2.0) {
            beats++;
        }
        return Math.round(beats * beatPeriodNanos);
    }

    private void addGroup(int group, long laterNanos, boolean lineOnly, long endNanos) {
        for (int note = call.first(group); note < call.first(group + 1); note++) {
            boolean ofLine = note == call.topNote(group) && call.isOfLine(group);
            if (!lineOnly || ofLine || call.isLeft(note)) {
                long length = lineOnly && ofLine ? call.legatoNanos(group, note) : call.lengthNanos(note);
                add(note, laterNanos, length, endNanos);
            }
        }
    }

    private void add(int note, long laterNanos, long lengthNanos, long endNanos) {
        long onset = call.notes().onsetNanos(note) + laterNanos;
        int velocityBin = Vocabulary.velocityBin(call.notes().velocity(note));
        sketch.add(
                change.ofNote(note),
                change.registered(call.notes().pitch(note)),
                velocityBin,
                onset,
                Math.min(lengthNanos, endNanos - onset));
    }

    /** The last group: in the tonic triad, on a beat, and long. */
    private void closeWith(int group, boolean lineOnly) {
        for (int note = call.first(group); note < call.first(group + 1); note++) {
            boolean isTop = note == call.topNote(group);
            if (isTop || !lineOnly || call.isLeft(note)) {
                int pitch = call.notes().pitch(note);
                int to = change.ofNote(note);
                int closing = to == Sketch.OPEN
                        ? Sketch.OPEN_IN_TRIAD
                        : isTop ? change.scale().closing(to) : change.scale().nearestOfTriad(to);
                long onset = onBeat(call.notes().onsetNanos(note));
                int velocityBin = Vocabulary.velocityBin(call.notes().velocity(note));
                sketch.add(closing, change.registered(pitch), velocityBin, onset, longNanos(call.lengthNanos(note)));
            }
        }
        sketch.close();
    }

    private long longNanos(long own) {
        return Math.max(own, LONG_LAST * call.usualNanos());
    }

    /** The same time if it is on a beat or there are none, else the next beat. */
    private long onBeat(long nanos) {
        if (beatPeriodNanos == 0 || Pulse.isOnBeat((double) nanos, beatNanos, beatPeriodNanos)) {
            return nanos;
        }
        double beats = Math.ceil((nanos - beatNanos) / beatPeriodNanos - LATE_BEATS);
        return Math.round(beatNanos + beats * beatPeriodNanos);
    }
}
