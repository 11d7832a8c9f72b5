package antiphon.config;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** Guesses which name somebody meant: the one that differs by the fewest letters added, dropped or changed. */
public final class Nearest {
    /** With more changes than this no name is suggested. */
    private static final int MAX_CHANGES = 3;

    private Nearest() {}

    /**
     * The known name nearest to what was written; one that ends in exactly it ({@code top-p} for {@code play.top-p})
     * before all others.
     *
     * @return null if none is near
     */
    public static @Nullable String to(String written, Collection<String> known) {
        String nearest = null;
        // Of a short word some letters must stay: else every word of three letters would be near to every other.
        int fewest = Math.min(MAX_CHANGES, (written.length() + 1) / 2) + 1;
        for (String name : known) {
            int changes = name.endsWith("." + written) ? 0 : changes(written, name);
            if (changes < fewest) {
                fewest = changes;
                nearest = name;
            }
        }
        return nearest;
    }

    /** Levenshtein's distance, one row of the table at a time. */
    private static int changes(String from, String to) {
        int[] row = new int[to.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int change = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(change, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[to.length()];
    }
}
