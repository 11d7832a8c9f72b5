package antiphon.live;

import antiphon.HotPath;
import antiphon.music.Message;

/**
 * Which of the messages that one thread sent have come back by one input. Of that input's {@link LoopGuard}; its thread
 * only. Allocates nothing.
 */
@HotPath
final class Returned {
    private final SentMessages messages;

    /** The inverted numbers of the messages that have come back. */
    private final long[] returned = new long[SentMessages.CAPACITY];

    Returned(SentMessages messages) {
        this.messages = messages;
    }

    /** What was sent. */
    SentMessages messages() {
        return messages;
    }

    /** True if the message of this number has come back. */
    boolean has(long number) {
        return returned[SentMessages.place(number)] == ~number;
    }

    /** The message of this number has come back. */
    void mark(long number) {
        returned[SentMessages.place(number)] = ~number;
    }

    /** How many of the last notes have not come back, at most {@value LoopGuard#LOST_NOTES}; -1 if one of them has. */
    int lost(long nanos, long delayNanos) {
        int lost = 0;
        for (long number = messages.count() - 1; number >= messages.oldest() && lost < LoopGuard.LOST_NOTES; number--) {
            if (Message.isNoteOn(messages.message(number)) && nanos - messages.nanos(number) > delayNanos) {
                if (has(number)) {
                    return -1;
                }
                lost++;
            }
        }
        return lost;
    }

    /**
     * The number of the oldest message of this kind that was sent within these ages and has not come back, which is
     * marked as come back; or {@link LoopGuard#NONE}.
     *
     * @param semitones by how much notes are transposed on their way
     * @param exactly also of the same velocity or value
     */
    long find(int message, long nanos, long minAgeNanos, long maxAgeNanos, int semitones, boolean exactly) {
        long end = messages.count();
        for (long number = messages.oldest(); number < end; number++) {
            long ageNanos = nanos - messages.nanos(number);
            if (ageNanos <= maxAgeNanos
                    && ageNanos >= minAgeNanos - LoopGuard.EARLY_NANOS
                    && !has(number)
                    && isSame(messages.message(number), message, semitones, exactly)) {
                mark(number);
                return number;
            }
        }
        return LoopGuard.NONE;
    }

    /** The same kind of message of the same key or controller, whatever its channel: other programs change that. */
    static boolean isSame(int one, int other, int semitones, boolean exactly) {
        int data1 = Message.data1(one) + (Message.isOfKey(one) ? semitones : 0);
        if (Message.isNoteOff(one) || Message.isNoteOff(other)) {
            return Message.isNoteOff(one) && Message.isNoteOff(other) && data1 == Message.data1(other);
        }
        boolean sameKind =
                (Message.status(one) & 0xF0) == (Message.status(other) & 0xF0) && data1 == Message.data1(other);
        return sameKind && (Message.data2(one) == Message.data2(other) || (!exactly && Message.isNoteOn(one)));
    }
}
