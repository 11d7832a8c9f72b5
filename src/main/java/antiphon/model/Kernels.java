package antiphon.model;

/**
 * Chooses how the weights of a {@link Precision} lie in memory on this machine.
 *
 * <p>Why no Vector API: measured beside these rows it was no faster for single precision, slower for half, and it costs
 * a warning at every start (ADR 11). HotSpot makes vector instructions of plain loops over arrays, scalar ones where
 * there are none.
 */
final class Kernels {
    private static final int INT8_MAX = 127;
    private static final float F16_MAX = 65_504;

    private Kernels() {}

    /**
     * The matrix in the form that is fastest here.
     *
     * @throws ModelException if a weight is too large for the precision
     */
    static Matrix matrix(String name, Tensor tensor, Precision precision) {
        float[][] rows = tensor.rows();
        return switch (precision) {
            case F32 -> new F32Matrix(rows);
            // Every processor that fuses also widens half precision by an instruction; older ones are slow at both.
            case F16 -> Rows.FUSED ? new F16Matrix(halves(name, rows)) : widened(halves(name, rows));
            case INT8 -> int8(rows);
        };
    }

    private static short[][] halves(String name, float[][] rows) {
        short[][] halves = new short[rows.length][rows[0].length];
        for (int i = 0; i < rows.length; i++) {
            for (int j = 0; j < rows[i].length; j++) {
                if (Math.abs(rows[i][j]) > F16_MAX) {
                    throw new ModelException(name + " contains " + rows[i][j] + "; at most " + F16_MAX
                            + " allowed in f16. Set model.precision = \"f32\".");
                }
                halves[i][j] = Float.floatToFloat16(rows[i][j]);
            }
        }
        return halves;
    }

    /** Half-precision weights as single-precision rows: the same numbers, so the same sums. */
    static Matrix widened(short[][] halves) {
        float[][] rows = new float[halves.length][halves[0].length];
        for (int i = 0; i < rows.length; i++) {
            for (int j = 0; j < rows[i].length; j++) {
                rows[i][j] = Float.float16ToFloat(halves[i][j]);
            }
        }
        return new F32Matrix(rows);
    }

    private static Matrix int8(float[][] rows) {
        byte[][] bytes = new byte[rows.length][rows[0].length];
        float[] scales = new float[rows.length];
        for (int i = 0; i < rows.length; i++) {
            float max = 0;
            for (float weight : rows[i]) {
                max = Math.max(max, Math.abs(weight));
            }
            scales[i] = max / INT8_MAX;
            for (int j = 0; scales[i] > 0 && j < rows[i].length; j++) {
                bytes[i][j] = (byte) Math.round(rows[i][j] / scales[i]);
            }
        }
        return new Int8Matrix(bytes, scales);
    }
}
