package antiphon.midi.rtp;

import antiphon.HotPath;
import antiphon.music.Message;

/**
 * Writes the recovery journal of a packet: what the peer may have missed since the last packet that it confirmed. RFC 6295,
 * section 5 and appendix A; chapters P, C, W, N, T and A. Left out: the system journal, and parameters (chapter M), whose
 * controllers would do harm out of their order. One thread.
 */
@HotPath
final class JournalWriter {
    /** A note that began longer ago is not to be begun by whoever missed it. */
    private static final long RECENT_NANOS = 100_000_000L;

    private static final int HAS_CHANNELS = 0x20;
    private static final int HEADER_BYTES = 3;
    private static final int SET = 0x80;
    private static final int COUNT_TOOL = 0x40;
    private static final int PROGRAM = 0x80;
    private static final int CONTROLLERS = 0x40;
    private static final int WHEEL = 0x10;
    private static final int NOTES = 0x08;
    private static final int TOUCH = 0x02;
    private static final int PRESSURES = 0x01;
    private static final int NOTES_PER_BYTE = 8;
    private static final int OFF_BYTES = Message.PITCHES / NOTES_PER_BYTE;

    private final SentHistory sent;
    private final byte[] offs = new byte[OFF_BYTES];
    private byte[] bytes = {};
    private int at;

    /** What the peer has. */
    private long confirmed;

    JournalWriter(SentHistory sent) {
        this.sent = sent;
    }

    /**
     * Writes it.
     *
     * @param confirmedPacket the last one that the peer has confirmed
     * @param firstSequence the sequence number of packet 0
     * @return behind its end
     */
    int write(byte[] packet, int start, long confirmedPacket, int firstSequence, long nowNanos) {
        bytes = packet;
        confirmed = confirmedPacket;
        at = start + HEADER_BYTES;
        int channels = 0;
        for (int channel = 0; channel < Message.CHANNELS; channel++) {
            if (sent.channelPackets[channel] > confirmed) {
                channel(channel, nowNanos);
                channels++;
            }
        }
        packet[start] = (byte) (channels == 0 ? 0 : HAS_CHANNELS | channels - 1);
        Wire.putShort(packet, start + 1, (int) (firstSequence + confirmed + 1));
        return at;
    }

    private void channel(int channel, long nowNanos) {
        int start = at;
        at += HEADER_BYTES;
        int contents = 0;
        contents |= program(channel) ? PROGRAM : 0;
        contents |= controllers(channel) ? CONTROLLERS : 0;
        if (sent.bendPackets[channel] > confirmed) {
            contents |= WHEEL;
            bytes[at++] = (byte) (sent.bends[channel] & 0x7F);
            bytes[at++] = (byte) (sent.bends[channel] >> 7);
        }
        contents |= notes(channel, nowNanos) ? NOTES : 0;
        if (sent.touchPackets[channel] > confirmed) {
            contents |= TOUCH;
            bytes[at++] = sent.touches[channel];
        }
        contents |= pressures(channel) ? PRESSURES : 0;
        Wire.putShort(bytes, start, channel << 11 | at - start);
        bytes[start + 2] = (byte) contents;
    }

    private boolean program(int channel) {
        if (sent.programPackets[channel] <= confirmed) {
            return false;
        }
        int high = sent.banks[2 * channel];
        int low = sent.banks[2 * channel + 1];
        bytes[at++] = sent.programs[channel];
        bytes[at++] = (byte) (high < 0 ? 0 : SET | high);
        bytes[at++] = (byte) (high < 0 ? 0 : Math.max(0, low));
        return true;
    }

    private boolean controllers(int channel) {
        int start = at++;
        int logs = 0;
        for (int controller = 0; controller < Message.PITCHES; controller++) {
            int key = channel * Message.PITCHES + controller;
            if (sent.controlPackets[key] > confirmed && !isOfParameter(controller)) {
                bytes[at++] = (byte) controller;
                bytes[at++] = controller >= Resets.MODES_FROM
                        ? (byte) (SET | COUNT_TOOL | sent.controlCounts[key])
                        : sent.controlValues[key];
                logs++;
            }
        }
        return ended(start, logs);
    }

    /** Data entry and the numbers of parameters. */
    private static boolean isOfParameter(int controller) {
        return controller == 6 || controller == 38 || (controller >= 96 && controller <= 101);
    }

    private boolean ended(int start, int logs) {
        if (logs == 0) {
            at = start;
            return false;
        }
        bytes[start] = (byte) (logs - 1);
        return true;
    }

    private boolean notes(int channel, long nowNanos) {
        int start = at;
        at += 2;
        int logs = 0;
        int low = OFF_BYTES - 1;
        int high = 0;
        boolean anyOff = false;
        for (int pitch = 0; pitch < Message.PITCHES; pitch++) {
            int key = channel * Message.PITCHES + pitch;
            int place = pitch / NOTES_PER_BYTE;
            if (pitch % NOTES_PER_BYTE == 0) {
                offs[place] = 0;
            }
            if (sent.notePackets[key] > confirmed && sent.velocities[key] > 0) {
                bytes[at++] = (byte) pitch;
                boolean recent = nowNanos - sent.noteNanos[key] < RECENT_NANOS;
                bytes[at++] = (byte) (recent ? SET | sent.velocities[key] : sent.velocities[key]);
                logs++;
            } else if (sent.notePackets[key] > confirmed) {
                offs[place] |= (byte) (SET >> pitch % NOTES_PER_BYTE);
                low = Math.min(low, place);
                high = place;
                anyOff = true;
            }
        }
        if (logs == 0 && !anyOff) {
            at = start;
            return false;
        }
        for (int place = low; anyOff && place <= high; place++) {
            bytes[at++] = offs[place];
        }
        bytes[start] = (byte) Math.min(logs, Message.PITCHES - 1);
        bytes[start + 1] = (byte) (anyOff ? low << 4 | high : noOffs(logs));
        return true;
    }

    /** Which of its two forms says how many logs there are: 128 of them do not fit into seven bits. */
    private static int noOffs(int logs) {
        return (OFF_BYTES - 1) << 4 | (logs == Message.PITCHES - 1 ? 1 : 0);
    }

    private boolean pressures(int channel) {
        int start = at++;
        int logs = 0;
        for (int pitch = 0; pitch < Message.PITCHES; pitch++) {
            int key = channel * Message.PITCHES + pitch;
            if (sent.pressurePackets[key] > confirmed) {
                bytes[at++] = (byte) pitch;
                bytes[at++] = sent.pressures[key];
                logs++;
            }
        }
        return ended(start, logs);
    }
}
