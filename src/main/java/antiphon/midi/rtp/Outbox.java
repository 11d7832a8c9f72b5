package antiphon.midi.rtp;

import antiphon.HotPath;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Messages on their way from one thread to the sending thread, in their order. Neither side waits for the other: what finds no
 * room is refused.
 */
@HotPath
final class Outbox {
    private static final int HEADER_BYTES = Integer.BYTES + Long.BYTES;
    private static final int SHORT = -1;

    private final byte[] ring;
    private final int mask;
    private final byte[] header = new byte[HEADER_BYTES + Integer.BYTES];
    private final byte[] taken = new byte[HEADER_BYTES + Integer.BYTES];
    private final AtomicLong written = new AtomicLong();
    private final AtomicLong read = new AtomicLong();

    /** Of what {@link #next} took: the short message, packed; 0 if it is a system exclusive one. */
    int message;

    /** When it is due. */
    long nanos;

    /** The system exclusive message; reused. */
    final byte[] bytes;

    /** Its length. */
    int length;

    /**
     * Makes an empty one.
     *
     * @param capacity in bytes, a power of two
     * @param longest system exclusive message, in bytes; 0 for none
     */
    Outbox(int capacity, int longest) {
        ring = new byte[capacity];
        mask = capacity - 1;
        bytes = new byte[longest];
    }

    /** Puts a short message in; false if there is no room. One thread at a time. */
    boolean add(int shortMessage, long dueNanos) {
        Wire.putInt(header, HEADER_BYTES, shortMessage);
        return put(SHORT, dueNanos, header, HEADER_BYTES, Integer.BYTES);
    }

    /** The same for a system exclusive message. The same thread. */
    boolean addLong(byte[] sysex, int sysexLength, long dueNanos) {
        return sysexLength <= bytes.length && put(sysexLength, dueNanos, sysex, 0, sysexLength);
    }

    private boolean put(int kind, long dueNanos, byte[] body, int from, int bodyLength) {
        long end = written.get();
        if (end + HEADER_BYTES + bodyLength - read.get() > ring.length) {
            return false;
        }
        Wire.putInt(header, 0, kind);
        Wire.putLong(header, Integer.BYTES, dueNanos);
        copyIn(header, 0, end, HEADER_BYTES);
        copyIn(body, from, end + HEADER_BYTES, bodyLength);
        written.set(end + HEADER_BYTES + bodyLength);
        return true;
    }

    private void copyIn(byte[] source, int from, long position, int count) {
        int at = (int) position & mask;
        int first = Math.min(count, ring.length - at);
        System.arraycopy(source, from, ring, at, first);
        System.arraycopy(source, from + first, ring, 0, count - first);
    }

    private void copyOut(long position, byte[] target, int count) {
        int at = (int) position & mask;
        int first = Math.min(count, ring.length - at);
        System.arraycopy(ring, at, target, 0, first);
        System.arraycopy(ring, 0, target, first, count - first);
    }

    /** True if nothing waits. Any thread. */
    boolean isEmpty() {
        return written.get() == read.get();
    }

    /** Takes the next message; false if there is none. The sending thread. */
    boolean next() {
        if (isEmpty()) {
            return false;
        }
        long start = read.get();
        copyOut(start, taken, HEADER_BYTES);
        int kind = Wire.intAt(taken, 0);
        nanos = Wire.longAt(taken, Integer.BYTES);
        if (kind == SHORT) {
            copyOut(start + HEADER_BYTES, taken, Integer.BYTES);
            message = Wire.intAt(taken, 0);
            length = 0;
            read.set(start + HEADER_BYTES + Integer.BYTES);
        } else {
            copyOut(start + HEADER_BYTES, bytes, kind);
            message = 0;
            length = kind;
            read.set(start + HEADER_BYTES + kind);
        }
        return true;
    }
}
