package antiphon.train;

/**
 * What a training begins with.
 *
 * @param trainPieces pieces to learn from
 * @param validPieces pieces to choose the best epoch by
 * @param testPieces pieces left alone
 * @param rule for people: how the pieces were divided
 * @param weights numbers in the network
 * @param windowsPerEpoch updates in a pass
 * @param resumedAt updates already done before, 0 for a new training
 */
public record TrainStart(
        int trainPieces,
        int validPieces,
        int testPieces,
        String rule,
        long weights,
        int windowsPerEpoch,
        long resumedAt) {}
