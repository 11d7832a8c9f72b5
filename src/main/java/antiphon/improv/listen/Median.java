package antiphon.improv.listen;

import antiphon.HotPath;

/**
 * The median of numbers, found by dividing them and looking on in one side only (Hoare 1961, algorithm 65: find). {@link
 * java.util.Arrays#sort(long[], int, int)} allocates for more than 44 of them.
 */
@HotPath
public final class Median {
    private Median() {}

    /**
     * The number at place {@code size / 2} if the first ones were sorted in ascending order; changes their order.
     *
     * @param values its first {@code size} numbers count; at least one
     */
    public static long of(long[] values, int size) {
        int wanted = size / 2;
        int first = 0;
        int last = size - 1;
        while (first < last) {
            long pivot = values[wanted];
            int low = first;
            int high = last;
            while (low <= high) {
                while (values[low] < pivot) {
                    low++;
                }
                while (values[high] > pivot) {
                    high--;
                }
                if (low <= high) {
                    long value = values[low];
                    values[low] = values[high];
                    values[high] = value;
                    low++;
                    high--;
                }
            }
            // Both where the wanted place lies between the two: it has its number.
            first = high < wanted ? low : first;
            last = low > wanted ? high : last;
        }
        return values[wanted];
    }
}
