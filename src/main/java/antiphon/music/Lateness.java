package antiphon.music;

import antiphon.HotPath;

/**
 * What becomes of a message that leaves after it was due. The rule is the same wherever lateness can be known: where a
 * note of the answer is decided, where it is handed to the output, and in an output that schedules by itself.
 *
 * <ul>
 *   <li>Up to {@value #LATE_MILLIS} ms late a note-on is played: it is heard as uneven playing at worst.
 *   <li>From there to {@value #MAX_MILLIS} ms it is played as well, and counted as late: a note somewhat behind is
 *       better than a hole in the line.
 *   <li>Beyond that it is not played, and counted as dropped: the music has gone on, and after a standstill all the
 *       notes that waited would begin at once.
 * </ul>
 *
 * <p>Whatever is no note-on leaves however late it is; above all note-offs, also that of a note which was dropped: it
 * ends nothing.
 */
@HotPath
public final class Lateness {
    private static final int LATE_MILLIS = 20;
    private static final int MAX_MILLIS = 100;
    private static final long MILLI = 1_000_000L;

    /** A note-on that leaves more than this after it was due counts as late. */
    public static final long LATE_NANOS = LATE_MILLIS * MILLI;

    /** A note-on that would leave more than this after it was due is dropped. */
    public static final long MAX_NANOS = MAX_MILLIS * MILLI;

    private Lateness() {}

    /** True for a note-on that must not be played any more. By difference: nanoTime may wrap. */
    public static boolean isTooLate(int message, long dueNanos, long nowNanos) {
        return nowNanos - dueNanos > MAX_NANOS && Message.isNoteOn(message);
    }

    /** True for a note-on that is played, or dropped, and counts as late. */
    public static boolean isLate(int message, long dueNanos, long nowNanos) {
        return nowNanos - dueNanos > LATE_NANOS && Message.isNoteOn(message);
    }
}
