package antiphon.midi.rtp;

import antiphon.Fuzzing;
import antiphon.midi.FedInput;
import antiphon.midi.MidiReceiver;
import antiphon.music.Message;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Any packets to a session, after somebody has joined it: what is passed on is MIDI, and when all have left nothing is held.
 * In the input each packet is led by a byte (bit 0: to the port of the session; bits 1 to 7: milliseconds since the last) and its
 * length as two bytes.
 */
public final class SessionFuzz {
    private static final InetAddress HERE = InetAddress.getLoopbackAddress();

    /** Takes what we answer, and is never read. */
    private static final UdpPair THEIRS = UdpPair.open(HERE, 0, 1);

    private static final UdpPair OURS = UdpPair.open(HERE, 0, 2);
    private static final RtpOptions OPTIONS = new RtpOptions(
            HERE, 0, List.of(), List.of(), true, true, false, Duration.ofSeconds(15), Duration.ofSeconds(60));
    private static final int SSRC = 0x0A0B0C0D;
    private static final int TOKEN = 0x01020304;
    private static final long SILENT_NANOS = 1_000_000_000_000L;

    private SessionFuzz() {}

    /** Counts what is down. */
    private static final class Keys implements MidiReceiver {
        final int[] down = new int[Message.CHANNELS * Message.PITCHES];

        @Override
        public void receive(int message, long nanos) {
            int status = Message.status(message);
            Fuzzing.require(status >= 0x80 && status <= 0xFF, "no status byte: " + Integer.toHexString(message));
            int data = message >> 8;
            Fuzzing.require((data & ~0x7F7F) == 0, "no data bytes: " + Integer.toHexString(message));
            if (status < Message.CONTROL_CHANGE && (status & 0xF0) <= Message.NOTE_ON) {
                int key = (status & 0x0F) * Message.PITCHES + (data & 0x7F);
                down[key] = Message.isNoteOn(message) ? 1 : 0;
            } else if ((status & 0xF0) == Message.CONTROL_CHANGE && Resets.endsNotes(data & 0x7F)) {
                int first = (status & 0x0F) * Message.PITCHES;
                Arrays.fill(down, first, first + Message.PITCHES, 0);
            }
        }

        @Override
        public void receiveLong(byte[] bytes, int length, long nanos) {
            Fuzzing.require((bytes[0] & 0xFF) == 0xF0 && (bytes[length - 1] & 0xFF) == 0xF7, "no system exclusive");
        }
    }

    /** One conversation. */
    public static void fuzzerTestOneInput(byte[] bytes) {
        Keys keys = new Keys();
        FedInput input = new FedInput("in", keys, closed -> {});
        input.start();
        Session session = new Session(OURS, "antiphon", OPTIONS, new Joins(input), new SplittableRandom(3), 0);
        long nanos = 0;
        byte[] invitation = invitation();
        session.take(true, control(), invitation, invitation.length, nanos);
        session.take(false, data(), invitation, invitation.length, nanos);
        Fuzzing.require(session.peers().length == 1, "could not join");
        ByteBuffer in = ByteBuffer.wrap(bytes);
        byte[] packet = new byte[1 << 16];
        while (in.remaining() >= 3) {
            int lead = in.get();
            int length = Math.min(Short.toUnsignedInt(in.getShort()), in.remaining());
            in.get(packet, 0, length);
            nanos += (lead >> 1 & 0x7F) * 1_000_000L;
            boolean isControl = (lead & 1) != 0;
            session.take(isControl, isControl ? control() : data(), packet, length, nanos);
            session.keepTimes(nanos);
        }
        session.keepTimes(nanos + SILENT_NANOS);
        Fuzzing.require(session.peers().length == 0, "silent and still here");
        Fuzzing.require(input.errors() == 0, "what is passed on is no MIDI");
        for (int key : keys.down) {
            Fuzzing.require(key == 0, "a key is down, and nobody is there");
        }
    }

    private record Joins(FedInput input) implements SessionObserver {
        @Override
        public void came(Peer peer) {
            peer.connect(input);
        }

        @Override
        public void left(Peer peer, String reason) {}

        @Override
        public void tell(String line) {}
    }

    private static InetSocketAddress control() {
        return new InetSocketAddress(HERE, THEIRS.port());
    }

    private static InetSocketAddress data() {
        return new InetSocketAddress(HERE, THEIRS.port() + 1);
    }

    private static byte[] invitation() {
        byte[] name = "fuzz\0".getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(SessionPackets.SESSION_BYTES + name.length)
                .putInt(0xFFFF0000 | SessionPackets.INVITATION)
                .putInt(SessionPackets.VERSION)
                .putInt(TOKEN)
                .putInt(SSRC)
                .put(name)
                .array();
    }
}
