package antiphon.improv.part;

import antiphon.HotPath;
import antiphon.improv.listen.Median;
import antiphon.improv.listen.NoteList;
import antiphon.music.Vocabulary;

/**
 * A call as material: its notes in groups that begin together, of which the highest notes are the line, and what is usual
 * in it. One thread; allocates nothing.
 */
@HotPath
final class Material {
    /** Onsets closer than this are one. */
    private static final long TOGETHER_NANOS = 45_000_000L;

    private static final long USUAL_PACE_NANOS = 400_000_000L;

    private final NoteList notes = new NoteList();
    private final int[] firsts = new int[NoteList.CAPACITY + 1];
    private final int[] tops = new int[NoteList.CAPACITY];
    private final long[] spansNanos = new long[NoteList.CAPACITY];
    private int groups;
    private int lowest;
    private int highest;
    private double meanPitch;
    private long paceNanos;
    private long usualNanos;

    /** Takes these notes, all of them ended. */
    void take(NoteList of) {
        notes.copyFrom(of);
        groups = 0;
        lowest = Integer.MAX_VALUE;
        highest = 0;
        double sum = 0;
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
        for (int group = 0; group < groups; group++) {
            sum += top(group);
        }
        meanPitch = groups > 0 ? sum / groups : 0;
        measureTimes();
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

    /** A note's length where it is part of a line: not beyond the next group. */
    long legatoNanos(int group, int note) {
        long length = lengthNanos(note);
        return group + 1 < groups ? Math.min(length, onsetNanos(group + 1) - notes.onsetNanos(note)) : length;
    }

    int lowest() {
        return lowest;
    }

    int highest() {
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
