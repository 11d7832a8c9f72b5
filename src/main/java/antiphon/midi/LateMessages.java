package antiphon.midi;

import antiphon.HotPath;
import antiphon.music.Lateness;
import java.util.concurrent.atomic.AtomicLong;

/** What a port that schedules by itself hands over after it was due, counted as {@link Lateness} says. Any thread reads it. */
public final class LateMessages {
    private final long resolutionNanos;
    private final AtomicLong late = new AtomicLong();
    private final AtomicLong notes = new AtomicLong();
    private final AtomicLong droppedNotes = new AtomicLong();

    /** @param resolutionNanos what the port can do at best: so much later is not late */
    public LateMessages(long resolutionNanos) {
        this.resolutionNanos = resolutionNanos;
    }

    /** Counts a message that is handed over now; true if it must not be, because it is too late for it. */
    @HotPath
    public boolean drops(int message, long dueNanos, long nowNanos) {
        if (Lateness.isTooLate(message, dueNanos, nowNanos)) {
            droppedNotes.incrementAndGet();
            return true;
        }
        if (nowNanos - dueNanos > resolutionNanos) {
            late.incrementAndGet();
            if (Lateness.isLate(message, dueNanos, nowNanos)) {
                notes.incrementAndGet();
            }
        }
        return false;
    }

    /** Messages that left after they were due. */
    public long count() {
        return late.get();
    }

    /** Note-ons of these that count as late. */
    public long notes() {
        return notes.get();
    }

    /** Note-ons that were not played. */
    public long droppedNotes() {
        return droppedNotes.get();
    }
}
