package antiphon.judge;

import java.util.ArrayList;
import java.util.List;

/** What was found of the answers' time. Immutable. */
public final class InTimeReport {
    private final List<InTimeSet> sets;

    /** The beginners' calls are the first. */
    InTimeReport(List<InTimeSet> sets) {
        this.sets = List.copyOf(sets);
    }

    List<InTimeSet> sets() {
        return sets;
    }

    /** The tables for people, a line each: the means of all contenders, and the improviser call by call. */
    public List<String> table() {
        List<String> lines = new ArrayList<>();
        for (InTimeSet set : sets) {
            lines.addAll(InTimeTable.means(set));
            lines.add("");
            lines.addAll(InTimeTable.calls(set));
        }
        return lines;
    }
}
