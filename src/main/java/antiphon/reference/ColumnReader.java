package antiphon.reference;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Reads the tables of a {@link ReferenceFile} without trusting it: a count is accepted only if enough bytes follow, so
 * that a damaged file cannot ask for more memory than its own length. One thread.
 */
final class ColumnReader {
    /** What is wrong with the file, for a line that names it. */
    static final class DamagedException extends Exception {
        private static final long serialVersionUID = 1L;

        DamagedException(String message) {
            super(message);
        }
    }

    private static final int MAX_TEXT_BYTES = 1 << 16;
    private static final int VARINT_BITS = 35;

    private final ByteBuffer bytes;

    ColumnReader(ByteBuffer bytes) {
        this.bytes = bytes;
    }

    int remaining() {
        return bytes.remaining();
    }

    String text() throws DamagedException {
        int length = (int) varint(Math.min(MAX_TEXT_BYTES, bytes.remaining()), "length of a text");
        byte[] text = new byte[length];
        get(text);
        return new String(text, StandardCharsets.UTF_8);
    }

    /** A table of a field that has this many values. */
    ContextTable table(int values) throws DamagedException {
        float[] discounts = discounts();
        int contextCount = (int) varint(bytes.remaining(), "number of contexts");
        int valueCount = (int) varint(bytes.remaining(), "number of values");
        int[] contexts = contexts(contextCount);
        int[] firsts = firsts(contextCount, valueCount);
        int[] missing = new int[contextCount];
        for (int i = 0; i < contextCount; i++) {
            missing[i] = (int) varint(ContextCounter.MAX_EVENTS * 2L, "missing count");
        }
        byte[] symbols = new byte[valueCount];
        get(symbols);
        int[] counts = new int[valueCount];
        for (int i = 0; i < valueCount; i++) {
            if (symbols[i] < 0 || symbols[i] >= values) {
                throw new DamagedException("value " + symbols[i] + " of " + values);
            }
            counts[i] = 1 + (int) varint(ContextCounter.MAX_EVENTS, "count");
        }
        ContextTable table = new ContextTable(contexts, firsts, symbols, counts, missing, discounts);
        for (int i = 0; i < contextCount; i++) {
            check(table, i);
        }
        return table;
    }

    /** Checks what makes probabilities sum to 1 and stay above 0. */
    private static void check(ContextTable table, int context) throws DamagedException {
        double rest = table.rest(context);
        if (!(rest > 0 && rest <= 1)) {
            throw new DamagedException("a context leaves " + rest + " to shorter ones");
        }
        for (int j = table.first(context) + 1; j < table.first(context + 1); j++) {
            if (table.symbol(j) <= table.symbol(j - 1)) {
                throw new DamagedException("values not in order");
            }
        }
    }

    private float[] discounts() throws DamagedException {
        float[] discounts = new float[3];
        for (int i = 0; i < discounts.length; i++) {
            if (bytes.remaining() < Float.BYTES) {
                throw new DamagedException("it ends too early");
            }
            discounts[i] = bytes.getFloat();
            if (!(discounts[i] >= 0 && discounts[i] < i + 1)) {
                throw new DamagedException("discount " + discounts[i]);
            }
        }
        return discounts;
    }

    private int[] contexts(int count) throws DamagedException {
        int[] contexts = new int[count];
        long context = Integer.MIN_VALUE - 1L;
        for (int i = 0; i < count; i++) {
            context += 1 + varint(Integer.MAX_VALUE - context - 1, "context");
            contexts[i] = (int) context;
        }
        return contexts;
    }

    private int[] firsts(int contextCount, int valueCount) throws DamagedException {
        int[] firsts = new int[contextCount + 1];
        for (int i = 0; i < contextCount; i++) {
            firsts[i + 1] = firsts[i] + 1 + (int) varint(valueCount - firsts[i] - 1L, "number of values");
        }
        if (firsts[contextCount] != valueCount) {
            throw new DamagedException(valueCount + " values; the contexts have " + firsts[contextCount]);
        }
        return firsts;
    }

    private void get(byte[] into) throws DamagedException {
        if (bytes.remaining() < into.length) {
            throw new DamagedException("it ends too early");
        }
        bytes.get(into);
    }

    private long varint(long max, String what) throws DamagedException {
        long value = 0;
        for (int shift = 0; shift < VARINT_BITS; shift += 7) {
            if (!bytes.hasRemaining()) {
                throw new DamagedException("it ends too early");
            }
            byte next = bytes.get();
            value |= (long) (next & 0x7F) << shift;
            if (next >= 0) {
                if (value > max) {
                    throw new DamagedException(what + " " + value + "; at most " + max + " possible here");
                }
                return value;
            }
        }
        throw new DamagedException(what + " too long");
    }
}
