package antiphon.reference;

import antiphon.corpus.Piece;
import antiphon.corpus.Score;
import antiphon.music.Encoder;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * N-grams of the same events that a network is compared with, in the same unit. Immutable, any thread.
 *
 * <p>The unigram knows how often each value of a field comes. The 5-gram predicts a field from the fields already
 * chosen of its own event and the four events before it, backing off to shorter contexts: see {@link FieldPlan}. It is
 * the best 5-gram that we found, because beating a weak one would show nothing.
 */
public final class ReferenceModels {
    /**
     * Bits that a bit in the file must save, on as much new music as was counted. Of 3.9 million notes this keeps 2.4
     * of 31.7 million values, 5.1 MB, and costs 0.4 % on the VALID side (17.897 for 17.825 bits per note). Keeping more
     * gains nothing until nearly all is kept: 17.896 at 7.5 MB, 17.906 at 9.8 MB. 0.12 makes it 2.6 MB and 17.945.
     */
    public static final double DEFAULT_MIN_WORTH = 0.05;

    private final Counts counts;

    private ReferenceModels(Counts counts) {
        this.counts = counts;
    }

    /**
     * Counts pieces. Needs about 250 bytes for each event, and minutes for ten millions.
     *
     * @param description what was counted, for people
     * @param minWorth bits that must be saved for a bit in the file; 0 counts everything
     * @throws ReferenceException one line, if there are too many events
     */
    public static ReferenceModels count(List<Piece> pieces, String description, double minWorth) {
        List<int[]> events = events(pieces).toList();
        return new ReferenceModels(new Counts(
                description,
                Ngram.count(FieldPlan.UNIGRAM, events, 0),
                Ngram.count(FieldPlan.FIVE_GRAM, events, minWorth)));
    }

    /** Reads what {@link #write} has written; {@link ReferenceException}, one line, if that is not what the file holds. */
    public static ReferenceModels read(Path path) {
        return new ReferenceModels(ReferenceFile.read(path));
    }

    /** Writes the file beside its place and then moves it there, so that a reader never sees half of it. */
    public void write(Path path) {
        ReferenceFile.write(path, counts);
    }

    /** What was counted. */
    public String description() {
        return counts.description();
    }

    /** The unigram's bits per note. */
    public Score unigram(List<Piece> pieces) {
        return counts.unigram().score(events(pieces));
    }

    /** The 5-gram's bits per note. */
    public Score fiveGram(List<Piece> pieces) {
        return counts.fiveGram().score(events(pieces));
    }

    private static Stream<int[]> events(List<Piece> pieces) {
        return pieces.stream().map(piece -> Encoder.encode(piece.performance()));
    }

    /** How many values are listed in the contexts of both. */
    public long size() {
        return counts.unigram().size() + counts.fiveGram().size();
    }
}
