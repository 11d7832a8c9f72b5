package antiphon.app;

import antiphon.corpus.Corpus;
import antiphon.corpus.Learned;
import antiphon.corpus.Piece;
import antiphon.corpus.Split;
import antiphon.model.ModelFile;
import java.util.List;
import java.util.Optional;

/**
 * How many of the pieces that a network is judged by it learned from.
 *
 * @param learned so many, or, if its file does not say which it learned from, so many it would have if the same music
 *     was in its corpus
 * @param pieces of how many
 * @param certain whether its file says so
 * @param corpus what its file says that it learned from
 */
record Familiar(int learned, int pieces, boolean certain, String corpus) {
    private static final String UNKNOWN = "unknown";

    static Familiar of(ModelFile model, Corpus judged, List<Piece> pieces) {
        String corpus = model.metadata().getOrDefault("corpus", UNKNOWN);
        Optional<Learned> learned = Learned.parse(model.metadata().getOrDefault(Learned.KEY, ""));
        if (learned.isPresent()) {
            return new Familiar(learned.get().among(pieces), pieces.size(), true, corpus);
        }
        int side = Split.TRAIN.select(pieces).size();
        return new Familiar(side, pieces.size(), corpus.equals(judged.description()), corpus);
    }

    /** What people must know of the figures, if there is anything. */
    Optional<String> warning() {
        if (learned == 0) {
            return Optional.empty();
        }
        String advice =
                " Figures of music that was learned from are too good. Judge by --split test, or by other music.";
        return Optional.of(
                certain
                        ? "eval: the network learned from " + learned + " of these " + pieces + " pieces." + advice
                        : "eval: the network's file does not say which pieces it learned from. If they were in its corpus"
                                + " (" + corpus + "), it did from " + learned + " of these " + pieces + " pieces."
                                + advice);
    }
}
