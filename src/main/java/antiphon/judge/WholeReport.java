package antiphon.judge;

import java.util.List;

/** What whole answers are as music, for each kind of calls. Immutable. */
record WholeReport(List<WholeSet> sets) {
    /** How the tables call the network with the settings that ship. */
    static final String NETWORK = "network";

    WholeReport {
        sets = List.copyOf(sets);
    }
}
