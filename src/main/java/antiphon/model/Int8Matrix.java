package antiphon.model;

import antiphon.HotPath;

/** Rows of whole numbers times a scale each: a quarter of the bytes, for machines with small caches. */
final class Int8Matrix extends Matrix {
    private final byte[][] weights;
    private final float[] scales;

    /**
     * Takes rows of equal length.
     *
     * @param weights −127 to 127; not copied
     * @param scales what each row is multiplied with; not copied
     */
    Int8Matrix(byte[][] weights, float[] scales) {
        super(weights.length, weights[0].length);
        this.weights = weights;
        this.scales = scales;
    }

    @Override
    long bytes() {
        return (long) rows() * (columns() + Float.BYTES);
    }

    @Override
    @HotPath
    void addGroup(int row, float[] x, float[] y) {
        addFour(row, x, y);
        addFour(row + 4, x, y);
    }

    private void addFour(int row, float[] x, float[] y) {
        float a = x[row] * scales[row];
        float b = x[row + 1] * scales[row + 1];
        float c = x[row + 2] * scales[row + 2];
        float d = x[row + 3] * scales[row + 3];
        byte[] rowA = weights[row];
        byte[] rowB = weights[row + 1];
        byte[] rowC = weights[row + 2];
        byte[] rowD = weights[row + 3];
        for (int j = 0; j < rowA.length; j++) {
            float sum = Rows.multiplyAdd(a, rowA[j], y[j]);
            sum = Rows.multiplyAdd(b, rowB[j], sum);
            sum = Rows.multiplyAdd(c, rowC[j], sum);
            y[j] = Rows.multiplyAdd(d, rowD[j], sum);
        }
    }

    @Override
    @HotPath
    void addOne(int row, float a, float[] y) {
        float scaled = a * scales[row];
        byte[] weightsOfRow = weights[row];
        for (int j = 0; j < weightsOfRow.length; j++) {
            y[j] = Rows.multiplyAdd(scaled, weightsOfRow[j], y[j]);
        }
    }
}
