package antiphon.model;

import antiphon.HotPath;

/** Half-precision rows, widened in the inner loop; fast where HotSpot has an instruction for that (F16C, AArch64). */
final class F16Matrix extends Matrix {
    private final short[][] weights;

    /**
     * Takes rows of equal length.
     *
     * @param weights IEEE 754 binary16 as {@link Float#floatToFloat16} gives it; not copied
     */
    F16Matrix(short[][] weights) {
        super(weights.length, weights[0].length);
        this.weights = weights;
    }

    @Override
    long bytes() {
        return (long) Short.BYTES * rows() * columns();
    }

    @Override
    @HotPath
    void addGroup(int row, float[] x, float[] y) {
        float a = x[row];
        float b = x[row + 1];
        float c = x[row + 2];
        float d = x[row + 3];
        float e = x[row + 4];
        float f = x[row + 5];
        float g = x[row + 6];
        float h = x[row + 7];
        short[] rowA = weights[row];
        short[] rowB = weights[row + 1];
        short[] rowC = weights[row + 2];
        short[] rowD = weights[row + 3];
        short[] rowE = weights[row + 4];
        short[] rowF = weights[row + 5];
        short[] rowG = weights[row + 6];
        short[] rowH = weights[row + 7];
        for (int j = 0; j < rowA.length; j++) {
            float sum = Rows.multiplyAdd(a, Float.float16ToFloat(rowA[j]), y[j]);
            sum = Rows.multiplyAdd(b, Float.float16ToFloat(rowB[j]), sum);
            sum = Rows.multiplyAdd(c, Float.float16ToFloat(rowC[j]), sum);
            sum = Rows.multiplyAdd(d, Float.float16ToFloat(rowD[j]), sum);
            sum = Rows.multiplyAdd(e, Float.float16ToFloat(rowE[j]), sum);
            sum = Rows.multiplyAdd(f, Float.float16ToFloat(rowF[j]), sum);
            sum = Rows.multiplyAdd(g, Float.float16ToFloat(rowG[j]), sum);
            y[j] = Rows.multiplyAdd(h, Float.float16ToFloat(rowH[j]), sum);
        }
    }

    @Override
    @HotPath
    void addOne(int row, float a, float[] y) {
        short[] weightsOfRow = weights[row];
        for (int j = 0; j < weightsOfRow.length; j++) {
            y[j] = Rows.multiplyAdd(a, Float.float16ToFloat(weightsOfRow[j]), y[j]);
        }
    }
}
