package antiphon.music;

import antiphon.HotPath;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Lists of notes, first in first out. A list is found by any number and exists while it has notes; a note is a small
 * number from 0 and is in one list at a time. Every method takes a few steps, however many lists and notes there are.
 *
 * <p>One thread. Allocates only to grow: when more lists exist at once than notes were asked for, or when told.
 */
@HotPath
final class NoteLists {
    static final int NONE = -1;

    /**
     * Different in each run, so that nobody can make a file whose lists all get the same place. It decides where a list
     * lies, never what is in it or in which order.
     */
    private static final long SECRET = new SplittableRandom().nextLong() | 1;

    private static final long GOLDEN_RATIO = 0x9E37_79B9_7F4A_7C15L;

    /** The neighbours of each note in its list. */
    private int[] previous;

    private int[] next;

    /** Open addressing with linear probing; at least half of the places are free. */
    private long[] listAt;

    private int[] firstAt; // NONE: the place is free
    private int[] lastAt;
    private int lists;

    NoteLists(int notes) {
        previous = new int[notes];
        next = new int[notes];
        int places = Integer.highestOneBit(notes) * 4;
        listAt = new long[places];
        lastAt = new int[places];
        firstAt = new int[places];
        Arrays.fill(firstAt, NONE);
    }

    /** The oldest note of a list, {@link #NONE} if it has none. */
    int first(long list) {
        return firstAt[placeOf(list)];
    }

    /** Puts a note that is in no list at the end of this one. */
    void add(long list, int note) {
        int place = placeOf(list);
        next[note] = NONE;
        if (firstAt[place] == NONE) {
            listAt[place] = list;
            firstAt[place] = note;
            previous[note] = NONE;
            lists++;
        } else {
            next[lastAt[place]] = note;
            previous[note] = lastAt[place];
        }
        lastAt[place] = note;
        if (lists * 2 > listAt.length) {
            growTable();
        }
    }

    /** Takes a note out of the list that it is in. */
    void remove(long list, int note) {
        int place = placeOf(list);
        int before = previous[note];
        int after = next[note];
        if (before == NONE) {
            firstAt[place] = after;
        } else {
            next[before] = after;
        }
        if (after == NONE) {
            lastAt[place] = before;
        } else {
            previous[after] = before;
        }
        if (firstAt[place] == NONE) {
            lists--;
            closeGap(place);
        }
    }

    /** Makes room for this many notes. */
    void grow(int notes) {
        previous = Arrays.copyOf(previous, notes);
        next = Arrays.copyOf(next, notes);
    }

    /** Where the list is, or the free place where it would be. */
    private int placeOf(long list) {
        int place = homeOf(list);
        while (firstAt[place] != NONE && listAt[place] != list) {
            place = after(place);
        }
        return place;
    }

    private int homeOf(long list) {
        long mixed = list * SECRET;
        mixed = (mixed ^ (mixed >>> 32)) * GOLDEN_RATIO;
        return (int) (mixed >>> (Long.numberOfLeadingZeros(listAt.length) + 1));
    }

    private int after(int place) {
        return (place + 1) & (listAt.length - 1);
    }

    /** A list is found only while no free place lies between its home and itself. */
    private void closeGap(int free) {
        int gap = free;
        for (int place = after(gap); firstAt[place] != NONE; place = after(place)) {
            int fromHome = (place - homeOf(listAt[place])) & (listAt.length - 1);
            int fromGap = (place - gap) & (listAt.length - 1);
            if (fromHome >= fromGap) {
                listAt[gap] = listAt[place];
                firstAt[gap] = firstAt[place];
                lastAt[gap] = lastAt[place];
                firstAt[place] = NONE;
                gap = place;
            }
        }
    }

    private void growTable() {
        long[] oldLists = listAt;
        int[] oldFirsts = firstAt;
        int[] oldLasts = lastAt;
        listAt = Arrays.copyOf(oldLists, oldLists.length * 2);
        lastAt = Arrays.copyOf(oldLasts, listAt.length);
        firstAt = Arrays.copyOf(oldFirsts, listAt.length);
        Arrays.fill(firstAt, NONE);
        for (int i = 0; i < oldLists.length; i++) {
            if (oldFirsts[i] != NONE) {
                int place = placeOf(oldLists[i]);
                listAt[place] = oldLists[i];
                firstAt[place] = oldFirsts[i];
                lastAt[place] = oldLasts[i];
            }
        }
    }
}
