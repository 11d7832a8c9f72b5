package antiphon.model;

import antiphon.HotPath;

/**
 * Weights that a vector is multiplied with, one row for each of its elements. Immutable; shared by threads.
 *
 * <p>All ways to hold weights of one {@link Precision} give the same sums to the last bit: rows are added in order,
 * each by one fused multiplication and addition. So the music is the same whichever of them {@link Kernels} chooses.
 */
abstract class Matrix {
    /** How many rows are added in one pass over y. With fewer, reading and writing y would take noticeable time. */
    static final int GROUP = 8;

    private final int rows;
    private final int columns;

    Matrix(int rows, int columns) {
        this.rows = rows;
        this.columns = columns;
    }

    final int rows() {
        return rows;
    }

    final int columns() {
        return columns;
    }

    /** Bytes of weights that one multiplication reads. */
    abstract long bytes();

    /** Adds x[row] · row, x[row + 1] · the next and so on, {@value #GROUP} rows in all, to y. */
    @HotPath
    abstract void addGroup(int row, float[] x, float[] y);

    /** Adds a · row to y, which may be longer than the row. */
    @HotPath
    abstract void addOne(int row, float a, float[] y);

    /**
     * Adds x · this to y.
     *
     * @param x as long as there are rows
     * @param y as long as there are columns
     */
    @HotPath
    final void multiplyAdd(float[] x, float[] y) {
        int grouped = rows - rows % GROUP;
        for (int i = 0; i < grouped; i += GROUP) {
            addGroup(i, x, y);
        }
        for (int i = grouped; i < rows; i++) {
            addOne(i, x[i], y);
        }
    }

    /** The same for {@code count} vectors, for which each row is fetched from memory only once. */
    @HotPath
    final void multiplyAdd(float[][] x, float[][] y, int count) {
        int grouped = rows - rows % GROUP;
        for (int i = 0; i < grouped; i += GROUP) {
            for (int k = 0; k < count; k++) {
                addGroup(i, x[k], y[k]);
            }
        }
        for (int i = grouped; i < rows; i++) {
            for (int k = 0; k < count; k++) {
                addOne(i, x[k][i], y[k]);
            }
        }
    }

    /** Adds max(0, x) · this to y, which may be longer than there are columns. */
    @HotPath
    final void multiplyAddPositive(float[] x, float[] y) {
        for (int i = 0; i < rows; i++) {
            // About half of the units are silent after relu: skipping them saves more than their branches cost.
            if (x[i] > 0) {
                addOne(i, x[i], y);
            }
        }
    }
}
