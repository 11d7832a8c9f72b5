package antiphon.improv.part;

import antiphon.HotPath;

/** How dense what the partner plays is to be, how many notes it may hold at once, and how long it goes on. One thread. */
@HotPath
interface Shape {
    /** It begins to play now. */
    void restart(long nanos);

    /** It begins its first note, after it has waited for a bar; who goes by what the human does need not know. */
    default void entered(long nanos) {}

    /** It has begun a note. */
    void noteSent(long nanos);

    /** The longest time for which it may hold a note. */
    long maxNoteNanos();

    /** Voices that it may use. */
    int maxPolyphony();

    /**
     * What makes it as dense as it is to be: above 0 when it has played more notes than that, below 0 when fewer. See
     * {@link antiphon.improv.Mind#draw}.
     */
    double patience(long nanos);

    /** True when no new note may begin any more. */
    boolean isOver(long nanos);

    /** True if the network may end the phrase here. */
    default boolean mayEnd(long nanos) {
        return false;
    }

    /** What is added to the logit of the phrase's end. */
    default double endBias(long nanos) {
        return 0;
    }

    /** The longest gap before its next event, while so many of its notes sound. */
    long maxGapNanos(int sounding, long nanos);
}
