package antiphon.reference;

import antiphon.music.Event;
import antiphon.music.Vocabulary;

/**
 * Which fields of an event and the events before it an n-gram uses to predict one field: one order of a {@link
 * BackoffChain}. Immutable, any thread.
 *
 * <p>Written as a list of features, each a letter and how many events back it is taken from, 0 being the event whose
 * field is predicted: {@code K0 C0 K1 P1} is its own kind and coarse time, and the kind and pitch of the event before.
 * The letters:
 *
 * <ul>
 *   <li>{@code K} kind, {@code P} pitch, {@code V} velocity, as they are;
 *   <li>{@code C} time in eleven classes, {@code E} in six, {@code R} pitch in 16;
 *   <li>{@code I} pitch above the last pitch heard, {@code D} above the event's own pitch, {@code O} whether it lies
 *       more than an octave above, above, at, below or more than an octave below the event's own.
 * </ul>
 *
 * <p>With {@code ~} before it, pitch is predicted as an interval to the last pitch heard, modulo 128. So what was
 * learned in one key serves in all, and since that maps 128 pitches to 128 intervals, probabilities still sum to 1.
 */
final class ContextShape {
    /** Events a context can reach: the one whose field is predicted and four before it. */
    static final int ORDER = 5;

    private static final int ABSENT = 1 << 10;
    private static final int MIDDLE_C = 60;
    private static final int PITCH_MASK = Vocabulary.PITCHES - 1;
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private final String text;
    private final boolean relative;
    private final char[] features;
    private final int[] back;

    private ContextShape(String text) {
        this.text = text;
        relative = text.startsWith("~");
        String list = text.replace("~", "").replace(" ", "");
        features = new char[list.length() / 2];
        back = new int[features.length];
        for (int i = 0; i < features.length; i++) {
            features[i] = list.charAt(2 * i);
            back[i] = list.charAt(2 * i + 1) - '0';
        }
    }

    static ContextShape of(String text) {
        return new ContextShape(text);
    }

    /**
     * The context as 32 bits. Two in a million contexts share theirs with another; an n-gram loses nothing by that
     * which could be measured, and its table becomes small.
     *
     * @param window the event whose field is predicted, then the events before it, the last one first
     */
    int hash(int[] window) {
        long hash = GOLDEN;
        for (int i = 0; i < features.length; i++) {
            hash = (hash ^ (feature(features[i], back[i], window) + 1)) * GOLDEN;
            hash ^= hash >>> 29;
        }
        return (int) ((hash * GOLDEN) >>> 32);
    }

    /** The value of a field as this order counts it: itself, or an interval. */
    int symbol(int value, int[] window) {
        return relative ? (value - lastPitch(window)) & PITCH_MASK : value;
    }

    private static int feature(char feature, int back, int[] window) {
        int event = window[back];
        return switch (feature) {
            case 'K' -> Event.kind(event);
            case 'C' -> timeClass(Event.timeBin(event));
            case 'E' -> timeClass(Event.timeBin(event)) / 2;
            case 'P' -> Event.pitch(event);
            case 'R' -> Event.pitch(event) / 8;
            case 'I' -> isPitched(event) ? (Event.pitch(event) - lastPitch(window)) & PITCH_MASK : ABSENT;
            case 'D' -> isPitched(event) ? (Event.pitch(event) - Event.pitch(window[0])) & PITCH_MASK : ABSENT;
            case 'O' -> isPitched(event) ? side(Event.pitch(event) - Event.pitch(window[0])) : ABSENT;
            case 'V' -> Event.velocityBin(event);
            default -> throw new IllegalArgumentException("no feature " + feature);
        };
    }

    private static boolean isPitched(int event) {
        return Event.pitch(event) < Vocabulary.PITCHES;
    }

    private static int lastPitch(int[] window) {
        for (int i = 1; i < ORDER; i++) {
            if (isPitched(window[i])) {
                return Event.pitch(window[i]);
            }
        }
        return MIDDLE_C;
    }

    /** Eleven classes: 0, up to 20, 50, 100 and 200 ms, then five of twelve bins each, and the tick. */
    private static int timeClass(int bin) {
        if (bin > 20) {
            return 5 + (bin - 21) / 12;
        }
        return bin > 10 ? 4 : bin > 5 ? 3 : bin > 2 ? 2 : bin > 0 ? 1 : 0;
    }

    private static int side(int interval) {
        return interval > 12 ? 0 : interval > 0 ? 1 : interval == 0 ? 2 : interval >= -12 ? 3 : 4;
    }

    /** As it was written. */
    @Override
    public String toString() {
        return text;
    }
}
