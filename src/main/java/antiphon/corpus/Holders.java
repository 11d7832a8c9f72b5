package antiphon.corpus;

import java.util.function.IntConsumer;

/**
 * Which pieces have a hash: in tables of numbers, at about 20 bytes a hash and 8 for each further piece that has it, because
 * a corpus has millions of them. One thread.
 */
final class Holders {
    /** Odd: spreads hashes that lie close together, as the smallest of a piece do, and gives different ones for different. */
    private static final long SPREAD = 0x9E3779B97F4A7C15L;

    private static final int PIECE = 0;
    private static final int BEFORE = 1;

    /** By hash: the last piece that has it, doubled, if it is the only one; else its row in the links, doubled, and 1. */
    private final DigestMap last = new DigestMap();

    /** A piece, and what {@link #last} held before it. */
    private final IntTable links = new IntTable(2);

    /** @param piece its number, 0 or more, below 2^30 */
    void add(long hash, int piece) {
        long key = hash * SPREAD;
        int before = last.get(key);
        last.put(key, before == DigestMap.ABSENT ? piece << 1 : links.add(piece, before) << 1 | 1);
    }

    /** Tells of each piece that has the hash, the last one first. */
    void forEach(long hash, IntConsumer told) {
        int found = last.get(hash * SPREAD);
        while ((found & 1) == 1 && found != DigestMap.ABSENT) {
            told.accept(links.get(found >> 1, PIECE));
            found = links.get(found >> 1, BEFORE);
        }
        if (found != DigestMap.ABSENT) {
            told.accept(found >> 1);
        }
    }
}
