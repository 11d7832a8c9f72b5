package antiphon.train;

import antiphon.model.LstmState;
import antiphon.model.NeuralCache;
import antiphon.model.StackedLstm;
import antiphon.music.Encoder;
import antiphon.music.Event;
import antiphon.music.Performance;
import antiphon.music.Vocabulary;
import java.util.List;

/**
 * How well a network foretells music it has not heard: bits per note, lower is better.
 *
 * <p>The negative log-probability of every field of every event, divided by the number of notes. Time is counted on a
 * grid of 10 ms, so that networks with other time bins compare: a wider bin says less, and costs log2(width / 10 ms)
 * more. Pitch counts where there is one, velocity at note-ons, each among the real values only. Uses the step of the
 * live path, so what is measured is what plays. One thread.
 */
public final class Evaluation {
    private static final double GRID_NANOS = 10e6;
    private static final double LN_2 = Math.log(2);

    private final StackedLstm network;
    private final LstmState state;
    private final NeuralCache cache;
    private final float[][] logits = new float[Vocabulary.FIELDS][];
    private final double[] bits = new double[Vocabulary.FIELDS];
    private long notes;
    private long events;

    /** Judges the network alone. */
    public Evaluation(StackedLstm network) {
        this(network, false);
    }

    /**
     * Judges a network.
     *
     * @param memory with its {@link NeuralCache}, if it was tuned: the notes of the human are remembered from the
     *     piece's beginning
     */
    public Evaluation(StackedLstm network, boolean memory) {
        for (int field = 0; field < Vocabulary.FIELDS; field++) {
            if (network.fieldSize(field) != Vocabulary.fieldSize(field)) {
                throw new TrainException("model: " + network.fieldSize(field) + " values of "
                        + Vocabulary.fieldName(field) + "; this build has " + Vocabulary.fieldSize(field)
                        + ". Trained with another encoder: train it again.");
            }
            logits[field] = new float[Vocabulary.fieldSize(field)];
        }
        this.network = network;
        state = network.newState();
        cache = NeuralCache.of(network, memory);
    }

    /** The score of some pieces. */
    public static Score of(StackedLstm network, List<Piece> pieces) {
        return of(network, pieces, false);
    }

    /** The score of some pieces, with the network's memory or without. */
    public static Score of(StackedLstm network, List<Piece> pieces, boolean memory) {
        Evaluation evaluation = new Evaluation(network, memory);
        pieces.forEach(piece -> evaluation.add(piece.performance()));
        return evaluation.score();
    }

    /** Hears one piece from its beginning and counts it in. */
    public void add(Performance performance) {
        state.reset();
        cache.forget();
        int before = Event.PIECE_START;
        for (int event : Encoder.encode(performance)) {
            hear(before);
            count(event);
            before = event;
        }
    }

    private void hear(int event) {
        int kind = Event.kind(event);
        if (Event.isNoteOn(kind)) {
            cache.hear(
                    state, Event.timeBin(event), Event.pitch(event), Event.velocityBin(event), kind == Event.HUMAN_ON);
        }
        network.step(state, Event.kind(event), Event.timeBin(event), Event.pitch(event), Event.velocityBin(event));
    }

    private void count(int event) {
        int kind = Event.kind(event);
        events++;
        boolean remembered = Event.isNoteOn(kind);
        if (remembered) {
            notes++;
            cache.ask(state);
        }
        for (int field = 0; field < Vocabulary.FIELDS; field++) {
            int size = countedValues(field, kind);
            if (size > 0) {
                network.logits(state, field, kind, Event.timeBin(event), Event.pitch(event), logits[field]);
                if (remembered && (field == StackedLstm.TIME || field == StackedLstm.PITCH)) {
                    cache.mix(field, logits[field], size);
                }
                bits[field] += surprise(logits[field], size, Batch.fieldOf(event, field));
            }
        }
        bits[StackedLstm.TIME] += gridBits(event);
    }

    /** How many values a field of this kind of event can take; 0 if it says nothing. */
    static int countedValues(int field, int kind) {
        return switch (field) {
            case StackedLstm.PITCH -> Event.isNoteOn(kind) || Event.isNoteOff(kind) ? Vocabulary.PITCHES : 0;
            case StackedLstm.VELOCITY -> Event.isNoteOn(kind) ? Vocabulary.VELOCITY_BINS : 0;
            default -> Vocabulary.fieldSize(field);
        };
    }

    /** -log2 of a value's probability. */
    static double surprise(float[] logits, int size, int value) {
        double highest = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < size; i++) {
            highest = Math.max(highest, logits[i]);
        }
        double sum = 0;
        for (int i = 0; i < size; i++) {
            sum += Math.exp(logits[i] - highest);
        }
        return (Math.log(sum) + highest - logits[value]) / LN_2;
    }

    /** What an event's time bin leaves open on the grid; a tick's time is exact. */
    static double gridBits(int event) {
        int bin = Event.timeBin(event);
        return bin == Vocabulary.TICK_BIN ? 0 : Math.max(0, Math.log(Vocabulary.widthNanos(bin) / GRID_NANOS) / LN_2);
    }

    /** The score so far; {@link TrainException} if no note was heard. */
    public Score score() {
        if (notes == 0) {
            throw new TrainException("corpus: no note to judge by; at least one needed. Name another folder.");
        }
        return new Score(
                notes,
                events,
                bits[StackedLstm.KIND] / notes,
                bits[StackedLstm.TIME] / notes,
                bits[StackedLstm.PITCH] / notes,
                bits[StackedLstm.VELOCITY] / notes);
    }
}
