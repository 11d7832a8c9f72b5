package antiphon.train;

import antiphon.corpus.Score;
import java.util.List;

/**
 * What one musician's own music has done to a model, judged by held-out pieces of the same musician.
 *
 * @param pieces names of those pieces
 * @param before of the model that was begun with
 * @param after of the best pass; not better than {@code before} if no pass was
 * @param helped true if the file written is of that pass; false if it is the model that was begun with
 */
public record TuneScore(List<String> pieces, Score before, Score after, boolean helped) {
    public TuneScore {
        pieces = List.copyOf(pieces);
    }
}
