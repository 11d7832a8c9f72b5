package antiphon.model;

import antiphon.HotPath;

/** Single-precision rows; also half-precision ones, widened ahead, where the machine is slow to do it. */
final class F32Matrix extends Matrix {
    private final float[][] weights;

    /**
     * Takes rows of equal length.
     *
     * @param weights not copied
     */
    F32Matrix(float[][] weights) {
        super(weights.length, weights[0].length);
        this.weights = weights;
    }

    @Override
    long bytes() {
        return (long) Float.BYTES * rows() * columns();
    }

    @Override
    @HotPath
    void addGroup(int row, float[] x, float[] y) {
        Rows.addFour(row, x, weights, y);
        Rows.addFour(row + 4, x, weights, y);
    }

    @Override
    @HotPath
    void addOne(int row, float a, float[] y) {
        Rows.addOne(a, weights[row], y);
    }
}
