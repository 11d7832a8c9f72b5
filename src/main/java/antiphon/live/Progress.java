package antiphon.live;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Whether the live threads still work: for a watchdog, which has the program started anew if they do not. One cold thread
 * asks; the live threads only count their pieces of work.
 */
public final class Progress {
    private final List<AgentRunner> runners;
    private final AtomicLong failureCount;
    private final long[] passes;
    private long failures;
    /** Failures that were seen before the piece of work that they belong to had ended: at most one of each thread. */
    private long early;

    /**
     * Of threads that have done nothing yet.
     *
     * @param runners the engine's first
     * @param failureCount counts the pieces of work that failed
     */
    Progress(List<AgentRunner> runners, AtomicLong failureCount) {
        this.runners = List.copyOf(runners);
        this.failureCount = failureCount;
        passes = new long[runners.size()];
    }

    /** Java's numbers of the live threads: the engine's, then the sender's if it has one. Any thread. */
    public List<Long> threadIds() {
        return runners.stream().map(AgentRunner::threadId).toList();
    }

    /**
     * Whether each has ended a piece of work since the last call, or its start, and not every one has failed. It has them
     * do one until the next call, also when there is nothing to do.
     */
    public boolean advanced() {
        boolean all = true;
        long done = Long.MAX_VALUE;
        for (int i = 0; i < passes.length; i++) {
            long now = runners.get(i).passes();
            all &= now > passes[i];
            done = Math.min(done, now - passes[i]);
            passes[i] = now;
        }
        // After the passes: whatever failed in them is counted.
        long now = failureCount.get();
        long failed = early + now - failures;
        failures = now;
        early = Math.clamp(failed - done, 0, passes.length);
        runners.forEach(AgentRunner::wake);
        return all && failed < done;
    }
}
