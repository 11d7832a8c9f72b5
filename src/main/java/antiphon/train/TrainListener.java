package antiphon.train;

/** Hears how a training goes, on the training thread. An exception thrown here ends the training. */
public interface TrainListener {

    /** A listener that hears nothing. */
    TrainListener NONE = new TrainListener() {};

    /** Before the first step. */
    default void started(TrainStart start) {}

    /** Of a training that begins with a model: its score on the pieces that choose the best pass, before the first. */
    default void begun(double bitsPerNote) {}

    /** After each update; whoever prints chooses how often. */
    default void progress(TrainProgress progress) {}

    /** After each pass over the corpus. */
    default void epoch(EpochScore score) {}

    /** At the end of a training that began with a model. */
    default void tuned(TuneScore score) {}
}
