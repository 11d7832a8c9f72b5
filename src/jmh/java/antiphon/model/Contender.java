package antiphon.model;

/**
 * Something that can step the network: our kernel, another engine on the same weights, or the mere reading of them.
 * Benches and tables see only this, so that all of them time the same code.
 *
 * <p>One thread. A step hears one event and computes the kind head's logits for what follows.
 */
public interface Contender extends AutoCloseable {
    /** As the table names it. */
    String name();

    /** What can be done before the event comes, and is not timed. */
    default void prepare() {}

    /** Hears one event: indexes below the model's field sizes. */
    void step(int kind, int time, int pitch, int velocity);

    /** Log-probabilities of the next kind but for a constant, after the last step; empty where nothing is computed. */
    float[] kindLogits();

    @Override
    void close();
}
