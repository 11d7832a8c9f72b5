package antiphon.improv;

import antiphon.HotPath;
import org.jspecify.annotations.Nullable;

/** Minds of another network, one for each part that is to go on with it. Made by a cold thread, then not changed. */
public final class Successors {
    private final Mind first;
    private final @Nullable Mind[] beside = new Mind[1 + Band.MAX_BESIDE];

    /** @param first for the first part: see {@link Mind#successor} */
    public Successors(Mind first) {
        this.first = first;
    }

    void put(int number, Mind mind) {
        beside[number] = mind;
    }

    /** For the first part; the one that is fed what was heard. */
    @HotPath
    public Mind first() {
        return first;
    }

    /** For the part of this number, from 1; null if it keeps its own. */
    @HotPath
    @Nullable
    Mind beside(int number) {
        return beside[number];
    }

    /** The numbers of the parts that it has one for, as bits. */
    @HotPath
    public int which() {
        int which = 0;
        for (int number = 1; number < beside.length; number++) {
            which |= beside[number] == null ? 0 : 1 << number;
        }
        return which;
    }
}
