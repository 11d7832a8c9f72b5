package antiphon.train;

import antiphon.Amount;
import antiphon.corpus.Piece;
import antiphon.corpus.Surprise;
import antiphon.corpus.Turns;
import antiphon.improv.listen.Places;
import antiphon.model.CacheWeights;
import antiphon.model.LstmState;
import antiphon.model.NeuralCache;
import antiphon.model.StackedLstm;
import antiphon.music.Encoder;
import antiphon.music.Event;
import antiphon.music.Performance;
import antiphon.music.Vocabulary;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.function.IntConsumer;

/**
 * Finds how far a network should trust its {@link NeuralCache}: the {@link CacheWeights} that make the answers of
 * dialogues most probable when only the human's notes are remembered.
 *
 * <p>Every second piece is tuned on, and the others judge, so that the reported gain is of music that the weights never
 * saw. The network runs once; its predictions and those of the entries are recorded, and weights are then tried on the
 * records by a pattern search (Hooke and Jeeves 1961). The same pieces give the same weights. One thread.
 */
public final class CacheTuning {
    private static final int MAX_PIECES = 100;
    private static final int MAX_NOTES_PER_PIECE = 300;
    private static final double FIRST_STEP = 0.8;
    private static final double LAST_STEP = 0.1;

    /** Where the search begins: what was found for a network of 2 × 256. */
    private static final CacheWeights START = CacheWeights.of(0.2, 1, -1, 0.3, -1.5, 0.3, -1, 0.3, -1, 0.3);

    private final StackedLstm network;
    private final LstmState state;
    private final Places places = new Places();
    private final NeuralCache cache;
    private final float[][] logits = new float[Vocabulary.FIELDS][];
    private final CacheSamples tuned = new CacheSamples();
    private final CacheSamples judged = new CacheSamples();

    private CacheTuning(StackedLstm network) {
        this.network = network;
        state = network.newState();
        cache = new NeuralCache(network, START, NeuralCache.CAPACITY);
        for (int field = 0; field < Vocabulary.FIELDS; field++) {
            logits[field] = new float[Vocabulary.fieldSize(field)];
        }
    }

    /**
     * What was found.
     *
     * @param notes answers' notes that judged
     * @param bitsBefore of one of them without the cache: time, pitch, velocity
     * @param bitsAfter the same with it
     */
    public record Result(CacheWeights weights, int notes, List<Double> bitsBefore, List<Double> bitsAfter) {}

    /**
     * Tunes for a network.
     *
     * @param pieces none that the network learned from
     * @param progress hears how many pieces are done
     * @throws TrainException one line, if the pieces are too few or too short
     */
    public static Result tune(StackedLstm network, List<Piece> pieces, IntConsumer progress) {
        CacheTuning tuning = new CacheTuning(network);
        List<Piece> some = some(pieces);
        for (int i = 0; i < some.size(); i++) {
            Performance dialogue = Turns.alternating(
                    some.get(i).performance().notes(),
                    new TreeSet<>(some.get(i).phraseOnsetsNanos()),
                    new SplittableRandom(i));
            tuning.listen(Encoder.encode(dialogue), i % 2 == 0 ? tuning.tuned : tuning.judged);
            progress.accept(i + 1);
        }
        if (tuning.tuned.size() == 0 || tuning.judged.size() == 0) {
            throw new TrainException("corpus: " + Amount.of(pieces.size(), "piece")
                    + " to tune on, too few or too short;" + " two of 16 notes and more needed. Name another folder.");
        }
        CacheWeights weights = tuning.search();
        return new Result(
                weights,
                tuning.judged.size(),
                list(tuning.judged.bitsWithout()),
                list(tuning.judged.bitsWith(weights)));
    }

    /** Some pieces from all parts of the corpus, because its pieces are sorted by data set. */
    private static List<Piece> some(List<Piece> pieces) {
        int count = Math.min(MAX_PIECES, pieces.size());
        List<Piece> some = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            some.add(pieces.get((int) ((long) i * pieces.size() / count)));
        }
        return some;
    }

    private void listen(int[] events, CacheSamples samples) {
        state.reset();
        cache.forget();
        step(Event.PIECE_START);
        int first = samples.size();
        for (int event : events) {
            int kind = Event.kind(event);
            if (kind == Event.ANSWER_ON && samples.size() - first < MAX_NOTES_PER_PIECE) {
                note(event, samples);
            }
            if (Event.isNoteOn(kind)) {
                cache.hear(
                        state,
                        Event.timeBin(event),
                        Event.pitch(event),
                        Event.velocityBin(event),
                        kind == Event.HUMAN_ON);
            }
            step(event);
        }
    }

    private void note(int event, CacheSamples samples) {
        cache.ask(state);
        if (cache.size() > 0) {
            samples.add(
                    cache,
                    event,
                    probability(StackedLstm.TIME, event),
                    probability(StackedLstm.PITCH, event),
                    probability(StackedLstm.VELOCITY, event));
        }
    }

    private double probability(int field, int event) {
        network.logits(state, field, Event.kind(event), Event.timeBin(event), Event.pitch(event), logits[field]);
        int values = Event.realValues(field, Event.kind(event));
        return Math.exp(-Math.log(2) * Surprise.bits(logits[field], values, Event.field(event, field)));
    }

    private void step(int event) {
        places.step(network, state, event, true);
    }

    /** Moves one number at a time as long as that helps, by smaller and smaller steps. */
    private CacheWeights search() {
        CacheWeights best = START;
        double fewest = sum(tuned.bitsWith(best));
        for (double step = FIRST_STEP; step >= LAST_STEP; step /= 2) {
            boolean better = true;
            while (better) {
                better = false;
                for (CacheWeights near : neighbours(best, step)) {
                    double bits = sum(tuned.bitsWith(near));
                    if (bits < fewest - 1e-4) {
                        fewest = bits;
                        best = near;
                        better = true;
                    }
                }
            }
        }
        return best;
    }

    /** The kernel's two numbers grow and shrink by a factor, the others by a sum. */
    private static List<CacheWeights> neighbours(CacheWeights from, double step) {
        List<CacheWeights> near = new ArrayList<>();
        for (int index = 0; index < CacheWeights.COUNT; index++) {
            double value = from.get(index);
            boolean bias = index >= CacheWeights.PITCH && index % 2 == 0;
            boolean kernel = index < CacheWeights.PITCH;
            double by = bias ? step : step / 4;
            near.add(from.with(index, kernel ? value * (1 + step) : value + by));
            near.add(from.with(index, kernel ? value / (1 + step) : value - by));
        }
        return near;
    }

    private static List<Double> list(double[] values) {
        return Arrays.stream(values).boxed().toList();
    }

    private static double sum(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum;
    }
}
