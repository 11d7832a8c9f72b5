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

    /** Where in the beat the event falls that the network is stepped by next, or was last. */
    final int[] place = new int[StackedLstm.PLACE_FIELDS];

    /** For each time bin, where in the beat the event after that one would land, in phases: 0 up to their number. */
    final float[] landings;

    float sureness;

    /** Room for what the time head says of each phase, the first twice more at the end. */
    final float[] byPhase;

    LstmState(int layers, int width, int timeBins, int phases) {
        byPhase = new float[phases + 2];
        landings = new float[timeBins];
        hidden = new float[layers][width];
        cell = new float[layers][width];
        gates = new float[layers][4 * width];
        head = new float[width];
    }

    /**
     * Says where in the beat the event falls that the network is stepped by next, for a network that knows places.
     *
     * @param field 0 to {@value StackedLstm#PLACE_FIELDS} − 1: time bin since the last onset, phase, tempo, sureness,
     *     steps of the beat
     * @param value below the number of values that the network has for it
     */
    @HotPath
    public void setPlace(int field, int value) {
        place[field] = value;
    }

    /** How much the place in the beat counts when the next event's time is predicted: 0, not at all, to 1. */
    @HotPath
    public void setSureness(float share) {
        sureness = share;
    }

    /** Where in the beat the next event would land after a gap of this bin: 0 up to the network's number of phases. */
    @HotPath
    public void setLanding(int timeBin, float phase) {
        landings[timeBin] = phase;
    }

    /** Forgets everything. */
    @HotPath
    public void reset() {
        prepared = false;
        sureness = 0;
        Arrays.fill(place, 0);
        for (int layer = 0; layer < hidden.length; layer++) {
            Arrays.fill(hidden[layer], 0);
            Arrays.fill(cell[layer], 0);
        }
    }

    /** Copies another state of the same network, with what was prepared for its next step. */
    @HotPath
    public void copyFrom(LstmState other) {
        prepared = other.prepared;
        sureness = other.sureness;
        System.arraycopy(other.place, 0, place, 0, place.length);
        System.arraycopy(other.landings, 0, landings, 0, landings.length);
        for (int layer = 0; layer < hidden.length; layer++) {
            System.arraycopy(other.hidden[layer], 0, hidden[layer], 0, hidden[layer].length);
            System.arraycopy(other.cell[layer], 0, cell[layer], 0, cell[layer].length);
            if (prepared) {
                System.arraycopy(other.gates[layer], 0, gates[layer], 0, gates[layer].length);
            }
        }
    }
}
