package antiphon.model;

import java.util.Arrays;

/** A block of numbers of a model file, row-major (the last index runs fastest). Treat as immutable. */
public final class Tensor {
    private final int[] shape;
    private final float[] values;

    private Tensor(int[] shape, float[] values) {
        long count = 1;
        for (int size : shape) {
            count *= size;
        }
        if (count != values.length) {
            throw new IllegalArgumentException(
                    "shape " + Arrays.toString(shape) + " needs " + count + " values; found " + values.length);
        }
        this.shape = shape;
        this.values = values;
    }

    /**
     * Wraps values in a shape.
     *
     * @param shape sizes, outermost first
     * @param values not copied
     */
    public static Tensor of(int[] shape, float[] values) {
        return new Tensor(shape, values);
    }

    public static Tensor matrix(int rows, int columns, float[] values) {
        return new Tensor(new int[] {rows, columns}, values);
    }

    public static Tensor vector(float... values) {
        return new Tensor(new int[] {values.length}, values);
    }

    /** Sizes, outermost first; not a copy. */
    public int[] shape() {
        return shape;
    }

    /** The numbers; not a copy. */
    public float[] values() {
        return values;
    }

    /** True if this is a matrix of that size. */
    public boolean isMatrix(int rows, int columns) {
        return shape.length == 2 && shape[0] == rows && shape[1] == columns;
    }

    /** One array per row: the form in which the step kernel's inner loops become vector instructions. */
    public float[][] rows() {
        int columns = shape[1];
        float[][] rows = new float[shape[0]][];
        for (int row = 0; row < rows.length; row++) {
            rows[row] = Arrays.copyOfRange(values, row * columns, (row + 1) * columns);
        }
        return rows;
    }
}
