package antiphon.midi.rtp;

import antiphon.HotPath;
import antiphon.midi.Heard;
import antiphon.midi.MidiReceiver;
import antiphon.midi.SysexAssembler;

/**
 * What comes from one peer: puts packets in their order, repairs what is missing by the journal, and passes messages on. A
 * packet that comes after a later one is dropped, because the journal of that one has told what was in it. The receiving
 * thread's.
 */
@HotPath
final class InStream {
    /** What became of a packet. */
    enum Result {
        TAKEN,
        /** It came twice, or after a later one. */
        OLD,
        /** It is no RTP-MIDI. */
        WRONG
    }

    private static final int MAX_PACKET_BYTES = 1 << 16;
    private static final int MAX_OLD = 100;
    private static final int NONE = -1;

    private final HeardState state;
    private final Heard heard;
    private final JournalReader journal;
    private final CommandList commands = new CommandList();
    private final SysexAssembler sysex = new SysexAssembler(MidiReceiver.MAX_LONG_BYTES);
    private final byte[] piece = new byte[MAX_PACKET_BYTES];
    private int last = NONE;

    /** The number that would follow one which made no sense; two such in a row are a new beginning. */
    private int restart = NONE;

    private long lostPackets;
    private long unrepaired;
    private long droppedSysex;

    InStream(Heard heard) {
        this.heard = heard;
        state = new HeardState(heard);
        journal = new JournalReader(state);
    }

    /**
     * Takes a packet.
     *
     * @param clock says when it was sent
     */
    Result take(byte[] packet, int length, ClockSync clock, long nowNanos) {
        int list = listStart(packet, length);
        if (list < 0) {
            return Result.WRONG;
        }
        int header = Wire.byteAt(packet, list);
        boolean isLong = (header & 0x80) != 0;
        if (isLong && list + 2 > length) {
            return Result.WRONG;
        }
        int listBytes = isLong ? (header & 0x0F) << 8 | Wire.byteAt(packet, list + 1) : header & 0x0F;
        int from = list + (isLong ? 2 : 1);
        int to = from + listBytes;
        boolean timed = (header & 0x20) != 0;
        boolean hasJournal = (header & 0x40) != 0;
        if (to > length || !isList(packet, from, to, timed)) {
            return Result.WRONG;
        }
        if (hasJournal && !journal.isJournal(packet, to, length)) {
            return Result.WRONG;
        }
        int missing = missing(Wire.shortAt(packet, 2));
        if (missing < 0) {
            return Result.OLD;
        }
        if (missing > 0) {
            repair(packet, hasJournal ? to : NONE, length, missing, nowNanos);
        }
        last = Wire.shortAt(packet, 2);
        pass(packet, from, to, timed, clock.sentNanos(Wire.intAt(packet, 4), nowNanos), nowNanos);
        return Result.TAKEN;
    }

    /** Where the list of commands begins; negative if this is no packet of ours. */
    private static int listStart(byte[] packet, int length) {
        if (length <= Wire.RTP_HEADER_BYTES) {
            return NONE;
        }
        int first = Wire.byteAt(packet, 0);
        boolean isPlain = (first & 0xF0) == Wire.RTP_VERSION && (packet[1] & 0x7F) == Wire.PAYLOAD_TYPE;
        int start = Wire.RTP_HEADER_BYTES + (first & 0x0F) * Integer.BYTES;
        return isPlain && start < length ? start : NONE;
    }

    private boolean isList(byte[] packet, int from, int to, boolean timed) {
        commands.begin(packet, from, to, timed);
        CommandList.Found found = commands.next();
        while (found != CommandList.Found.END && found != CommandList.Found.WRONG) {
            found = commands.next();
        }
        return found == CommandList.Found.END;
    }

    /** How many packets before this one have not come; negative if this one is old. A first packet lacks all before it. */
    private int missing(int sequence) {
        if (last == NONE) {
            return 1;
        }
        int ahead = (short) (sequence - last);
        if (ahead > 0) {
            restart = NONE;
            return ahead - 1;
        }
        if (ahead > -MAX_OLD || sequence != restart) {
            restart = ahead > -MAX_OLD ? NONE : sequence + 1 & 0xFFFF;
            return NONE;
        }
        restart = NONE;
        last = NONE;
        return 1;
    }

    private void repair(byte[] packet, int journalStart, int length, int missing, long nowNanos) {
        boolean isFirst = last == NONE;
        lostPackets += isFirst ? 0 : missing;
        breakOff();
        boolean tellsAll = journalStart != NONE
                && (isFirst || (short) (JournalReader.checkpoint(packet, journalStart) - (last + 1)) <= 0);
        if (!tellsAll) {
            // A note-off may be among what nobody tells us of.
            unrepaired += isFirst ? 0 : 1;
            state.release(nowNanos);
        }
        if (journalStart != NONE) {
            journal.recover(packet, journalStart, length, nowNanos);
        }
    }

    private void pass(byte[] packet, int from, int to, boolean timed, long sentNanos, long nowNanos) {
        commands.begin(packet, from, to, timed);
        CommandList.Found found = commands.next();
        while (found != CommandList.Found.END && found != CommandList.Found.WRONG) {
            long nanos = Math.min(nowNanos, sentNanos + commands.ticks * Wire.TICK_NANOS);
            if (found == CommandList.Found.SYSEX) {
                passSysex(packet, commands.from, commands.to, nanos);
            } else if (!CommandList.isUndefined(commands.message)) {
                if ((commands.message & 0xFF) < 0xF8) {
                    breakOff();
                }
                state.pass(commands.message, nanos);
            }
            found = commands.next();
        }
    }

    private void breakOff() {
        if (sysex.breakOff()) {
            droppedSysex++;
        }
    }

    /** A part begins with F0, or with F7 if it goes on; it ends with F7, with F0 if more comes, or with F4: forget it. */
    private void passSysex(byte[] packet, int from, int to, long nanos) {
        int begin = Wire.byteAt(packet, from);
        int end = Wire.byteAt(packet, to - 1);
        if (begin == 0xF0) {
            breakOff();
        }
        if (end == 0xF4) {
            sysex.breakOff();
            return;
        }
        int length = to - from - (end == 0xF0 ? 1 : 0);
        if (begin == 0xF7 && length == 1) {
            return;
        }
        System.arraycopy(packet, from, piece, 0, length);
        if (end == 0xF5) {
            piece[length - 1] = (byte) 0xF7;
        }
        SysexAssembler.Result result = sysex.add(piece, length);
        if (result == SysexAssembler.Result.WHOLE) {
            heard.sysex(sysex.bytes(), sysex.length(), nanos);
        } else if (result == SysexAssembler.Result.REFUSED) {
            droppedSysex++;
        }
    }

    /** Ends all that the peer holds. */
    void release(long nanos) {
        state.release(nanos);
    }

    /** True if the peer holds a key or a pedal. */
    boolean holds() {
        return state.holds();
    }

    /** The number of the last packet, as a peer is told that we have it; negative if there was none. */
    int last() {
        return last;
    }

    /** Packets that had not come when a later one did. */
    long lostPackets() {
        return lostPackets;
    }

    /** Times that there was no journal for what was missing, and all was released. */
    long unrepaired() {
        return unrepaired;
    }

    /** System exclusive messages that did not come whole. */
    long droppedSysex() {
        return droppedSysex;
    }
}
