package antiphon.train;

import antiphon.corpus.CorpusException;
import antiphon.corpus.Piece;
import antiphon.corpus.Score;
import antiphon.corpus.Surprise;
import antiphon.improv.listen.PlaceFit;
import antiphon.improv.listen.Places;
import antiphon.model.LstmState;
import antiphon.model.NeuralCache;
import antiphon.model.StackedLstm;
import antiphon.music.Encoder;
import antiphon.music.Event;
import antiphon.music.Performance;
import antiphon.music.Place;
import antiphon.music.Vocabulary;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How well a network predicts music that it has not heard: bits per note, lower is better.
 *
 * <p>The {@link Surprise} of every event, divided by the number of notes. Uses the step of the live path, so what is
 * measured is what plays. One thread.
 */
public final class Evaluation {
    /** From here on the pulse counts as known. */
    private static final int SURE = 4;

    private final StackedLstm network;
    private final LstmState state;
    private final NeuralCache cache;
    private final Places places = new Places();
    private final float[][] logits = new float[Vocabulary.FIELDS][];
    private final double[] bits = new double[Vocabulary.FIELDS];
    private long notes;
    private long events;
    private boolean steady;
    private long steadyNotes;
    private double steadyTime;

    private Evaluation(StackedLstm network, boolean memory) {
        for (int field = 0; field < Vocabulary.FIELDS; field++) {
            if (network.fieldSize(field) != Vocabulary.fieldSize(field)) {
                throw new TrainException("model: " + network.fieldSize(field) + " values of "
                        + Vocabulary.fieldName(field) + "; this build has " + Vocabulary.fieldSize(field)
                        + ". Trained with another encoder: train it again.");
            }
            logits[field] = new float[Vocabulary.fieldSize(field)];
        }
        PlaceFit.check(network);
        this.network = network;
        state = network.newState();
        cache = NeuralCache.of(network, memory);
    }

    /** The score of some pieces by the network alone; fails like the other. */
    public static Score of(StackedLstm network, List<Piece> pieces) {
        return of(network, pieces, false);
    }

    /**
     * The score of some pieces.
     *
     * @param memory with the network's {@link NeuralCache}, if it was tuned: the notes of the human are remembered from
     *     the piece's beginning
     * @throws TrainException one line, if the network was trained with another encoder
     * @throws CorpusException one line, if there is no note
     */
    public static Score of(StackedLstm network, List<Piece> pieces, boolean memory) {
        Evaluation evaluation = new Evaluation(network, memory);
        for (Piece piece : pieces) {
            evaluation.cache.forget();
            evaluation.add(piece.performance());
        }
        return Score.of(evaluation.notes, evaluation.events, evaluation.bits).with(evaluation.times());
    }

    private Score.Times times() {
        long freeNotes = notes - steadyNotes;
        return new Score.Times(
                steadyNotes,
                steadyNotes == 0 ? 0 : steadyTime / steadyNotes,
                freeNotes == 0 ? 0 : (bits[StackedLstm.TIME] - steadyTime) / freeNotes);
    }

    /**
     * The score of each piece with the network's {@link NeuralCache}.
     *
     * @param goesOn the memory goes on from piece to piece; otherwise it begins empty in each
     */
    static List<Score> ofEach(StackedLstm network, List<Piece> pieces, boolean goesOn) {
        List<Score> scores = new ArrayList<>();
        Evaluation evaluation = new Evaluation(network, true);
        for (Piece piece : pieces) {
            if (goesOn) {
                evaluation.cache.goOn();
            } else {
                evaluation.cache.forget();
            }
            evaluation.notes = 0;
            evaluation.events = 0;
            Arrays.fill(evaluation.bits, 0);
            evaluation.add(piece.performance());
            scores.add(Score.of(evaluation.notes, evaluation.events, evaluation.bits));
        }
        return scores;
    }

    /** Hears one piece from its beginning and counts it in. */
    private void add(Performance performance) {
        state.reset();
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
        steady = Place.sure(places.step(network, state, event, true)) >= SURE;
    }

    private void count(int event) {
        int kind = Event.kind(event);
        events++;
        double timeBefore = bits[StackedLstm.TIME];
        boolean remembered = Event.isNoteOn(kind);
        if (remembered) {
            notes++;
            steadyNotes += steady ? 1 : 0;
            cache.ask(state);
        }
        for (int field = 0; field < Vocabulary.FIELDS; field++) {
            int size = Event.realValues(field, kind);
            if (size > 0) {
                network.logits(state, field, kind, Event.timeBin(event), Event.pitch(event), logits[field]);
                if (remembered && field == StackedLstm.PITCH) {
                    cache.mix(field, logits[field], size);
                }
                bits[field] += Surprise.bits(logits[field], size, Event.field(event, field));
            }
        }
        bits[StackedLstm.TIME] += Surprise.gridBits(event);
        steadyTime += steady ? bits[StackedLstm.TIME] - timeBefore : 0;
    }
}
