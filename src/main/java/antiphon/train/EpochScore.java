package antiphon.train;

/**
 * How a pass over the corpus ended.
 *
 * @param epoch from 1
 * @param trainBitsPerNote mean over the pass
 * @param validBitsPerNote on the pieces held out; NaN if there is none
 * @param best true if this is the best so far, and so the model file now
 */
public record EpochScore(int epoch, double trainBitsPerNote, double validBitsPerNote, boolean best) {}
