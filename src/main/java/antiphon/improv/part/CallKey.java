package antiphon.improv.part;

import antiphon.HotPath;
import antiphon.improv.listen.KeyProfile;
import antiphon.improv.listen.NoteList;
import java.util.Arrays;

/**
 * The key of one call alone, in whose scale its material can be moved. {@link antiphon.improv.listen.Tonality#key}, which
 * also knows what was played before, decides between those that fit nearly as well. One thread; allocates nothing.
 */
@HotPath
final class CallKey {
    private static final int CLASSES = 12;
    private static final double SHORTEST_SECONDS = 0.05;
    private static final double LONGEST_SECONDS = 2;
    private static final double NANOS = 1e9;

    /** How much likelier what was heard before is. */
    private static final double HEARD_BEFORE_NATS = 1;

    private final double[] notes = new double[CLASSES];

    /**
     * Finds it.
     *
     * @param before the key of what was heard, see {@link antiphon.improv.listen.Tonality#key}
     * @return numbered in the same way
     */
    int of(NoteList call, int before) {
        if (call.size() == 0) {
            return before;
        }
        Arrays.fill(notes, 0);
        for (int i = 0; i < call.size(); i++) {
            double seconds = (call.endNanos(i) - call.onsetNanos(i)) / NANOS;
            // A long note says more than a short one, but not as much more as it is longer.
            notes[call.pitch(i) % CLASSES] += Math.sqrt(Math.clamp(seconds, SHORTEST_SECONDS, LONGEST_SECONDS));
        }
        return KeyProfile.key(notes, before, HEARD_BEFORE_NATS);
    }
}
