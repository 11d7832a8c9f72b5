package antiphon.midi.rtp;

import antiphon.HotPath;
import antiphon.music.Message;

/**
 * Reads a recovery journal and passes on what was missed: RFC 6295, section 5 and appendix A. Compares what the journal tells
 * with what the peer is known to hold, so what was heard already is not heard again. The receiving thread's.
 */
@HotPath
final class JournalReader {
    private static final int HEADER_BYTES = 3;
    private static final int HAS_SYSTEM = 0x40;
    private static final int HAS_CHANNELS = 0x20;
    private static final int LENGTH = 0x3FF;
    private static final int PROGRAM = 0x80;
    private static final int CONTROLLERS = 0x40;
    private static final int PARAMETERS = 0x20;
    private static final int WHEEL = 0x10;
    private static final int NOTES = 0x08;
    private static final int EXTRAS = 0x04;
    private static final int TOUCH = 0x02;
    private static final int PRESSURES = 0x01;
    private static final int SET = 0x80;
    private static final int COUNT_TOOL = 0x40;
    private static final int WRONG = -1;

    private final HeardState state;
    private byte[] bytes = {};

    /** Only looks whether the journal is one. */
    private boolean checks;

    private long nanos;

    JournalReader(HeardState state) {
        this.state = state;
    }

    /** True if there is a journal from {@code start} on that can be {@link #recover recovered} from. */
    boolean isJournal(byte[] packet, int start, int end) {
        checks = true;
        return read(packet, start, end);
    }

    /** From which packet on it tells all, by the low 16 bits of its number. */
    static int checkpoint(byte[] packet, int start) {
        return Wire.shortAt(packet, start + 1);
    }

    /** Passes on what was missed. Only what {@link #isJournal}. */
    void recover(byte[] packet, int start, int end, long nowNanos) {
        checks = false;
        nanos = nowNanos;
        read(packet, start, end);
    }

    private boolean read(byte[] packet, int start, int end) {
        bytes = packet;
        int at = start + HEADER_BYTES;
        if (at > end) {
            return false;
        }
        int header = Wire.byteAt(packet, start);
        if ((header & HAS_SYSTEM) != 0) {
            int length = at + 2 > end ? 0 : Wire.shortAt(packet, at) & LENGTH;
            if (length < 2) {
                return false;
            }
            at += length;
        }
        int channels = (header & HAS_CHANNELS) == 0 ? 0 : (header & 0x0F) + 1;
        for (int i = 0; i < channels; i++) {
            if (at + HEADER_BYTES > end) {
                return false;
            }
            int next = at + (Wire.shortAt(packet, at) & LENGTH);
            if (next < at + HEADER_BYTES || next > end || !channel(at, next)) {
                return false;
            }
            at = next;
        }
        return at <= end;
    }

    private boolean channel(int start, int end) {
        int channel = Wire.byteAt(bytes, start) >> 3 & 0x0F;
        int contents = Wire.byteAt(bytes, start + 2);
        int at = start + HEADER_BYTES;
        at = (contents & PROGRAM) == 0 ? at : program(channel, at, end);
        at = at == WRONG || (contents & CONTROLLERS) == 0 ? at : controllers(channel, at, end);
        at = at == WRONG || (contents & PARAMETERS) == 0 ? at : parameters(at, end);
        at = at == WRONG || (contents & WHEEL) == 0 ? at : wheel(channel, at, end);
        at = at == WRONG || (contents & NOTES) == 0 ? at : notes(channel, at, end);
        at = at == WRONG || (contents & EXTRAS) == 0 ? at : logs(at, end);
        at = at == WRONG || (contents & TOUCH) == 0 ? at : touch(channel, at, end);
        at = at == WRONG || (contents & PRESSURES) == 0 ? at : pressures(channel, at, end);
        return at != WRONG;
    }

    private int program(int channel, int at, int end) {
        if (at + 3 > end) {
            return WRONG;
        }
        int program = bytes[at] & 0x7F;
        if (!checks && program != state.program(channel)) {
            if ((bytes[at + 1] & SET) != 0) {
                pass(Message.control(channel, 0, bytes[at + 1] & 0x7F));
                pass(Message.control(channel, 32, bytes[at + 2] & 0x7F));
            }
            pass(Message.of(0xC0 | channel, program, 0));
        }
        return at + 3;
    }

    /** Behind a list of logs of two bytes each, the first byte of which says how many there are less one. */
    private int logs(int at, int end) {
        if (at >= end) {
            return WRONG;
        }
        int next = at + 1 + 2 * ((bytes[at] & 0x7F) + 1);
        return next > end ? WRONG : next;
    }

    /** Mode messages first: what was set after a reset is in the journal, what was set before is not. */
    private int controllers(int channel, int start, int end) {
        int next = logs(start, end);
        if (next == WRONG || checks) {
            return next;
        }
        for (int at = start + 1; at < next; at += 2) {
            if ((bytes[at] & 0x7F) >= Resets.MODES_FROM) {
                mode(channel, bytes[at] & 0x7F, Wire.byteAt(bytes, at + 1));
            }
        }
        for (int at = start + 1; at < next; at += 2) {
            if ((bytes[at] & 0x7F) < Resets.MODES_FROM) {
                control(channel, bytes[at] & 0x7F, Wire.byteAt(bytes, at + 1));
            }
        }
        return next;
    }

    private void mode(int channel, int controller, int log) {
        if ((log & SET) == 0) {
            if (log != state.control(channel, controller)) {
                pass(Message.control(channel, controller, log));
            }
        } else if ((log & COUNT_TOOL) != 0 && (log & 0x3F) != state.count(channel, controller)) {
            pass(Message.control(channel, controller, 0));
            state.setCount(channel, controller, log & 0x3F);
        }
    }

    private void control(int channel, int controller, int log) {
        int now = state.control(channel, controller);
        if ((log & SET) == 0) {
            if (log != now) {
                pass(Message.control(channel, controller, log));
            }
        } else if ((log & COUNT_TOOL) == 0) {
            // A switch, of which only is told how often it was moved, from off at first.
            boolean isOn = (log & 1) != 0;
            if (isOn != now >= 64) {
                pass(Message.control(channel, controller, isOn ? 127 : 0));
            }
        }
    }

    private int parameters(int at, int end) {
        if (at + 2 > end) {
            return WRONG;
        }
        int length = Wire.shortAt(bytes, at) & LENGTH;
        return length < 2 || at + length > end ? WRONG : at + length;
    }

    private int wheel(int channel, int at, int end) {
        if (at + 2 > end) {
            return WRONG;
        }
        int first = bytes[at] & 0x7F;
        int second = bytes[at + 1] & 0x7F;
        if (!checks && (second << 7 | first) != state.bend(channel)) {
            pass(Message.of(0xE0 | channel, first, second));
        }
        return at + 2;
    }

    private int notes(int channel, int start, int end) {
        if (start + 2 > end) {
            return WRONG;
        }
        int count = bytes[start] & 0x7F;
        int low = Wire.byteAt(bytes, start + 1) >> 4;
        int high = bytes[start + 1] & 0x0F;
        if (low > high && (low != 15 || high > 1)) {
            return WRONG;
        }
        if (count == 127 && low == 15 && high == 0) {
            count++;
        }
        int offs = start + 2 + 2 * count;
        int next = offs + Math.max(0, high - low + 1);
        if (next > end) {
            return WRONG;
        }
        // Ends first: no more may sound than the peer has down.
        for (int at = offs; at < next && !checks; at++) {
            offs(channel, 8 * (low + at - offs), Wire.byteAt(bytes, at));
        }
        for (int at = start + 2; at < offs && !checks; at += 2) {
            note(channel, bytes[at] & 0x7F, Wire.byteAt(bytes, at + 1));
        }
        return next;
    }

    private void offs(int channel, int firstPitch, int bits) {
        for (int i = 0; i < 8; i++) {
            int key = channel * Message.PITCHES + firstPitch + i;
            if ((bits & SET >> i) != 0 && state.velocity(key) > 0) {
                pass(Message.noteOff(channel, firstPitch + i));
            }
        }
    }

    /** What is down already was not missed, unless its velocity says that it went up in between. */
    private void note(int channel, int pitch, int log) {
        int velocity = log & 0x7F;
        int now = state.velocity(channel * Message.PITCHES + pitch);
        if (velocity == 0 || velocity == now) {
            return;
        }
        if (now > 0) {
            pass(Message.noteOff(channel, pitch));
        }
        if ((log & SET) != 0) {
            pass(Message.noteOn(channel, pitch, velocity));
        }
    }

    private int touch(int channel, int at, int end) {
        if (at >= end) {
            return WRONG;
        }
        if (!checks && (bytes[at] & 0x7F) != state.touch(channel)) {
            pass(Message.of(0xD0 | channel, bytes[at] & 0x7F, 0));
        }
        return at + 1;
    }

    private int pressures(int channel, int start, int end) {
        int next = logs(start, end);
        for (int at = start + 1; at < next && !checks; at += 2) {
            int pitch = bytes[at] & 0x7F;
            int pressure = bytes[at + 1] & 0x7F;
            if (pressure != state.pressure(channel * Message.PITCHES + pitch)) {
                pass(Message.of(0xA0 | channel, pitch, pressure));
            }
        }
        return next;
    }

    private void pass(int message) {
        state.pass(message, nanos);
    }
}
