package antiphon.midi.rtp;

import antiphon.HotPath;

/** Numbers in packets: the highest byte first. */
@HotPath
final class Wire {
    /** The first byte of an RTP packet without padding, extension or contributors: version 2. */
    static final int RTP_VERSION = 0x80;

    /** What AppleMIDI has for MIDI. */
    static final int PAYLOAD_TYPE = 97;

    static final int RTP_HEADER_BYTES = 12;

    /** Of time stamps: 10 kHz, as AppleMIDI has it. */
    static final long TICK_NANOS = 100_000L;

    /** More than the longest journal and the longest list of commands that we send. */
    static final int MAX_PACKET_BYTES = 1 << 15;

    private Wire() {}

    static int byteAt(byte[] bytes, int at) {
        return bytes[at] & 0xFF;
    }

    static int shortAt(byte[] bytes, int at) {
        return byteAt(bytes, at) << 8 | byteAt(bytes, at + 1);
    }

    static int intAt(byte[] bytes, int at) {
        return shortAt(bytes, at) << 16 | shortAt(bytes, at + 2);
    }

    static long longAt(byte[] bytes, int at) {
        return (long) intAt(bytes, at) << 32 | (intAt(bytes, at + 4) & 0xFFFF_FFFFL);
    }

    static void putShort(byte[] bytes, int at, int value) {
        bytes[at] = (byte) (value >> 8);
        bytes[at + 1] = (byte) value;
    }

    static void putInt(byte[] bytes, int at, int value) {
        putShort(bytes, at, value >> 16);
        putShort(bytes, at + 2, value);
    }

    static void putLong(byte[] bytes, int at, long value) {
        putInt(bytes, at, (int) (value >> 32));
        putInt(bytes, at + 4, (int) value);
    }

    /** @return where the payload begins */
    static int putHeader(byte[] packet, int sequence, int timestamp, int ssrc) {
        packet[0] = (byte) RTP_VERSION;
        packet[1] = PAYLOAD_TYPE;
        putShort(packet, 2, sequence);
        putInt(packet, 4, timestamp);
        putInt(packet, 8, ssrc);
        return RTP_HEADER_BYTES;
    }
}
