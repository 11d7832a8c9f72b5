package antiphon.corpus;

import antiphon.music.Note;
import antiphon.music.Performance;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Which pieces of a corpus to learn from, which choose the best pass, and which judge the result.
 *
 * @param train to learn from
 * @param valid to choose the best pass by
 * @param test to judge by; where there are too few, the same as {@code valid}
 * @param rule for people: how the pieces were divided
 */
public record Division(List<Piece> train, List<Piece> valid, List<Piece> test, String rule) {
    private static final int ONE_HELD_OUT_OF = 5;
    private static final int FEWEST_PIECES = 3;
    private static final int FEWEST_NOTES = 20;

    /** By the {@link Split} alone; any side but the first may be empty. {@link CorpusException}, one line, if that is. */
    public static Division bySplit(List<Piece> pieces) {
        List<Piece> train = Split.TRAIN.select(pieces);
        if (train.isEmpty()) {
            throw new CorpusException("corpus: all " + pieces.size()
                    + " pieces are held out for judging; one at least must be left to learn from. Add pieces.");
        }
        return new Division(train, Split.VALID.select(pieces), Split.TEST.select(pieces), "by their fingerprints");
    }

    /**
     * For a musician's few files: by the {@link Split} where it leaves something on both sides. Otherwise the pieces of
     * the lowest fingerprints, one in five, are held out; and of less than three pieces the last fifth of each. This
     * depends only on the music, so the same files are always divided in the same way.
     *
     * @throws CorpusException one line, if none of them is long enough
     */
    public static Division ofFew(List<Piece> pieces) {
        List<Piece> train = Split.TRAIN.select(pieces);
        List<Piece> valid = Split.VALID.select(pieces);
        List<Piece> test = Split.TEST.select(pieces);
        boolean choosesAndJudges = !valid.isEmpty() && !test.isEmpty();
        if (!train.isEmpty() && (!valid.isEmpty() || !test.isEmpty())) {
            return new Division(
                    train,
                    valid.isEmpty() ? test : valid,
                    test.isEmpty() ? valid : test,
                    choosesAndJudges
                            ? "by their fingerprints"
                            : "by their fingerprints; the same ones choose the best pass and judge it");
        }
        return pieces.size() < FEWEST_PIECES ? byTime(pieces) : byRank(pieces);
    }

    private static Division byRank(List<Piece> pieces) {
        List<Piece> ranked = pieces.stream()
                .sorted((one, other) ->
                        Arrays.compareUnsigned(Fingerprint.of(one.performance()), Fingerprint.of(other.performance())))
                .toList();
        int held = Math.max(1, ranked.size() / ONE_HELD_OUT_OF);
        List<Piece> heldOut = ranked.subList(0, held);
        return new Division(
                ranked.subList(held, ranked.size()),
                heldOut,
                heldOut,
                "too few to divide by their fingerprints, so the lowest of them; the same ones choose the best pass and"
                        + " judge it");
    }

    private static Division byTime(List<Piece> pieces) {
        List<Piece> train = new ArrayList<>();
        List<Piece> heldOut = new ArrayList<>();
        for (Piece piece : pieces) {
            List<Note> notes = piece.performance().notes();
            if (notes.size() >= FEWEST_NOTES) {
                int end = notes.size() - notes.size() / ONE_HELD_OUT_OF;
                train.add(part(piece, "the beginning of ", notes.subList(0, end)));
                heldOut.add(part(piece, "the end of ", notes.subList(end, notes.size())));
            }
        }
        if (train.isEmpty()) {
            throw new CorpusException("corpus: no piece of " + FEWEST_NOTES
                    + " notes; one at least needed, to hold out a part of it. Add files.");
        }
        return new Division(
                train,
                heldOut,
                heldOut,
                "too few to hold out a whole one, so the last fifth of each; the same parts choose the best pass and"
                        + " judge it");
    }

    /** Some notes of a piece, from time 0. */
    private static Piece part(Piece piece, String which, List<Note> notes) {
        long begin = notes.getFirst().onsetNanos();
        List<Note> moved = notes.stream()
                .map(note -> new Note(
                        note.voice(), note.onsetNanos() - begin, note.durationNanos(), note.pitch(), note.velocity()))
                .toList();
        return new Piece(which + piece.name(), Performance.of(moved));
    }
}
