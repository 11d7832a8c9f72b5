package antiphon.midi.rtp;

import antiphon.HotPath;
import antiphon.music.Message;

/**
 * What goes to one peer: packs messages into packets with a recovery journal, and says when a packet without messages is
 * due, so that what was lost last is repaired too. The sending thread's, but for {@link #confirm}.
 */
@HotPath
final class OutStream {
    /** So that a list of commands stays below what fits into a packet of any network. */
    private static final int MAX_MESSAGES = 128;

    private static final int MAX_DELTA_TICKS = 0x7F;

    /** Of a system exclusive message, in one packet. */
    static final int SEGMENT_BYTES = 1000;

    private static final int SEGMENT = 0xF0;
    private static final int SEGMENT_ENDS = 0xF7;
    private static final int HAS_LONG_LENGTH = 0x80;
    private static final int HAS_JOURNAL = 0x40;
    private static final int MAX_SHORT_LENGTH = 15;
    private static final long FIRST_GUARD_NANOS = 40_000_000L;
    private static final int MAX_GUARDS = 10;
    private static final int DOUBLED = 5;

    private final int ssrc;
    private final int firstSequence;
    private final SentHistory history = new SentHistory();
    private final JournalWriter journal = new JournalWriter(history);
    private final int[] messages = new int[MAX_MESSAGES];
    private final long[] nanos = new long[MAX_MESSAGES];
    private int size;

    /** The number of the next packet, from 0 on. Written by the sending thread. */
    private volatile long next;

    /** The last packet that the peer has. Written by {@link #confirm}. */
    private volatile long confirmed = -1;

    private long guardNanos;
    private int guards = MAX_GUARDS;

    OutStream(int ssrc, int firstSequence) {
        this.ssrc = ssrc;
        this.firstSequence = firstSequence;
    }

    /** True if {@link #finish} must come before another message. */
    boolean isFull() {
        return size == MAX_MESSAGES;
    }

    boolean isEmpty() {
        return size == 0;
    }

    /** Puts a short message into the next packet. There must be room. */
    void add(int message, long dueNanos) {
        messages[size] = message;
        nanos[size] = dueNanos;
        size++;
    }

    /**
     * Makes a packet of the messages, or one that only repairs if there are none.
     *
     * @param epochNanos when our session clock was zero
     * @return its length in bytes
     */
    int finish(byte[] packet, long nowNanos, long epochNanos) {
        long base = size == 0 ? nowNanos : nanos[0];
        int at = begin(packet, base - epochNanos);
        int list = at + 2;
        int end = list;
        int runningStatus = 0;
        long ticks = 0;
        for (int i = 0; i < size; i++) {
            if (i > 0) {
                long delta = Math.clamp((nanos[i] - base) / Wire.TICK_NANOS - ticks, 0, MAX_DELTA_TICKS);
                ticks += delta;
                packet[end++] = (byte) delta;
            }
            end = put(packet, end, messages[i], runningStatus);
            int status = Message.status(messages[i]);
            runningStatus = status < 0xF0 ? status : status < 0xF8 ? 0 : runningStatus;
        }
        int length = ended(packet, at, end, nowNanos);
        for (int i = 0; i < size; i++) {
            history.add(messages[i], next, nanos[i]);
        }
        count(size > 0, nowNanos);
        size = 0;
        return length;
    }

    private int begin(byte[] packet, long sessionNanos) {
        int timestamp = (int) Math.floorDiv(sessionNanos, Wire.TICK_NANOS);
        return Wire.putHeader(packet, (int) (firstSequence + next), timestamp, ssrc);
    }

    private static int put(byte[] packet, int at, int message, int runningStatus) {
        int end = at;
        int status = Message.status(message);
        int length = Message.length(message);
        if (status != runningStatus || status >= 0xF0) {
            packet[end++] = (byte) status;
        }
        if (length > 1) {
            packet[end++] = (byte) Message.data1(message);
        }
        if (length > 2) {
            packet[end++] = (byte) Message.data2(message);
        }
        return end;
    }

    /** Writes the length of the list, which has two bytes always, and the journal behind it. */
    private int ended(byte[] packet, int at, int end, long nowNanos) {
        int length = end - at - 2;
        packet[at] = (byte) (HAS_LONG_LENGTH | HAS_JOURNAL | length >> 8);
        packet[at + 1] = (byte) length;
        if (length <= MAX_SHORT_LENGTH) {
            packet[at] = (byte) (HAS_JOURNAL | length);
            System.arraycopy(packet, at + 2, packet, at + 1, length);
            return journal.write(packet, at + 1 + length, confirmed, firstSequence, nowNanos);
        }
        return journal.write(packet, end, confirmed, firstSequence, nowNanos);
    }

    /**
     * Makes a packet of a part of a system exclusive message. What {@link #add} has taken must have been sent before.
     *
     * @param bytes the whole message
     * @param from where the part begins: a multiple of {@link #SEGMENT_BYTES}
     * @return the packet's length in bytes
     */
    int finishSysex(byte[] packet, byte[] bytes, int from, int length, long nowNanos, long epochNanos) {
        int at = begin(packet, nowNanos - epochNanos);
        int end = at + 2;
        int to = Math.min(length, from + SEGMENT_BYTES);
        if (from > 0) {
            packet[end++] = (byte) SEGMENT_ENDS;
        }
        System.arraycopy(bytes, from, packet, end, to - from);
        end += to - from;
        if (to < length) {
            packet[end++] = (byte) SEGMENT;
        }
        int packetLength = ended(packet, at, end, nowNanos);
        count(false, nowNanos);
        return packetLength;
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // The sending thread alone writes it.
    private void count(boolean hasMessages, long nowNanos) {
        next = next + 1;
        if (hasMessages) {
            guards = 0;
        } else {
            guards = Math.min(MAX_GUARDS, guards + 1);
        }
        guardNanos = nowNanos + (FIRST_GUARD_NANOS << Math.min(guards, DOUBLED));
    }

    /** The peer has this packet, by the low 16 bits of its number, and all that its journal told. Any one thread. */
    void confirm(int sequence) {
        long last = next - 1;
        long packet = last - ((firstSequence + last - sequence) & 0xFFFF);
        if (packet > confirmed) {
            confirmed = packet;
        }
    }

    /** True if the peer may lack something that the journal can tell it. */
    boolean isUnconfirmed() {
        return history.lastPacket() > confirmed;
    }

    /**
     * When a packet without messages is to be sent, so that the peer gets what it may have missed; {@link Long#MAX_VALUE} if
     * there is nothing, or the peer does not answer.
     */
    long guardNanos() {
        return isUnconfirmed() && guards < MAX_GUARDS ? guardNanos : Long.MAX_VALUE;
    }
}
