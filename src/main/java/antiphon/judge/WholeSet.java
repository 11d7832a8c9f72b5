package antiphon.judge;

import java.util.List;

/**
 * Calls of one kind, and what each contender's answers are as a whole. Immutable.
 *
 * @param title for people
 * @param key for programs
 * @param measures what can be measured of these calls
 * @param rows the network's first, with the settings that ship; none if there are no calls
 */
record WholeSet(String title, String key, List<WholeMeasure> measures, List<WholeCall> calls, List<WholeRow> rows) {
    static WholeSet of(
            String title, String key, List<WholeMeasure> measures, List<WholeCall> calls, List<Contender> contenders) {
        return new WholeSet(
                title,
                key,
                measures,
                List.copyOf(calls),
                calls.isEmpty()
                        ? List.of()
                        : contenders.stream()
                                .map(contender -> WholeRow.of(calls, contender))
                                .toList());
    }
}
