package antiphon.music;

import java.util.Arrays;

/**
 * A growing list of packed messages with a time each, without an object per message. Whoever fills it chooses the unit of
 * the times: ticks or nanoseconds. One thread.
 */
public final class MessageBuffer {
    private static final int FIRST_CAPACITY = 16;

    private long[] times = new long[0];
    private int[] messages = new int[0];
    private int size;

    public void add(int message, long time) {
        if (size == times.length) {
            int capacity = Math.max(FIRST_CAPACITY, size + (size >> 1));
            times = Arrays.copyOf(times, capacity);
            messages = Arrays.copyOf(messages, capacity);
        }
        times[size] = time;
        messages[size++] = message;
    }

    public int size() {
        return size;
    }

    public long time(int index) {
        return times[index];
    }

    public int message(int index) {
        return messages[index];
    }

    long[] timesToArray() {
        return Arrays.copyOf(times, size);
    }

    int[] messagesToArray() {
        return Arrays.copyOf(messages, size);
    }
}
