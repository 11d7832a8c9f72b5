package antiphon.model;

import antiphon.HotPath;

/**
 * Vector times matrix over one array per input row.
 *
 * <p>One array per row and four rows at a time is the form that HotSpot turns into fused vector instructions; a
 * flat array with offsets is three times slower on the same machine.
 */
@HotPath
final class Rows {
    /** Whether this machine multiplies and adds in one instruction: see {@link #multiplyAdd(float, float, float)}. */
    static final boolean FUSED = isFused();

    private static final int ROUNDS = 20;
    private static final int PROBES = 10;

    /** Measured: below 2 with the instruction, some hundreds without, compiled or not. */
    private static final int TOLERABLE = 20;

    private Rows() {}

    /**
     * a · b + c, rounded once where the processor can (x86 since 2013, AArch64). Elsewhere {@link Math#fma} calculates
     * with decimal numbers, a thousand times slower than music allows: there the product is rounded too.
     */
    static float multiplyAdd(float a, float b, float c) {
        return FUSED ? Math.fma(a, b, c) : a * b + c;
    }

    private static boolean isFused() {
        String told = System.getProperty("antiphon.fused");
        return told == null ? fusesFast() : Boolean.parseBoolean(told);
    }

    private static boolean fusesFast() {
        float sum = 0;
        long plainNanos = Long.MAX_VALUE;
        long fusedNanos = Long.MAX_VALUE;
        // Takes the best of many rounds, so that other work of the machine does not change the result.
        for (int round = 0; round < ROUNDS; round++) {
            long begin = System.nanoTime();
            for (int i = 0; i < PROBES; i++) {
                sum = sum * 0.5f + i;
            }
            long middle = System.nanoTime();
            for (int i = 0; i < PROBES; i++) {
                sum = Math.fma(sum, 0.5f, i);
            }
            fusedNanos = Math.min(fusedNanos, System.nanoTime() - middle);
            plainNanos = Math.min(plainNanos, middle - begin);
        }
        // The sum is used, so that the compiler cannot remove one of the loops.
        return Float.isFinite(sum) && fusedNanos < TOLERABLE * Math.max(plainNanos, PROBES);
    }

    /** Adds x · rows to y; x as long as there are rows, y as long as a row. */
    static void multiplyAdd(float[] x, float[][] rows, float[] y) {
        int quads = rows.length & ~3;
        for (int i = 0; i < quads; i += 4) {
            addFour(i, x, rows, y);
        }
        for (int i = quads; i < rows.length; i++) {
            addOne(x[i], rows[i], y);
        }
    }

    /** Adds a row to y. */
    static void add(float[] row, float[] y) {
        for (int j = 0; j < y.length; j++) {
            y[j] += row[j];
        }
    }

    /** Adds x[row] · rows[row] and the three after it to y, one after another. */
    static void addFour(int row, float[] x, float[][] rows, float[] y) {
        float a = x[row];
        float b = x[row + 1];
        float c = x[row + 2];
        float d = x[row + 3];
        float[] rowA = rows[row];
        float[] rowB = rows[row + 1];
        float[] rowC = rows[row + 2];
        float[] rowD = rows[row + 3];
        for (int j = 0; j < rowA.length; j++) {
            float sum = multiplyAdd(a, rowA[j], y[j]);
            sum = multiplyAdd(b, rowB[j], sum);
            sum = multiplyAdd(c, rowC[j], sum);
            y[j] = multiplyAdd(d, rowD[j], sum);
        }
    }

    /** Adds a · row to y, which may be longer. */
    static void addOne(float a, float[] row, float[] y) {
        for (int j = 0; j < row.length; j++) {
            y[j] = multiplyAdd(a, row[j], y[j]);
        }
    }
}
