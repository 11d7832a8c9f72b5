package antiphon.live;

import antiphon.music.Message;
import antiphon.music.TimedMessages;

/**
 * Finds where the last answer of a take begins: after the last silence of the partner's in which the human played, or which
 * lasted long. Cold threads.
 */
final class LastAnswer {
    /** A shorter silence is a rest within the answer, unless the human has played. */
    private static final long LONG_NANOS = 2_000_000_000L;

    /** A shorter one is a breath, also while the human plays. */
    private static final long BREATH_NANOS = 300_000_000L;

    private LastAnswer() {}

    /** Its messages, at the times that they have in the take; none if nothing was answered. */
    static TimedMessages of(TimedMessages human, TimedMessages answer) {
        int begin = begin(human, answer);
        TimedMessages.Recorder last = new TimedMessages.Recorder();
        for (int i = begin; i < answer.size(); i++) {
            last.send(answer.message(i), answer.nanos(i));
        }
        return last.messages();
    }

    private static int begin(TimedMessages human, TimedMessages answer) {
        int begin = answer.size();
        int sounding = 0;
        long onsetNanos = Long.MIN_VALUE / 2;
        long silentNanos = Long.MIN_VALUE / 2;
        for (int i = 0; i < answer.size(); i++) {
            int message = answer.message(i);
            long nanos = answer.nanos(i);
            if (Message.isNoteOn(message)) {
                long silence = sounding == 0 ? nanos - silentNanos : 0;
                boolean played = silence > BREATH_NANOS && plays(human, onsetNanos, nanos);
                begin = begin == answer.size() || silence > LONG_NANOS || played ? i : begin;
                onsetNanos = nanos;
                sounding++;
            } else if (Message.isNoteOff(message)) {
                sounding = Math.max(0, sounding - 1);
                silentNanos = nanos;
            }
        }
        return begin;
    }

    private static boolean plays(TimedMessages human, long fromNanos, long untilNanos) {
        for (int i = 0; i < human.size(); i++) {
            if (Message.isNoteOn(human.message(i)) && human.nanos(i) > fromNanos && human.nanos(i) < untilNanos) {
                return true;
            }
        }
        return false;
    }
}
