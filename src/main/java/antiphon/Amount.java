package antiphon;

import java.util.Locale;

/** Numbers of things in messages for people. */
public final class Amount {
    private Amount() {}

    /**
     * {@code 1 note}, {@code 2 notes}.
     *
     * @param one the word for one of them, which takes an s for more
     */
    public static String of(long count, String one) {
        return count + " " + word(count, one);
    }

    /** The same with commas between thousands: {@code 2,000 notes}. */
    public static String grouped(long count, String one) {
        return String.format(Locale.ROOT, "%,d ", count) + word(count, one);
    }

    private static String word(long count, String one) {
        return count == 1 ? one : one + "s";
    }
}
