package antiphon.model;

import antiphon.HotPath;

/**
 * The gates' curves over whole arrays, as rational polynomials so that the loops become vector instructions.
 *
 * <p>tanh is the (13, 6) rational approximation of Eigen's {@code MathFunctionsImpl.h}, clamped at ±7.9; its error is
 * below 3e-7, and the logistic function, made from it, stays below 2e-7.
 */
@HotPath
@SuppressWarnings("FloatingPointLiteralPrecision") // The constants stand as published.
final class Activation {
    private static final float CLAMP = 7.90531110763549805f;
    private static final float A1 = 4.89352455891786e-03f;
    private static final float A3 = 6.37261928875436e-04f;
    private static final float A5 = 1.48572235717979e-05f;
    private static final float A7 = 5.12229709037114e-08f;
    private static final float A9 = -8.60467152213735e-11f;
    private static final float A11 = 2.00018790482477e-13f;
    private static final float A13 = -2.76076847742355e-16f;
    private static final float B0 = 4.89352518554385e-03f;
    private static final float B2 = 2.26843463243900e-03f;
    private static final float B4 = 1.18534705686654e-04f;
    private static final float B6 = 1.19825839466702e-06f;

    private Activation() {}

    static float tanh(float value) {
        float x = Math.max(-CLAMP, Math.min(CLAMP, value));
        float xx = x * x;
        float top = x * (((((((A13 * xx + A11) * xx + A9) * xx + A7) * xx + A5) * xx + A3) * xx) + A1);
        float bottom = ((B6 * xx + B4) * xx + B2) * xx + B0;
        return top / bottom;
    }

    static float sigmoid(float value) {
        return 0.5f * tanh(0.5f * value) + 0.5f;
    }

    /**
     * One step of a layer's cells.
     *
     * @param gates sums of candidate, forget, output and input gate, a block each; overwritten
     * @param cell in and out
     * @param hidden out
     */
    static void advanceCell(float[] gates, float[] cell, float[] hidden) {
        int width = cell.length;
        tanh(gates, 0, width);
        sigmoid(gates, width, 4 * width);
        // Loops over one or two arrays, not one over three: only so HotSpot turns them into vector instructions.
        for (int i = 0; i < width; i++) {
            cell[i] = gates[width + i] * cell[i] + gates[3 * width + i] * gates[i];
        }
        System.arraycopy(cell, 0, hidden, 0, width);
        tanh(hidden, 0, width);
        for (int i = 0; i < width; i++) {
            hidden[i] *= gates[2 * width + i];
        }
    }

    private static void tanh(float[] values, int from, int to) {
        for (int i = from; i < to; i++) {
            values[i] = tanh(values[i]);
        }
    }

    private static void sigmoid(float[] values, int from, int to) {
        for (int i = from; i < to; i++) {
            values[i] = sigmoid(values[i]);
        }
    }
}
