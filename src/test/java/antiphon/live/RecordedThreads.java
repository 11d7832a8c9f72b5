package antiphon.live;

import antiphon.host.SystemThreads;
import java.util.ArrayList;
import java.util.List;

/** Grants or refuses everything and remembers it. */
final class RecordedThreads implements SystemThreads {
    final List<String> asked = new ArrayList<>();
    boolean grants = true;
    boolean known = true;

    private boolean asked(String what) {
        asked.add(what);
        return grants;
    }

    @Override
    public boolean areKnown() {
        return known;
    }

    @Override
    public boolean raise(int priority) {
        return asked("self " + priority);
    }

    @Override
    public boolean raise(String name, int priority) {
        return asked(name + " " + priority);
    }

    @Override
    public boolean pin(List<Integer> cores) {
        return asked("pin " + cores);
    }

    @Override
    public List<Integer> cores() {
        return List.of(0, 1);
    }

    @Override
    public boolean lockMemory() {
        return asked("lock");
    }

    @Override
    public void name(String name) {}

    @Override
    public boolean slacken(String name, long nanos) {
        return asked(name + (nanos == 0 ? " prompt" : " slack"));
    }

    @Override
    public boolean keepAwake(boolean on) {
        return asked(on ? "awake" : "asleep");
    }
}
