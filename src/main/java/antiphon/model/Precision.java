package antiphon.model;

import java.util.Locale;

/**
 * How a network's large matrices lie in memory; a file always holds 32-bit floats. Most of a step's time is spent on
 * reading weights, so half the bytes take about half the time. The model card says how much worse each precision
 * predicts.
 */
public enum Precision {
    /** IEEE 754 single precision: the weights as trained. */
    F32,
    /** IEEE 754 half precision: 11 significant bits, two bytes. */
    F16,
    /** Whole numbers from −127 to 127 times a scale for each row: one byte. */
    INT8;

    /** As people and settings write it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
