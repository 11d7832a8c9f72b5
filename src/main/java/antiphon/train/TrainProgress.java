package antiphon.train;

/**
 * Where a training is.
 *
 * @param step updates done
 * @param epoch passes done, with the part of the present one
 * @param lossNats of the last window, per event
 * @param bitsPerNote of the last hundred windows or so, with dropout: a little above what the network can
 * @param eventsPerSecond learned since the start of this session
 * @param share 0–1, how much of the training is done
 * @param secondsLeft until the end, as far as can be told
 */
public record TrainProgress(
        long step,
        double epoch,
        double lossNats,
        double bitsPerNote,
        double eventsPerSecond,
        double share,
        double secondsLeft) {}
