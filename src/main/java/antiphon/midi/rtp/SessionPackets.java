package antiphon.midi.rtp;

import java.nio.charset.StandardCharsets;

/**
 * The packets of AppleMIDI's session protocol, as "RTP-MIDI" in Apple's archive and Wireshark's dissector have them. All
 * methods write into, or read from, an array of the caller's.
 */
final class SessionPackets {
    static final int INVITATION = 'I' << 8 | 'N';
    static final int ACCEPTED = 'O' << 8 | 'K';
    static final int REFUSED = 'N' << 8 | 'O';
    static final int GOODBYE = 'B' << 8 | 'Y';
    static final int CLOCK = 'C' << 8 | 'K';
    static final int FEEDBACK = 'R' << 8 | 'S';

    /** Of no use to us. */
    static final int BIT_RATE = 'R' << 8 | 'L';

    static final int VERSION = 2;

    /** Of those four that begin and end a session, without a name. */
    static final int SESSION_BYTES = 16;

    static final int CLOCK_BYTES = 36;
    static final int FEEDBACK_BYTES = 12;

    private static final int SIGNATURE = 0xFFFF;
    private static final int MAX_NAME = 63;

    private SessionPackets() {}

    /** The command of a packet of this protocol; -1 if it is none. */
    static int command(byte[] packet, int length) {
        return length >= 8 && Wire.shortAt(packet, 0) == SIGNATURE ? Wire.shortAt(packet, 2) : -1;
    }

    static int version(byte[] packet) {
        return Wire.intAt(packet, 4);
    }

    /** What the initiator drew for this session. */
    static int token(byte[] packet) {
        return Wire.intAt(packet, 8);
    }

    /** Of a packet of {@link #SESSION_BYTES} or more. */
    static int sessionSsrc(byte[] packet) {
        return Wire.intAt(packet, 12);
    }

    /** Of the other packets. */
    static int ssrc(byte[] packet) {
        return Wire.intAt(packet, 4);
    }

    /** The sender's name, without what is no text for people. */
    static String name(byte[] packet, int length) {
        int end = SESSION_BYTES;
        while (end < length && end - SESSION_BYTES < MAX_NAME && packet[end] != 0) {
            end++;
        }
        return clean(new String(packet, SESSION_BYTES, end - SESSION_BYTES, StandardCharsets.UTF_8));
    }

    /** A name from the network, without what is no text for people. */
    static String clean(String name) {
        return name.replaceAll("[^\\p{L}\\p{M}\\p{N}\\p{P}\\p{S} ]", "").strip();
    }

    /** @return the packet's length in bytes */
    static int session(byte[] packet, int command, int token, int ssrc, String name) {
        header(packet, command);
        Wire.putInt(packet, 4, VERSION);
        Wire.putInt(packet, 8, token);
        Wire.putInt(packet, 12, ssrc);
        if (command == REFUSED || command == GOODBYE) {
            return SESSION_BYTES;
        }
        byte[] text = name.getBytes(StandardCharsets.UTF_8);
        int count = Math.min(text.length, MAX_NAME);
        System.arraycopy(text, 0, packet, SESSION_BYTES, count);
        packet[SESSION_BYTES + count] = 0;
        return SESSION_BYTES + count + 1;
    }

    /** Which of the three packets of an exchange this is, from 0 on. */
    static int clockCount(byte[] packet) {
        return Wire.byteAt(packet, 8);
    }

    /** @param index of the time stamp, from 0 on */
    static long clockTicks(byte[] packet, int index) {
        return Wire.longAt(packet, 12 + index * Long.BYTES);
    }

    /** Writes a packet of an exchange over the one before, with one more time stamp. */
    static void clock(byte[] packet, int count, int ssrc, long ticks) {
        header(packet, CLOCK);
        Wire.putInt(packet, 4, ssrc);
        Wire.putInt(packet, 8, count << 24);
        Wire.putLong(packet, 12 + count * Long.BYTES, ticks);
    }

    /** Tells that we have all packets up to this number. */
    static void feedback(byte[] packet, int ssrc, int sequence) {
        header(packet, FEEDBACK);
        Wire.putInt(packet, 4, ssrc);
        Wire.putInt(packet, 8, sequence << 16);
    }

    private static void header(byte[] packet, int command) {
        Wire.putShort(packet, 0, SIGNATURE);
        Wire.putShort(packet, 2, command);
    }
}
