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
    private Rows() {}

    /** Adds x · rows to y; x as long as there are rows, y as long as a row. */
    static void multiplyAdd(float[] x, float[][] rows, float[] y) {
        int quads = rows.length & ~3;
        for (int i = 0; i < quads; i += 4) {
            addFour(x[i], rows[i], x[i + 1], rows[i + 1], x[i + 2], rows[i + 2], x[i + 3], rows[i + 3], y);
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

    private static void addFour(
            float a, float[] rowA, float b, float[] rowB, float c, float[] rowC, float d, float[] rowD, float[] y) {
        for (int j = 0; j < y.length; j++) {
            y[j] = Math.fma(a, rowA[j], Math.fma(b, rowB[j], Math.fma(c, rowC[j], Math.fma(d, rowD[j], y[j]))));
        }
    }

    private static void addOne(float a, float[] row, float[] y) {
        for (int j = 0; j < y.length; j++) {
            y[j] = Math.fma(a, row[j], y[j]);
        }
    }
}
