package antiphon.judge;

import antiphon.corpus.Surprise;
import antiphon.improv.listen.PlaceFit;
import antiphon.improv.listen.Places;
import antiphon.model.LstmState;
import antiphon.model.StackedLstm;
import antiphon.music.Encoder;
import antiphon.music.Event;
import antiphon.music.Note;
import antiphon.music.Performance;
import antiphon.music.Vocabulary;
import java.util.List;

/**
 * How likely a network holds an answer, given a call: the {@link Surprise} of the answer's events alone. The network
 * hears the call in the human voice and the end of its phrase; the answer's clock starts when the turn passes, as in
 * the live improviser. So the answer is the same events after every call. One thread.
 */
final class Likelihood {
    private final StackedLstm network;
    private final LstmState state;
    private final Places places = new Places();
    private final float[][] logits = new float[Vocabulary.FIELDS][];

    Likelihood(StackedLstm network) {
        for (int field = 0; field < Vocabulary.FIELDS; field++) {
            if (network.fieldSize(field) != Vocabulary.fieldSize(field)) {
                throw new JudgeException("model: " + network.fieldSize(field) + " values of "
                        + Vocabulary.fieldName(field) + "; this build has " + Vocabulary.fieldSize(field)
                        + ". Trained with another encoder: train it again.");
            }
            logits[field] = new float[Vocabulary.fieldSize(field)];
        }
        PlaceFit.check(network);
        this.network = network;
        state = network.newState();
    }

    /** The bits of the whole answer after this call. */
    double bits(Phrase call, List<Note> answer) {
        state.reset();
        int before = Event.PIECE_START;
        for (int event : Encoder.encode(new Performance(call.notes(), List.of(call.turnNanos())))) {
            hear(before);
            before = event;
        }
        double bits = 0;
        for (int event : Encoder.encode(Performance.of(answer))) {
            hear(before);
            bits += surprise(event);
            before = event;
        }
        return bits;
    }

    private void hear(int event) {
        places.step(network, state, event, true);
    }

    private double surprise(int event) {
        int kind = Event.kind(event);
        int time = Event.timeBin(event);
        double bits = surprise(StackedLstm.KIND, event, Vocabulary.KINDS, kind)
                + surprise(StackedLstm.TIME, event, Vocabulary.TIME_BINS, time);
        if (Event.isNoteOn(kind) || Event.isNoteOff(kind)) {
            bits += surprise(StackedLstm.PITCH, event, Vocabulary.PITCHES, Event.pitch(event));
        }
        if (Event.isNoteOn(kind)) {
            bits += surprise(StackedLstm.VELOCITY, event, Vocabulary.VELOCITY_BINS, Event.velocityBin(event));
        }
        return bits + Surprise.gridBits(event);
    }

    /** -log2 of the probability of one field's value among the real ones. */
    private double surprise(int field, int event, int size, int value) {
        float[] scores = logits[field];
        network.logits(state, field, Event.kind(event), Event.timeBin(event), Event.pitch(event), scores);
        return Surprise.bits(scores, size, value);
    }
}
