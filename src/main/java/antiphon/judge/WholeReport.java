package antiphon.judge;

import java.util.List;

/**
 * What whole answers are as music, for each kind of calls. Immutable.
 *
 * @param origins where the answers of the network to calls of the corpus came from
 */
record WholeReport(List<WholeSet> sets, Origins origins) {
    /** How the tables call the network with the settings that ship. */
    static final String NETWORK = "network";

    WholeReport {
        sets = List.copyOf(sets);
    }
}
