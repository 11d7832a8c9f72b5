package antiphon.improv.listen;

import antiphon.HotPath;
import antiphon.music.Vocabulary;

/**
 * Where the left hand ends and the right hand begins on the human's keyboard: at a pitch that is set, or found in the
 * largest gap of what was played of late by both hands. One thread; allocates nothing.
 *
 * <p>One hand alone has no split: two hands are believed only where enough notes lie on both sides of a gap and most of
 * those above begin while a key below is down, or with it.
 */
@HotPath
public final class HandSplit {
    /** See {@link #set}: found in what is played. */
    public static final int AUTO = 0;

    private static final int NONE = -1;

    /** Notes remembered. */
    private static final int NOTES = 48;

    /** No hand is forgotten sooner, nor remembered longer. */
    private static final long OLD_NANOS = 8_000_000_000L;

    /** So many notes of each hand at least. */
    private static final int MIN_NOTES = 3;

    /** Semitones between the hands at least, and so many more before another gap replaces the one in use. */
    private static final int MIN_GAP = 4;

    private static final int STAYS = 3;

    /** A hand reaches no further. */
    private static final int HAND = 16;

    /** Of the notes above so many, one in this number, begin over a key below. */
    private static final int TOGETHER = 2;

    /** Who begins so soon before the key below begins with it. */
    private static final long CHORD_NANOS = 60_000_000L;

    private final int[] pitches = new int[NOTES];
    private final long[] onsets = new long[NOTES];

    /** The lowest key that was down at each note, itself counted. */
    private final int[] lowest = new int[NOTES];

    private final int[] byPitch = new int[Vocabulary.PITCHES];
    private int count;
    private int next;
    private int fixed = AUTO;
    private int split = NONE;
    private int presumed = AUTO;

    /** Sets the lowest pitch of the right hand; {@value #AUTO} to find it. */
    public void set(int lowestOfRight) {
        fixed = lowestOfRight;
    }

    /** Where the split is neither set nor found, it is taken to be here; {@value #AUTO}: nowhere. */
    public void presume(int lowestOfRight) {
        presumed = lowestOfRight;
    }

    /** Nothing was played. */
    void forget() {
        count = 0;
        next = 0;
        split = NONE;
    }

    /** The human begins a note. */
    void hear(int pitch, Hands hands, long nanos) {
        int below = pitch;
        for (int other = pitch - 1; other >= 0; other--) {
            below = hands.isHeld(other) ? other : below;
        }
        // A key below that is a little late is still with the note above.
        for (int i = 0; i < count; i++) {
            if (nanos - onsets[i] < CHORD_NANOS && pitch < lowest[i]) {
                lowest[i] = pitch;
            }
        }
        pitches[next] = pitch;
        onsets[next] = nanos;
        lowest[next] = below;
        next = (next + 1) % NOTES;
        count = Math.min(count + 1, NOTES);
        find(nanos);
    }

    private void find(long nanos) {
        for (int pitch = 0; pitch < byPitch.length; pitch++) {
            byPitch[pitch] = 0;
        }
        int notes = 0;
        for (int i = 0; i < count; i++) {
            if (nanos - onsets[i] < OLD_NANOS) {
                byPitch[pitches[i]]++;
                notes++;
            }
        }
        int best = NONE;
        int widest = split == NONE ? MIN_GAP - 1 : gapAt(split) + STAYS;
        boolean keeps = split != NONE && areTwoHands(split, nanos);
        if (!keeps) {
            widest = MIN_GAP - 1;
        }
        int last = NONE;
        int below = 0;
        for (int pitch = 0; pitch < byPitch.length; pitch++) {
            if (byPitch[pitch] > 0) {
                if (last != NONE
                        && pitch - last > widest
                        && below >= MIN_NOTES
                        && notes - below >= MIN_NOTES
                        && areTwoHands((last + pitch + 1) / 2, nanos)) {
                    widest = pitch - last;
                    best = (last + pitch + 1) / 2;
                }
                last = pitch;
                below += byPitch[pitch];
            }
        }
        split = best != NONE ? best : keeps ? split : NONE;
    }

    /** Semitones between the notes on both sides of a pitch. */
    private int gapAt(int pitch) {
        int above = pitch;
        while (above < byPitch.length && byPitch[above] == 0) {
            above++;
        }
        int under = pitch - 1;
        while (under >= 0 && byPitch[under] == 0) {
            under--;
        }
        return above - under;
    }

    private boolean areTwoHands(int at, long nanos) {
        int above = 0;
        int together = 0;
        int top = 0;
        int bottom = Vocabulary.PITCHES;
        for (int i = 0; i < count; i++) {
            if (nanos - onsets[i] >= OLD_NANOS) {
                continue;
            }
            top = Math.max(top, pitches[i]);
            bottom = Math.min(bottom, pitches[i]);
            if (pitches[i] >= at) {
                above++;
                together += lowest[i] < at ? 1 : 0;
            }
        }
        return top - bottom >= HAND && above >= MIN_NOTES && together * TOGETHER >= above;
    }

    /** True if two hands are known to play: always where the split is set. */
    public boolean isKnown() {
        return fixed != AUTO || split != NONE || presumed != AUTO;
    }

    /** The lowest pitch of the right hand; 0 if two hands are not known. */
    public int lowestOfRight() {
        return fixed != AUTO ? fixed : split != NONE ? split : presumed;
    }

    /** True for a pitch of the left hand. */
    public boolean isLeft(int pitch) {
        return isKnown() && pitch < lowestOfRight();
    }
}
