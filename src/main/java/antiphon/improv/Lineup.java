package antiphon.improv;

import antiphon.HotPath;
import antiphon.model.StackedLstm;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Which parts there are in an {@link Ensemble}, and which of them play. A part is made once, by a cold thread, and stays;
 * it is turned on and off by the ensemble's.
 */
final class Lineup {
    static final int PARTS = 1 + Band.MAX_BESIDE;

    private final BiFunction<Integer, StackedLstm, Improviser> maker;
    private final Improviser first;

    /** By number; null where there was never one. Filled by cold threads. */
    private final AtomicReferenceArray<@Nullable Improviser> parts = new AtomicReferenceArray<>(PARTS);

    private final boolean[] on = new boolean[PARTS];
    private boolean alone = true;

    /** Makes the first part, which is always on. */
    Lineup(StackedLstm network, BiFunction<Integer, StackedLstm, Improviser> maker) {
        this.maker = maker;
        first = maker.apply(0, network);
        parts.set(0, first);
        on[0] = true;
    }

    /**
     * Makes a part if there is none of this number; it is off. Any thread, before it sends the engine a control of that
     * part.
     */
    void make(int number) {
        if (parts.get(number) == null) {
            Improviser made = maker.apply(number, first.mind().network());
            parts.compareAndSet(number, null, made);
        }
    }

    @HotPath
    Improviser first() {
        return first;
    }

    /** The part of this number; null if there was never one. */
    @HotPath
    @Nullable
    Improviser part(int number) {
        return parts.get(number);
    }

    /** The part of this number, if it is on. */
    @HotPath
    @Nullable
    Improviser playing(int number) {
        return on[number] ? parts.get(number) : null;
    }

    /** Turns a part that was made on or off. */
    @HotPath
    void turn(int number, boolean isOn) {
        on[number] = isOn;
        alone = true;
        for (int other = 1; other < PARTS; other++) {
            alone &= !on[other];
        }
    }

    /** The parts beside the first that are on, as bits. */
    @HotPath
    int beside() {
        int beside = 0;
        for (int number = 1; number < PARTS; number++) {
            beside |= on[number] ? 1 << number : 0;
        }
        return beside;
    }

    /** True while the first part alone is on. */
    @HotPath
    boolean isAlone() {
        return alone;
    }

    /** The parts that were ever made, as bits. Any thread. */
    int made() {
        int made = 0;
        for (int number = 0; number < PARTS; number++) {
            made |= parts.get(number) == null ? 0 : 1 << number;
        }
        return made;
    }

    /**
     * Minds of another network, to be handed to {@link Succession#prepare}. A cold thread; they are fed what was heard.
     *
     * @param firstEvent see {@link Mind#successor}
     * @param which bit n is set to have one also for part n, from 1
     */
    Successors successors(StackedLstm network, Settings settings, long firstEvent, int which) {
        Successors successors = new Successors(first.mind().successor(network, settings, firstEvent));
        for (int number = 1; number < PARTS; number++) {
            if ((which >> number & 1) != 0) {
                successors.put(number, new Mind(network, settings.ofPart(number), number));
            }
        }
        while (successors.first().catchUp()) {
            Thread.onSpinWait();
        }
        return successors;
    }

    /** Lets them take over. */
    @HotPath
    void succeed(Successors successors) {
        first.succeed(successors.first());
        for (int number = 1; number < PARTS; number++) {
            Improviser part = parts.get(number);
            Mind mind = successors.beside(number);
            if (part != null && mind != null) {
                part.succeed(mind);
                mind.learnFrom(successors.first());
            }
        }
    }

    /** True for a message that one of them sent and that came back. */
    @HotPath
    boolean isEcho(int message, long nanos) {
        for (int number = 0; number < PARTS; number++) {
            Improviser part = playing(number);
            if (part != null && part.stage().voice().isEcho(message, nanos)) {
                return true;
            }
        }
        return false;
    }

    /** What is being played by the human is not to be answered. */
    @HotPath
    void dropPhrases() {
        for (int number = 0; number < PARTS; number++) {
            Improviser part = playing(number);
            if (part != null) {
                part.listener().phrase().reset();
            }
        }
    }

    /** True if none of them makes a sound and none has something to answer. */
    @HotPath
    boolean isQuiet() {
        boolean quiet = true;
        for (int number = 0; number < PARTS; number++) {
            Improviser part = playing(number);
            quiet &= part == null || (part.stage().voice().keys().count() == 0 && part.isIdle());
        }
        return quiet;
    }

    /** True if none of them has something to answer. */
    boolean isIdle() {
        boolean idle = true;
        for (int number = 0; number < PARTS; number++) {
            Improviser part = playing(number);
            idle &= part == null || part.isIdle();
        }
        return idle;
    }

    long answers() {
        long answers = 0;
        for (int number = 0; number < PARTS; number++) {
            Improviser part = parts.get(number);
            answers += part == null ? 0 : part.answers();
        }
        return answers;
    }

    long notesAnswered() {
        long notes = 0;
        for (int number = 0; number < PARTS; number++) {
            Improviser part = parts.get(number);
            notes += part == null ? 0 : part.notesAnswered();
        }
        return notes;
    }

    long notesDropped() {
        long notes = 0;
        for (int number = 0; number < PARTS; number++) {
            Improviser part = parts.get(number);
            notes += part == null ? 0 : part.notesDropped();
        }
        return notes;
    }
}
