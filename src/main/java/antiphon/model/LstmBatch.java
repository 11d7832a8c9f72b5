package antiphon.model;

import antiphon.HotPath;

/**
 * Several states of one network that are advanced together, each by its own event, for instance the candidates of a
 * roll-out. So the weights are read from memory once for all of them. Owned by one thread; made once by
 * {@link StackedLstm#newBatch}, advanced by {@link StackedLstm#step(LstmBatch, int)}.
 */
public final class LstmBatch {
    final LstmState[] states;
    final float[][][] hidden; // [layer][state][width], the states' own
    final float[][][] gates; // [layer][state][4 * width], the states' own
    final int[] kinds; // [state], and so on: the event that each goes forward by
    final int[] times;
    final int[] pitches;
    final int[] velocities;

    LstmBatch(int capacity, int layers, int width, int timeBins, int phases) {
        states = new LstmState[capacity];
        hidden = new float[layers][capacity][];
        gates = new float[layers][capacity][];
        kinds = new int[capacity];
        times = new int[capacity];
        pitches = new int[capacity];
        velocities = new int[capacity];
        for (int k = 0; k < capacity; k++) {
            states[k] = new LstmState(layers, width, timeBins, phases);
            for (int layer = 0; layer < layers; layer++) {
                hidden[layer][k] = states[k].hidden[layer];
                gates[layer][k] = states[k].gates[layer];
            }
        }
    }

    /** How many states there are. */
    public int capacity() {
        return states.length;
    }

    /** The k-th state; it may be read, copied from and copied into between steps. */
    public LstmState state(int k) {
        return states[k];
    }

    /** Sets all states to this one: where roll-outs begin. */
    @HotPath
    public void copyFrom(LstmState state) {
        for (LstmState each : states) {
            each.copyFrom(state);
        }
    }

    /** Says which event the k-th state goes forward by at the next step; ranges as in the network's step. */
    @HotPath
    public void setEvent(int k, int kind, int time, int pitch, int velocity) {
        kinds[k] = kind;
        times[k] = time;
        pitches[k] = pitch;
        velocities[k] = velocity;
    }
}
