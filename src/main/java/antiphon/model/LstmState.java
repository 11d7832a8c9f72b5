package antiphon.model;

import antiphon.HotPath;
import java.util.Arrays;

/**
 * What the network remembers: hidden and cell state of every layer, with the sums that its next step begins with. Owned
 * by one thread; made once by {@link StackedLstm#newState()} and advanced in place.
 */
public final class LstmState {
    final float[][] hidden; // [layer][width]
    final float[][] cell; // [layer][width]

    /** Bias + hidden · recurrent weights where {@link #prepared}; a step makes the gates out of it. */
    final float[][] gates; // [layer][4 * width]

    final float[] head; // [width]

    boolean prepared;

    LstmState(int layers, int width) {
        hidden = new float[layers][width];
        cell = new float[layers][width];
        gates = new float[layers][4 * width];
        head = new float[width];
    }

    /** Forgets everything. */
    @HotPath
    public void reset() {
        prepared = false;
        for (int layer = 0; layer < hidden.length; layer++) {
            Arrays.fill(hidden[layer], 0);
            Arrays.fill(cell[layer], 0);
        }
    }

    /** Copies another state of the same network, with what was prepared for its next step. */
    @HotPath
    public void copyFrom(LstmState other) {
        prepared = other.prepared;
        for (int layer = 0; layer < hidden.length; layer++) {
            System.arraycopy(other.hidden[layer], 0, hidden[layer], 0, hidden[layer].length);
            System.arraycopy(other.cell[layer], 0, cell[layer], 0, cell[layer].length);
            if (prepared) {
                System.arraycopy(other.gates[layer], 0, gates[layer], 0, gates[layer].length);
            }
        }
    }
}
