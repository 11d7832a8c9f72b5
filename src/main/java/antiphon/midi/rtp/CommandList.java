package antiphon.midi.rtp;

import antiphon.HotPath;
import antiphon.music.Message;

/**
 * Reads the list of commands of a packet: RFC 6295, section 3. Steps from one command to the next, by {@link #next}; what it
 * was is read from the fields then. One thread.
 */
@HotPath
final class CommandList {
    private static final int CONTINUES = 0x80;
    private static final int MAX_DELTA_BYTES = 4;
    private static final int SYSEX = 0xF0;
    private static final int CANCEL = 0xF4;
    private static final int DROPPED_END = 0xF5;
    private static final int END = 0xF7;
    private static final int REAL_TIME_FROM = 0xF8;

    /** What {@link #next} found. */
    enum Found {
        MESSAGE,
        /** A system exclusive message or a part of one: from {@link #from} to {@link #to}. */
        SYSEX,
        /** No more. */
        END,
        /** This is no list of commands. */
        WRONG
    }

    private byte[] bytes = {};
    private int at;
    private int end;
    private int runningStatus;
    private boolean timed;

    /** Of the command found, packed. */
    int message;

    /** When it was played: ticks since the packet's time stamp. */
    long ticks;

    /** The first byte of the part of a system exclusive message; it says whether it begins there. */
    int from;

    /** Behind its last byte, which says whether it ends there. */
    int to;

    /**
     * Begins with a list.
     *
     * @param firstIsTimed the list begins with a delta time
     */
    void begin(byte[] packet, int start, int behind, boolean firstIsTimed) {
        bytes = packet;
        at = start;
        end = behind;
        timed = firstIsTimed;
        runningStatus = 0;
        ticks = 0;
    }

    Found next() {
        if (at >= end) {
            return Found.END;
        }
        if (timed && !readDelta()) {
            return Found.WRONG;
        }
        timed = true;
        if (at >= end) {
            return Found.END;
        }
        int status = Wire.byteAt(bytes, at);
        if (status < 0x80) {
            status = runningStatus;
        } else {
            at++;
        }
        if (status < 0x80) {
            return Found.WRONG;
        }
        if (status == SYSEX || status == END) {
            return readSysex();
        }
        if (status < REAL_TIME_FROM) {
            runningStatus = status < SYSEX ? status : 0;
        }
        return readMessage(status);
    }

    private boolean readDelta() {
        long delta = 0;
        for (int i = 0; i < MAX_DELTA_BYTES && at < end; i++) {
            int part = Wire.byteAt(bytes, at++);
            delta = delta << 7 | (part & 0x7F);
            if ((part & CONTINUES) == 0) {
                ticks += delta;
                return true;
            }
        }
        return false;
    }

    private Found readMessage(int status) {
        int dataBytes = Message.length(status) - 1;
        if (at + dataBytes > end) {
            return Found.WRONG;
        }
        int data1 = dataBytes > 0 ? Wire.byteAt(bytes, at) : 0;
        int data2 = dataBytes > 1 ? Wire.byteAt(bytes, at + 1) : 0;
        at += dataBytes;
        message = Message.of(status, data1, data2);
        return (data1 | data2) < 0x80 ? Found.MESSAGE : Found.WRONG;
    }

    private Found readSysex() {
        runningStatus = 0;
        from = at - 1;
        while (at < end) {
            int value = Wire.byteAt(bytes, at++);
            if (value == END || value == SYSEX || value == CANCEL || value == DROPPED_END) {
                to = at;
                return Found.SYSEX;
            }
            if (value >= 0x80 && value < REAL_TIME_FROM) {
                return Found.WRONG;
            }
        }
        return Found.WRONG;
    }

    /** True for what nobody has defined, which is left out. */
    static boolean isUndefined(int message) {
        int status = Message.status(message);
        return status == CANCEL || status == DROPPED_END || status == 0xF9 || status == 0xFD;
    }
}
