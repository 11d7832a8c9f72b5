package antiphon.train;

import antiphon.model.ModelFile;

/**
 * The size of a network.
 *
 * @param embedding width of the field embeddings
 * @param hidden units in each LSTM layer
 * @param layers LSTM layers
 * @param places whether it is told where in the beat each event falls: see {@link antiphon.music.Place}
 */
public record NetworkShape(int embedding, int hidden, int layers, boolean places) {

    /** A network that is told places, as all new ones are. */
    public NetworkShape(int embedding, int hidden, int layers) {
        this(embedding, hidden, layers, true);
    }

    /** The shape that a model file says it has; {@link TrainException} if it says none. */
    static NetworkShape of(ModelFile file) {
        try {
            return new NetworkShape(
                    Integer.parseInt(file.metadata().getOrDefault("embedding", "")),
                    Integer.parseInt(file.metadata().getOrDefault("hidden", "")),
                    Integer.parseInt(file.metadata().getOrDefault("layers", "")),
                    file.tensors().containsKey("place.w"));
        } catch (NumberFormatException none) {
            throw new TrainException("model: no size in its metadata. Not written by antiphon train.", none);
        }
    }

    @Override
    public String toString() {
        return layers + " x " + hidden + ", embedding " + embedding;
    }
}
