package antiphon.corpus;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which pieces a network learned from, as its file says: 64 bits of the {@link Fingerprint} of each. Of more than
 * {@value #MAX_PIECES} pieces only those with the lowest fingerprints are kept; then it is known of the pieces up to the
 * highest kept, and how many others there are is reckoned from them. Immutable.
 */
public final class Learned {
    /** Its place among a model's metadata. */
    public static final String KEY = "learned";

    private static final int MAX_PIECES = 4096;
    private static final Learned NOTHING = new Learned(new TreeSet<>());

    private final NavigableSet<Long> fingerprints;

    private Learned(NavigableSet<Long> fingerprints) {
        this.fingerprints = fingerprints;
    }

    /**
     * All pieces of a corpus but those held out, and what was learned before.
     *
     * @param heldOut from the {@link Division}; where these are parts of pieces, the whole pieces count as learned
     */
    public static Learned of(List<Piece> corpus, List<Piece> heldOut, Learned before) {
        Set<Long> out = new HashSet<>();
        heldOut.forEach(piece -> out.add(key(piece)));
        NavigableSet<Long> learned = new TreeSet<>(before.fingerprints);
        for (Piece piece : corpus) {
            if (!out.contains(key(piece))) {
                learned.add(key(piece));
            }
        }
        while (learned.size() > MAX_PIECES) {
            learned.pollLast();
        }
        return new Learned(learned);
    }

    /** What {@link #toText} wrote; empty if there is none, or it is something else. */
    public static Optional<Learned> parse(String text) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException other) {
            return Optional.empty();
        }
        if (bytes.length == 0 || bytes.length % Long.BYTES != 0) {
            return Optional.empty();
        }
        NavigableSet<Long> fingerprints = new TreeSet<>();
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
            fingerprints.add(buffer.getLong());
        }
        return Optional.of(new Learned(fingerprints));
    }

    /** That nothing was learned before. */
    public static Learned nothing() {
        return NOTHING;
    }

    /** How many fingerprints are kept. */
    public int size() {
        return fingerprints.size();
    }

    /** As text, for a model's metadata. */
    public String toText() {
        ByteBuffer buffer = ByteBuffer.allocate(fingerprints.size() * Long.BYTES);
        fingerprints.forEach(buffer::putLong);
        return Base64.getEncoder().encodeToString(buffer.array());
    }

    /** How many of these pieces it learned from, in whatever key and at whatever tempo they are. */
    public int among(List<Piece> pieces) {
        boolean all = fingerprints.size() < MAX_PIECES;
        int known = 0;
        int found = 0;
        for (Piece piece : pieces) {
            long key = key(piece);
            if (all || key <= fingerprints.last()) {
                known++;
                found += fingerprints.contains(key) ? 1 : 0;
            }
        }
        return known == 0 ? 0 : (int) Math.round((double) found * pieces.size() / known);
    }

    private static long key(Piece piece) {
        return DigestMap.key(Fingerprint.of(piece.performance()));
    }
}
