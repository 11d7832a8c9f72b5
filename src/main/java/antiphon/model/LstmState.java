package antiphon.model;

import antiphon.HotPath;
import java.util.Arrays;

/**
 * What the network remembers: hidden and cell state of every layer, with the scratch space of a step. Owned by one
 * thread; made once by {@link StackedLstm#newState()} and advanced in place.
 */
public final class LstmState {
    final float[][] hidden;
    final float[][] cell;
    final float[] gates;
    final float[] head;

    LstmState(int layers, int width) {
        hidden = new float[layers][width];
        cell = new float[layers][width];
        gates = new float[4 * width];
        head = new float[width];
    }

    /** Forgets everything. */
    @HotPath
    public void reset() {
        for (int layer = 0; layer < hidden.length; layer++) {
            Arrays.fill(hidden[layer], 0);
            Arrays.fill(cell[layer], 0);
        }
    }

    /** Takes over another state of the same network. */
    @HotPath
    public void copyFrom(LstmState other) {
        for (int layer = 0; layer < hidden.length; layer++) {
            System.arraycopy(other.hidden[layer], 0, hidden[layer], 0, hidden[layer].length);
            System.arraycopy(other.cell[layer], 0, cell[layer], 0, cell[layer].length);
        }
    }
}
