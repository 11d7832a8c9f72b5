package antiphon.improv;

import antiphon.HotPath;
import antiphon.improv.listen.PlaceFit;
import antiphon.improv.listen.Places;
import antiphon.model.LstmState;
import antiphon.model.ModelException;
import antiphon.model.NeuralCache;
import antiphon.model.Sampler;
import antiphon.model.StackedLstm;
import antiphon.music.Encoder;
import antiphon.music.Vocabulary;

/** All that changes in a {@link Mind}, and that a {@link Snapshot} keeps. One thread. */
final class MindState {
    /** The longest silence that the network is told: three ticks, twelve seconds. */
    static final int MAX_TICKS = 3;

    final LstmState state;
    final Encoder encoder = new Encoder(MAX_TICKS);
    final Places places = new Places();
    final NeuralCache cache;
    final Sampler sampler;
    final Variety variety = new Variety();
    final History history;

    /** The encoder's time when that of the places was 0, and when more time has passed than events tell of, later. */
    long beganNanos;

    private final StackedLstm network;

    /** @throws ModelException if the network was made for another vocabulary */
    MindState(StackedLstm network, Settings settings, long seed, History history) {
        check(network);
        this.network = network;
        this.history = history;
        state = network.newState();
        cache = NeuralCache.of(network, true);
        sampler = new Sampler(settings.temperature(), settings.topP(), settings.minP(), seed);
    }

    private static void check(StackedLstm network) {
        for (int field = 0; field < Vocabulary.FIELDS; field++) {
            if (network.fieldSize(field) != Vocabulary.fieldSize(field)) {
                throw new ModelException("the model knows " + network.fieldSize(field) + " values of "
                        + Vocabulary.fieldName(field) + "; " + Vocabulary.fieldSize(field)
                        + " needed. Another version of antiphon trained it: train it again.");
            }
        }
        PlaceFit.check(network);
    }

    /** The same clock and random numbers as another's. */
    @HotPath
    void takeOverFrom(MindState predecessor) {
        encoder.copyFrom(predecessor.encoder);
        places.copyFrom(predecessor.places);
        beganNanos = predecessor.beganNanos;
        sampler.copyFrom(predecessor.sampler);
        variety.copyFrom(predecessor.variety);
    }

    /** The same network's memory and clock as another's, if it is of the same network. */
    @HotPath
    void learnFrom(MindState other) {
        if (network == other.network) {
            state.copyFrom(other.state);
            encoder.copyFrom(other.encoder);
            places.copyFrom(other.places);
            beganNanos = other.beganNanos;
        }
    }

    /** Room for a copy of the network's memory. */
    LstmState newState() {
        return network.newState();
    }
}
