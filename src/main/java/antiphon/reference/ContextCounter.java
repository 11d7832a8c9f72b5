package antiphon.reference;

import java.util.Arrays;
import java.util.BitSet;

/**
 * Counts what follows each context of one order: sorts (context, value, where), so that equal ones lie side by side.
 * One thread; needs eight bytes for each event.
 *
 * <p>Leaves out what saves too few bits for its size in the file. A value's worth is the number of bits it would save
 * on as much new music as was counted: how often it is expected there, by its discounted count, times what it makes
 * likelier than the lower order does (weighted difference pruning: Seymore and Rosenfeld, Scalable Backoff Language
 * Models, 1996). A context's is the sum of its values' less what the others lose. Their mass goes to the lower order.
 */
final class ContextCounter {
    /** More events of a field than this cannot be counted. */
    static final int MAX_EVENTS = 1 << 25;

    private static final int WHERE_BITS = 25;
    private static final int SYMBOL_BITS = 7;
    private static final double LN_2 = Math.log(2);

    /** About what a value and what a context take up in the compressed file. */
    private static final double VALUE_BITS = 7;

    private static final double CONTEXT_BITS = 18;

    private final long[] keys;
    private final BitSet counted;
    private final BitSet listed = new BitSet();
    private final Smoothing smoothing;
    private final double minWorth;
    private final float[] lower;
    private final float[] discounts;
    private final IntList contexts = new IntList();
    private final IntList firsts = new IntList();
    private final IntList symbols = new IntList();
    private final IntList counts = new IntList();
    private final IntList missing = new IntList();

    // The context at hand: its values' counts, where they begin among the keys, and whether they are listed.
    private final int[] runCounts = new int[1 << SYMBOL_BITS];
    private final int[] runBegins = new int[(1 << SYMBOL_BITS) + 1];
    private final boolean[] runKept = new boolean[1 << SYMBOL_BITS];

    private ContextCounter(long[] keys, BitSet counted, Smoothing smoothing, double minWorth, float[] lower) {
        this.keys = keys;
        this.counted = counted;
        this.smoothing = smoothing;
        this.minWorth = minWorth;
        this.lower = lower;
        Arrays.sort(keys);
        discounts = smoothing.discounts(countsOfCounts());
    }

    /** What {@link #count} sorts. */
    static long key(int context, int symbol, int where) {
        return ((long) context << Integer.SIZE) | ((long) symbol << WHERE_BITS) | where;
    }

    /** 64 bits for a value in its contexts of two orders, wherever it is; never 0. */
    static long pair(long higher, long key) {
        long hash = ((higher >>> WHERE_BITS) + 1) * 0x9E3779B97F4A7C15L;
        hash = (hash ^ (hash >>> 29) ^ (key >>> WHERE_BITS)) * 0xBF58476D1CE4E5B9L;
        return (hash ^ (hash >>> 32)) | 1;
    }

    /**
     * Counts one order.
     *
     * @param keys of all events; sorted in place
     * @param counted which events count; the others are only predicted
     * @param minWorth bits of worth that a bit of the file must have; 0 keeps everything
     * @param lower the probability of each event as the lower orders say; in: without this order, out: with it
     * @return the table, and the events whose value is listed in it
     */
    static Counted count(long[] keys, BitSet counted, Smoothing smoothing, double minWorth, float[] lower) {
        ContextCounter counter = new ContextCounter(keys, counted, smoothing, minWorth, lower);
        int begin = 0;
        while (begin < keys.length) {
            begin = counter.addContext(begin);
        }
        counter.firsts.add(counter.symbols.size());
        ContextTable table = new ContextTable(
                counter.contexts.toArray(),
                counter.firsts.toArray(),
                counter.symbols.toBytes(),
                counter.counts.toArray(),
                counter.missing.toArray(),
                counter.discounts);
        return new Counted(table, counter.listed);
    }

    /** A table, and the events whose value is listed in it. */
    record Counted(ContextTable table, BitSet listed) {}

    private long[] countsOfCounts() {
        long[] seen = new long[5];
        int begin = 0;
        while (begin < keys.length) {
            int end = endOfRun(begin);
            int count = countOf(begin, end);
            if (count < seen.length) {
                seen[count]++;
            }
            begin = end;
        }
        return seen;
    }

    /** One past the last key of the same context and value. */
    private int endOfRun(int begin) {
        int end = begin + 1;
        while (end < keys.length && keys[end] >> WHERE_BITS == keys[begin] >> WHERE_BITS) {
            end++;
        }
        return end;
    }

    private static int contextOf(long key) {
        return (int) (key >> Integer.SIZE);
    }

    private static int whereOf(long key) {
        return (int) key & (MAX_EVENTS - 1);
    }

    private int countOf(int begin, int end) {
        int count = 0;
        for (int i = begin; i < end; i++) {
            count += counted.get(whereOf(keys[i])) ? 1 : 0;
        }
        return count;
    }

    /** Counts the context that begins here, keeps it if it is worth it, and returns where the next one begins. */
    private int addContext(int begin) {
        int runs = 0;
        int end = begin;
        int values = 0;
        int total = 0;
        while (end < keys.length && contextOf(keys[end]) == contextOf(keys[begin])) {
            runBegins[runs] = end;
            end = endOfRun(end);
            runCounts[runs] = countOf(runBegins[runs], end);
            runKept[runs] = runCounts[runs] > 0;
            values += runKept[runs] ? 1 : 0;
            total += runCounts[runs];
            runs++;
        }
        runBegins[runs] = end;
        if (total > 0) {
            addContext(runs, total + smoothing.extra(values));
        }
        return end;
    }

    private void addContext(int runs, int total) {
        double rest = 1;
        for (int run = 0; run < runs; run++) {
            rest -= share(run, total);
        }
        if (minWorth > 0) {
            rest = leaveOut(runs, total, rest);
        }
        if (rest < 1) {
            keep(runs, total);
            predict(runs, total, rest);
        }
    }

    private double share(int run, int total) {
        int count = runCounts[run];
        return count == 0 ? 0 : (count - (double) discounts[Math.min(count, discounts.length) - 1]) / total;
    }

    /** Unmarks the values not worth keeping, and returns what is then left to the lower order: 1 if all of it. */
    private double leaveOut(int runs, int total, double rest) {
        double restNow = rest;
        for (int run = 0; run < runs; run++) {
            double share = share(run, total);
            if (share > 0 && worth(run, total, rest, rest + share) < minWorth * VALUE_BITS) {
                runKept[run] = false;
                restNow += share;
            }
        }
        double worth = restNow * total * Math.log(restNow) / LN_2 - minWorth * CONTEXT_BITS;
        for (int run = 0; run < runs; run++) {
            if (runKept[run]) {
                worth += worth(run, total, restNow, 1) - minWorth * VALUE_BITS;
            }
        }
        return worth < 0 ? 1 : restNow;
    }

    /**
     * Bits that a value saves if it is listed, compared with a value that is not, where more is left to the lower
     * order.
     */
    private double worth(int run, int total, double rest, double restWithout) {
        double share = share(run, total);
        double bits = 0;
        for (int i = runBegins[run]; i < runBegins[run + 1]; i++) {
            double before = lower[whereOf(keys[i])];
            bits += Math.log((share + rest * before) / (restWithout * before));
        }
        return share * total / (runBegins[run + 1] - runBegins[run]) * bits / LN_2;
    }

    private void keep(int runs, int total) {
        contexts.add(contextOf(keys[runBegins[0]]));
        firsts.add(symbols.size());
        int unlisted = total;
        for (int run = 0; run < runs; run++) {
            if (runKept[run]) {
                symbols.add((int) (keys[runBegins[run]] >> WHERE_BITS) & ((1 << SYMBOL_BITS) - 1));
                counts.add(runCounts[run]);
                unlisted -= runCounts[run];
                for (int i = runBegins[run]; i < runBegins[run + 1]; i++) {
                    listed.set(whereOf(keys[i]));
                }
            }
        }
        missing.add(unlisted);
    }

    private void predict(int runs, int total, double rest) {
        for (int run = 0; run < runs; run++) {
            double share = runKept[run] ? share(run, total) : 0;
            for (int i = runBegins[run]; i < runBegins[run + 1]; i++) {
                int where = whereOf(keys[i]);
                lower[where] = (float) (share + rest * lower[where]);
            }
        }
    }

    /** A growing array. */
    private static final class IntList {
        private int[] values = new int[1024];
        private int size;

        void add(int value) {
            if (size == values.length) {
                values = Arrays.copyOf(values, size + size / 2);
            }
            values[size++] = value;
        }

        int size() {
            return size;
        }

        int[] toArray() {
            return Arrays.copyOf(values, size);
        }

        byte[] toBytes() {
            byte[] bytes = new byte[size];
            for (int i = 0; i < size; i++) {
                bytes[i] = (byte) values[i];
            }
            return bytes;
        }
    }
}
