package antiphon.live;

import antiphon.HotPath;

/** Several agents driven by hand, or by one thread, one after another. */
@HotPath
final class AgentInvoker implements Agent {
    private final Agent[] agents;

    /** @param agents in the order in which they work: what the first passes on, the next takes up */
    AgentInvoker(Agent... agents) {
        this.agents = agents;
    }

    /** The first agent's. */
    @Override
    public String name() {
        return agents[0].name();
    }

    @Override
    public void begin() {
        for (Agent agent : agents) {
            agent.begin();
        }
    }

    @Override
    public long doWork() {
        long nextNanos = Long.MAX_VALUE;
        for (Agent agent : agents) {
            nextNanos = Math.min(nextNanos, agent.doWork());
        }
        return nextNanos;
    }

    @Override
    public boolean hasWork() {
        for (Agent agent : agents) {
            if (agent.hasWork()) {
                return true;
            }
        }
        return false;
    }
}
