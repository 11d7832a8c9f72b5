package antiphon.corpus;

import antiphon.music.Note;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * Tells pieces that come twice, be it in another key, at another tempo, with another touch, cut a little shorter or
 * with a few notes changed.
 *
 * <p>Two pieces are the same if their {@link Fingerprint} is, or if half of their intervals, taken eight at a time, are
 * shared: estimated from the smallest {@value #SKETCH} hashes of each (bottom-k sketch, Broder 1997). One thread.
 */
final class KnownPieces {
    private static final int FEWEST_NOTES_TO_COMPARE = 16;
    private static final int SKETCH = 64;
    private static final int GRAM = 8;
    private static final int SAME = SKETCH / 2;
    private static final Comparator<Note> BY_ONSET_AND_PITCH =
            Comparator.comparingLong(Note::onsetNanos).thenComparingInt(Note::pitch);

    private final DigestMap fingerprints = new DigestMap();
    private final Holders holders = new Holders();
    private int pieces;

    /** True the first time that a piece with these intervals comes. */
    boolean isNewToTheNote(Piece piece) {
        return isNewToTheNote(piece.performance().notes().size(), DigestMap.key(Fingerprint.of(piece.performance())));
    }

    /**
     * The same of a piece of which no more is known.
     *
     * @param notes how many it has
     * @param fingerprint the first 64 bits of its {@link Fingerprint}
     */
    boolean isNewToTheNote(int notes, long fingerprint) {
        return notes < FEWEST_NOTES_TO_COMPARE || fingerprints.put(fingerprint, 0) == DigestMap.ABSENT;
    }

    /**
     * True the first time that a piece or one much like it comes. Pieces with few notes are not compared, because
     * exercises begin alike.
     */
    boolean isNew(Piece piece) {
        if (!isNewToTheNote(piece)) {
            return false;
        }
        long[] sketch = sketch(piece);
        if (sketch.length == SKETCH && hasTwin(sketch)) {
            return false;
        }
        for (long hash : sketch) {
            holders.add(hash, pieces);
        }
        pieces++;
        return true;
    }

    private boolean hasTwin(long[] sketch) {
        long[] found = LongStream.of(sketch)
                .mapMulti((hash, all) -> holders.forEach(hash, all::accept))
                .sorted()
                .toArray();
        // A piece is there as often as it shares a hash.
        return IntStream.rangeClosed(0, found.length - SAME).anyMatch(i -> found[i] == found[i + SAME - 1]);
    }

    private static long[] sketch(Piece piece) {
        List<Note> notes =
                piece.performance().notes().stream().sorted(BY_ONSET_AND_PITCH).toList();
        int count = Math.max(0, notes.size() - GRAM);
        long[] hashes = new long[count];
        for (int i = 0; i < count; i++) {
            long hash = 0;
            for (int j = i; j < i + GRAM; j++) {
                int interval = notes.get(j + 1).pitch() - notes.get(j).pitch();
                hash = (hash ^ interval) * 0x9E3779B97F4A7C15L;
                hash ^= hash >>> 29;
            }
            hashes[i] = hash;
        }
        Arrays.sort(hashes);
        // The distinct ones. Sorted first, because a set of them would need many times their memory.
        return LongStream.range(0, hashes.length)
                .filter(i -> i == 0 || hashes[(int) i] != hashes[(int) i - 1])
                .limit(SKETCH)
                .map(i -> hashes[(int) i])
                .toArray();
    }
}
