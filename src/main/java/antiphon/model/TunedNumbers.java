package antiphon.model;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Numbers that {@code antiphon model tune} has found for one network, as its file's metadata have them. Pure. */
final class TunedNumbers {
    private TunedNumbers() {}

    /**
     * A copy.
     *
     * @param what for the message
     * @throws IllegalArgumentException if they are not so many, or not all finite
     */
    static double[] checked(String what, int count, double... values) {
        if (values.length != count || !Arrays.stream(values).allMatch(Double::isFinite)) {
            throw new IllegalArgumentException(what + " weights " + Arrays.toString(values));
        }
        return values.clone();
    }

    /**
     * Reads what {@link #text} has written.
     *
     * @param key where the metadata have it
     * @throws ModelException one line, if the text is anything else
     */
    static double[] parse(String key, int count, String text) {
        try {
            double[] values = Arrays.stream(text.strip().split("\\s+"))
                    .mapToDouble(Double::parseDouble)
                    .toArray();
            return checked(key, count, values);
        } catch (IllegalArgumentException unreadable) {
            throw new ModelException(
                    key + " is \"" + text + "\"; " + count + " numbers expected. Run: antiphon model tune", unreadable);
        }
    }

    /** With four decimals; they are not known more exactly. */
    static String text(double... values) {
        return Arrays.stream(values)
                .mapToObj(value -> String.format(Locale.ROOT, "%.4f", value))
                .collect(Collectors.joining(" "));
    }
}
