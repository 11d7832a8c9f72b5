package antiphon.improv.part;

import antiphon.HotPath;
import antiphon.improv.listen.Median;
import antiphon.improv.listen.NoteList;
import antiphon.music.Vocabulary;

/**
 * A call as material: its notes in groups that begin together, of which the highest notes are the line, and what is usual
 * in it. Where two hands are known, the line is the right hand's, and what the left one plays by itself is not of it. One
 * thread; allocates nothing.
 */
@HotPath
final class Material {
    /** Onsets closer than this are one. */
    private static final long TOGETHER_NANOS = 45_000_000L;

    private static final int SEMITONES = 12;
    private static final long USUAL_PACE_NANOS = 400_000_000L;

    private final NoteList notes = new NoteList();
    private final int[] firsts = new int[NoteList.CAPACITY + 1];
    private final int[] tops = new int[NoteList.CAPACITY];
    private final long[] spansNanos = new long[NoteList.CAPACITY];
    private int groups;
    private int lowestOfRight;
    private int lowest;
    private int highest;
    private int lowestOfLine;
    private double meanPitch;
    private long paceNanos;
    private long usualNanos;

    /**
     * Takes these notes, all of them ended.
     *
     * @param split the lowest pitch of the right hand, 0 if two hands are not known
     */
    void take(NoteList of, int split) {
        notes.copyFrom(of);
        lowestOfRight = split;
        groups = 0;
        lowest = Integer.MAX_VALUE;
        highest = 0;
        for (int note = 0; note < notes.size(); note++) {
            boolean begins =
                    groups == 0 || notes.onsetNanos(note) - notes.onsetNanos(firsts[groups - 1]) >= TOGETHER_NANOS;
            if (begins) {
                firsts[groups] = note;
                tops[groups] = note;
                groups++;
            } else if (notes.pitch(note) > notes.pitch(tops[groups - 1])) {
                tops[groups - 1] = note;
            }
            lowest = Math.min(lowest, notes.pitch(note));
            highest = Math.max(highest, notes.pitch(note));
        }
        firsts[groups] = notes.size();
        if (highest < lowestOfRight) {
            // The left hand alone has a line too.
            lowestOfRight = 0;
        }
        measureLine();
        measureTimes();
    }

    private void measureLine() {
        double sum = 0;
        int count = 0;
        lowestOfLine = Integer.MAX_VALUE;
        for (int group = lineFrom(0); group < groups; group = lineFrom(group + 1)) {
            sum += top(group);
            lowestOfLine = Math.min(lowestOfLine, top(group));
            count++;
        }
        meanPitch = count > 0 ? sum / count : 0;
    }

    private void measureTimes() {
        for (int group = 1; group < groups; group++) {
            spansNanos[group - 1] = onsetNanos(group) - onsetNanos(group - 1);
        }
        paceNanos = groups > 1 ? Median.of(spansNanos, groups - 1) : USUAL_PACE_NANOS;
        for (int note = 0; note < notes.size(); note++) {
            spansNanos[note] = lengthNanos(note);
        }
        usualNanos = notes.size() > 0 ? Median.of(spansNanos, notes.size()) : 0;
    }

    NoteList notes() {
        return notes;
    }

    /** Groups of notes that begin together. */
    int groups() {
        return groups;
    }

    /** The number of a group's first note; that of the notes for the group after the last. */
    int first(int group) {
        return firsts[group];
    }

    /** The number of a group's highest note. */
    int topNote(int group) {
        return tops[group];
    }

    /** The pitch of a group's highest note. */
    int top(int group) {
        return notes.pitch(tops[group]);
    }

    /** False for what the left hand plays by itself. */
    boolean isOfLine(int group) {
        return top(group) >= lowestOfRight;
    }

    /** The first group of the line from here on; how many groups there are if there is none. */
    int lineFrom(int group) {
        int first = group;
        while (first < groups && !isOfLine(first)) {
            first++;
        }
        return first;
    }

    /** The last group of the line up to here, or the first group if there is none. */
    int lineUntil(int group) {
        int last = group;
        while (last > 0 && !isOfLine(last)) {
            last--;
        }
        return last;
    }

    /** True for a note of the left hand, where two hands are known. */
    boolean isLeft(int note) {
        return notes.pitch(note) < lowestOfRight;
    }

    /** When a group begins. */
    long onsetNanos(int group) {
        return notes.onsetNanos(firsts[group]);
    }

    int velocityBin(int group) {
        return Vocabulary.velocityBin(notes.velocity(tops[group]));
    }

    long lengthNanos(int note) {
        return notes.endNanos(note) - notes.onsetNanos(note);
    }

    /** A note's length where it is part of a line: not beyond the next group of the line. */
    long legatoNanos(int group, int note) {
        int next = lineFrom(group + 1);
        long length = lengthNanos(note);
        return next < groups ? Math.min(length, onsetNanos(next) - notes.onsetNanos(note)) : length;
    }

    /** The pitch classes that occur: see {@link antiphon.music.Scale#classes}. */
    int classes() {
        int classes = 0;
        for (int note = 0; note < notes.size(); note++) {
            classes |= 1 << notes.pitch(note) % SEMITONES;
        }
        return classes;
    }

    int lowest() {
        return lowest;
    }

    int highest() {
        return highest;
    }

    int lowestOfLine() {
        return lowestOfLine;
    }

    /** The highest note of all is always of the line. */
    int highestOfLine() {
        return highest;
    }

    /** Of the line. */
    double meanPitch() {
        return meanPitch;
    }

    /** From one group to the next, the median. */
    long paceNanos() {
        return paceNanos;
    }

    /** A note's length, the median. */
    long usualNanos() {
        return usualNanos;
    }
}
