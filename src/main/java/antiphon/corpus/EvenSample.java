package antiphon.corpus;

import java.util.List;
import java.util.stream.IntStream;

/** Fewer of many, always the same ones. */
final class EvenSample {
    private EvenSample() {}

    /** So many of them, evenly from the first to the last; all of them if there are no more. */
    static <T> List<T> of(List<T> all, int size) {
        if (all.size() <= size) {
            return all;
        }
        return IntStream.range(0, size)
                .mapToObj(i -> all.get((int) ((long) i * all.size() / size)))
                .toList();
    }
}
