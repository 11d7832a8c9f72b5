package antiphon.midi.jack;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import antiphon.HotPath;
import antiphon.midi.DueHeap;
import antiphon.midi.library.RawMemory;
import antiphon.music.Lateness;
import antiphon.music.Message;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.function.LongConsumer;

/**
 * One of our output ports. {@link #send} is the engine thread's end of a ring; everything else belongs to the process
 * callback, which keeps what is not due yet in a heap of its own.
 *
 * <p>JACK wants messages in order of frame. So before a message passes straight through at frame f, whatever is due
 * up to f is written: nothing needs sorting, and thru never waits for a second pass.
 */
final class JackOutput {
    /** Messages that may lie between the sender thread and their due time. */
    static final int CAPACITY = 4096;

    /** Stands for no time at all. No clock ever reads this value. */
    private static final long NEVER = Long.MIN_VALUE;

    private static final VarHandle LATE;
    private static final VarHandle LATE_NOTES;
    private static final VarHandle DROPPED_NOTES;
    private static final VarHandle DROPPED;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            LATE = lookup.findVarHandle(JackOutput.class, "late", long.class);
            LATE_NOTES = lookup.findVarHandle(JackOutput.class, "lateNotes", long.class);
            DROPPED_NOTES = lookup.findVarHandle(JackOutput.class, "droppedNotes", long.class);
            DROPPED = lookup.findVarHandle(JackOutput.class, "dropped", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final long port;
    private final CycleClock clock;
    private final DueRing ring = new DueRing(CAPACITY);
    private final DueHeap heap = new DueHeap(CAPACITY);
    private JackMidi midi;

    /** Told in the callback. Set before the first cycle. */
    private LongConsumer answerDelayFrames = frames -> {};

    private long buffer;
    private int lastFrame;
    private long late;
    private long lateNotes;
    private long droppedNotes;
    private long dropped;
    private volatile long firstDueNanos = Long.MAX_VALUE;
    private volatile long lastNoteOffNanos = NEVER;

    JackOutput(long port, JackMidi midi, CycleClock clock) {
        this.port = port;
        this.midi = midi;
        this.clock = clock;
    }

    long port() {
        return port;
    }

    /** Engine thread. Returns false if the ring is full. */
    @HotPath
    boolean send(int message, long dueNanos) {
        return send(message, dueNanos, DueHeap.NO_CAUSE);
    }

    /**
     * The same for what answers a message in the next cycle: it leaves at that message's frame.
     *
     * @param causeNanos when that message came in, as {@link CycleClock#inputNanos} gave it
     */
    @HotPath
    boolean send(int message, long dueNanos, long causeNanos) {
        if (Message.isNoteOff(message) && isAfter(lastNoteOffNanos, dueNanos)) {
            lastNoteOffNanos = dueNanos;
        }
        return ring.offer(message, dueNanos, causeNanos);
    }

    /** Who is to be told how many frames each answer left after its cause. Before the first cycle. */
    void observeAnswers(LongConsumer delayFrames) {
        answerDelayFrames = delayFrames;
    }

    /** Messages that missed the frame they were due at. Any thread. */
    long late() {
        return (long) LATE.getAcquire(this);
    }

    /** Note-ons of these that are late by {@link Lateness}. Any thread. */
    long lateNotes() {
        return (long) LATE_NOTES.getAcquire(this);
    }

    /** Note-ons that were dropped because they were too late. Any thread. */
    long droppedNotes() {
        return (long) DROPPED_NOTES.getAcquire(this);
    }

    /** Thru messages for which JACK's buffer had no room. Any thread. */
    long dropped() {
        return (long) DROPPED.getAcquire(this);
    }

    /**
     * True if, when the last cycle ended, no message that was due by then was left, and no note-off at all, whenever due:
     * nobody else would end that note. Any thread.
     */
    boolean hasSentAllDueBy(long nanos) {
        long first = firstDueNanos;
        long noteOff = lastNoteOffNanos;
        long until = isAfter(nanos, noteOff) ? noteOff : nanos;
        return ring.isEmpty() && (first == Long.MAX_VALUE || first - until > 0);
    }

    private static boolean isAfter(long nanos, long later) {
        return nanos == NEVER || (later != NEVER && later - nanos > 0);
    }

    @HotPath
    void begin(JackMidi now, int frames) {
        midi = now;
        buffer = now.buffer(port, frames);
        lastFrame = 0;
        if (buffer != 0) {
            now.clear(buffer);
        }
        ring.drainTo(heap);
    }

    /** Writes what is due within the cycle. What finds no room stays for the next. */
    @HotPath
    void finish() {
        writeDueBefore(clock.frames());
        firstDueNanos = heap.firstDueNanos();
    }

    /** Passes on a message that came in at this time of {@link CycleClock#inputNanos}. */
    @HotPath
    boolean thru(int message, long nanos) {
        long at = reserveThru(Message.length(message), nanos);
        if (at == 0) {
            return false;
        }
        RawMemory.write(message, at);
        return true;
    }

    @HotPath
    boolean thruLong(byte[] bytes, int length, long nanos) {
        long at = reserveThru(length, nanos);
        if (at == 0) {
            return false;
        }
        MemorySegment.copy(bytes, 0, RawMemory.ALL, JAVA_BYTE, at, length);
        return true;
    }

    private long reserveThru(int length, long nanos) {
        int frame = clock.inputFrame(nanos);
        writeDueBefore(frame + 1);
        lastFrame = Math.max(lastFrame, frame);
        long at = buffer == 0 ? 0 : midi.reserve(buffer, lastFrame, length);
        if (at == 0) {
            DROPPED.setRelease(this, dropped + 1);
        }
        return at;
    }

    private void writeDueBefore(int end) {
        while (!heap.isEmpty() && buffer != 0) {
            long cause = heap.firstCauseNanos();
            // By its due time an answer could leave a frame too early or late, because cycles differ in length.
            int due = cause == DueHeap.NO_CAUSE ? clock.outputFrame(heap.firstDueNanos()) : clock.answerFrame(cause);
            if (due >= end) {
                return;
            }
            int frame = Math.max(due, lastFrame);
            int message = heap.firstMessage();
            if (due < 0 && isTooLate(message, heap.firstDueNanos())) {
                heap.removeFirst();
                continue;
            }
            long at = midi.reserve(buffer, frame, Message.length(message));
            if (at == 0) {
                return;
            }
            RawMemory.write(message, at);
            if (due < 0) {
                countLate(message, heap.firstDueNanos());
            }
            heap.removeFirst();
            lastFrame = frame;
            if (cause != DueHeap.NO_CAUSE) {
                answerDelayFrames.accept(clock.answerDelayFrames(cause, frame));
            }
        }
    }

    private boolean isTooLate(int message, long dueNanos) {
        if (!Lateness.isTooLate(message, dueNanos, clock.outputNanos(lastFrame))) {
            return false;
        }
        DROPPED_NOTES.setRelease(this, droppedNotes + 1);
        return true;
    }

    private void countLate(int message, long dueNanos) {
        LATE.setRelease(this, late + 1);
        if (Lateness.isLate(message, dueNanos, clock.outputNanos(lastFrame))) {
            LATE_NOTES.setRelease(this, lateNotes + 1);
        }
    }
}
