package antiphon.train;

import antiphon.model.ModelFile;

/**
 * The size of a network.
 *
 * @param embedding width of the field embeddings
 * @param hidden units in each LSTM layer
 * @param layers LSTM layers
 */
public record NetworkShape(int embedding, int hidden, int layers) {

    /** The shape that a model file says it has; {@link TrainException} if it says none. */
    static NetworkShape of(ModelFile file) {
        try {
            return new NetworkShape(
                    Integer.parseInt(file.metadata().getOrDefault("embedding", "")),
                    Integer.parseInt(file.metadata().getOrDefault("hidden", "")),
                    Integer.parseInt(file.metadata().getOrDefault("layers", "")));
        } catch (NumberFormatException none) {
            throw new TrainException("model: no size in its metadata. Not written by antiphon train.", none);
        }
    }

    @Override
    public String toString() {
        return layers + " x " + hidden + ", embedding " + embedding;
    }
}
