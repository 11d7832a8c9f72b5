package antiphon.bench;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One playing to the program, and what was seen of it.
 *
 * @param record the program and the baseline beside it
 * @param cores how many cores the program kept busy meanwhile
 * @param before what the program's own meters said before the first note, or null where it cannot be asked
 * @param inner what they said after the last one
 * @param crowd what those saw who asked for the page meanwhile, or null if nobody did
 * @param said the lines that the program printed to stderr
 */
record BenchPlay(
        BenchRecord record,
        double cores,
        @Nullable InnerMeters before,
        @Nullable InnerMeters inner,
        @Nullable CrowdSeen crowd,
        List<String> said) {
    BenchPlay {
        said = List.copyOf(said);
    }

    /** What the live threads have made meanwhile; -1 where that is not known. */
    long allocatedBytes() {
        return before == null || inner == null
                ? -1
                : inner.status().memory().liveAllocatedBytes()
                        - before.status().memory().liveAllocatedBytes();
    }
}
