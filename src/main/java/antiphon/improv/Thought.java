package antiphon.improv;

import antiphon.HotPath;

/** How many answers each part has thought of, in one number, as the journal keeps it. Stateless. */
@HotPath
public final class Thought {
    private static final int BITS = 16;
    private static final long MASK = (1L << BITS) - 1;

    private Thought() {}

    /** What it says of the part of this number, from 0. */
    public static long of(long thought, int number) {
        return (thought >>> (number * BITS)) & MASK;
    }

    /** The same with the count of one more part, of which it said nothing. */
    static long with(long thought, int number, long count) {
        return thought | Math.min(count, MASK) << (number * BITS);
    }
}
