package antiphon.live;

import antiphon.HotPath;
import antiphon.music.Message;
import java.util.List;

/**
 * Suspects that what comes in is what we sent, moved up or down on the way by a program that transposes: several notes in
 * a row that have the velocities of notes that were sent, all so many semitones away and so long after them. A human's
 * notes do that by chance only where every note is as loud as the next, so it proves little of copies. Of one input's
 * {@link LoopGuard}; its thread only. Allocates nothing.
 */
@HotPath
final class TransposedEcho {
    /** So many of the last notes are compared: at ten notes a second all that a loop can be late. */
    private static final int LOOKED_AT = 64;

    /** So many notes that came in before are remembered. */
    private static final int REMEMBERED = 3;

    /** Two notes that come back have taken the same time, give or take this. */
    private static final long SAME_NANOS = 10_000_000L;

    private final SentMessages[] sent;
    private final int[] messages = new int[REMEMBERED];
    private final long[] nanos = new long[REMEMBERED];
    private int heard;
    private int semitones;
    private long delayNanos;
    private int inARow;
    private boolean ofAnswer;

    /**
     * Compares with these.
     *
     * @param sent the engine's first, then what each input's thru has copied
     */
    TransposedEcho(List<SentMessages> sent) {
        this.sent = sent.toArray(new SentMessages[0]);
    }

    /** A note begins: from now on the questions are about it. */
    void hear(int message, long atNanos) {
        inARow = 0;
        for (int which = 0; which < sent.length; which++) {
            SentMessages from = sent[which];
            for (long number = from.count() - 1; number >= first(from); number--) {
                long ageNanos = atNanos - from.nanos(number);
                if (ageNanos <= LoopGuard.MAX_NANOS && ageNanos >= 0 && isAsLoud(from.message(number), message)) {
                    compare(which, Message.data1(message) - Message.data1(from.message(number)), ageNanos);
                }
            }
        }
        messages[heard % REMEMBERED] = message;
        nanos[heard % REMEMBERED] = atNanos;
        heard = heard == 2 * REMEMBERED - 1 ? REMEMBERED : heard + 1;
    }

    private static long first(SentMessages from) {
        return Math.max(from.oldest(), from.count() - LOOKED_AT);
    }

    private static boolean isAsLoud(int sentMessage, int message) {
        return Message.isNoteOn(sentMessage) && Message.data2(sentMessage) == Message.data2(message);
    }

    /** Keeps what explains more of the notes before than what was tried so far. */
    private void compare(int which, int moved, long ageNanos) {
        if (moved == 0) {
            return;
        }
        int before = 0;
        while (before < Math.min(heard, REMEMBERED) && cameBack(which, before, moved, ageNanos)) {
            before++;
        }
        if (before > inARow) {
            inARow = before;
            semitones = moved;
            delayNanos = ageNanos;
            ofAnswer = which == 0;
        }
    }

    /** True if the note that came in so many notes before was sent so long before that, so many semitones away. */
    private boolean cameBack(int which, int before, int moved, long ageNanos) {
        int place = Math.floorMod(heard - 1 - before, REMEMBERED);
        SentMessages from = sent[which];
        for (long number = from.count() - 1; number >= first(from); number--) {
            int message = from.message(number);
            if (isAsLoud(message, messages[place])
                    && Message.data1(message) + moved == Message.data1(messages[place])
                    && Math.abs(nanos[place] - from.nanos(number) - ageNanos) < SAME_NANOS) {
                return true;
            }
        }
        return false;
    }

    /** How many of the notes just before the last one came back in the same way, 0 to {@value #REMEMBERED}. */
    int inARow() {
        return inARow;
    }

    /** True if they are notes of our answer; false if copies, which people play again all the time. */
    boolean isOfAnswer() {
        return ofAnswer;
    }

    /** How far they are moved on the way. */
    int semitones() {
        return semitones;
    }

    /** How long the last one took. */
    long delayNanos() {
        return delayNanos;
    }

    /** Forgets what came in. */
    void reset() {
        heard = 0;
        inARow = 0;
    }
}
