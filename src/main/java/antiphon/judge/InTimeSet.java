package antiphon.judge;

import java.util.List;

/**
 * Calls of one kind, and how far each contender answers them in time. Immutable.
 *
 * @param title for people
 * @param key for programs
 * @param calls all of them steady
 * @param rows the improviser's first; none if there are no calls
 */
record InTimeSet(String title, String key, List<InTimeCall> calls, List<InTimeRow> rows) {
    static InTimeSet of(String title, String key, List<InTimeCall> calls, List<Contender> contenders) {
        return new InTimeSet(
                title,
                key,
                List.copyOf(calls),
                calls.isEmpty()
                        ? List.of()
                        : contenders.stream()
                                .map(contender -> InTimeRow.of(calls, contender))
                                .toList());
    }
}
