package antiphon.midi.rtp;

import antiphon.HotPath;
import antiphon.midi.FedInput;
import antiphon.midi.Heard;
import antiphon.midi.Members;
import java.net.InetSocketAddress;

/**
 * Somebody in our session: a stream to it and a stream from it. Made by the receiving thread, which keeps its times; the
 * sending thread uses {@link #out} and {@link #data}.
 */
final class Peer {
    /** What people know it by; no two have the same. */
    final String name;

    final InetSocketAddress control;
    final InetSocketAddress data;

    /** The number that stands in its packets. */
    final int ssrc;

    /** The number that its session was begun with. */
    final int token;

    /** We began the session, and so compare the clocks. */
    final boolean invited;

    final OutStream out;
    final InStream in;
    final ClockSync clock = new ClockSync();

    /** What it plays goes to these. */
    private final Members<FedInput> inputs = new Members<>(new FedInput[0]);

    private volatile boolean open = true;

    // The receiving thread's.
    long heardNanos;
    long clockNanos;
    int clocks;
    long reportNanos;
    int reported = -1;

    Peer(
            String name,
            InetSocketAddress control,
            InetSocketAddress data,
            int ssrc,
            int token,
            boolean invited,
            OutStream out) {
        this.name = name;
        this.control = control;
        this.data = data;
        this.ssrc = ssrc;
        this.token = token;
        this.invited = invited;
        this.out = out;
        in = new InStream(new Routes());
    }

    /** Hands on what it plays. */
    private final class Routes implements Heard {
        @Override
        @HotPath
        public void message(int message, long nanos) {
            for (FedInput input : inputs.all()) {
                input.message(message, nanos);
            }
        }

        @Override
        @HotPath
        public void sysex(byte[] bytes, int length, long nanos) {
            for (FedInput input : inputs.all()) {
                input.sysex(bytes, length, nanos);
            }
        }
    }

    /** What it plays goes to this input, too. Callers take turns. */
    void connect(FedInput input) {
        inputs.add(input);
    }

    /** No more. Callers take turns. */
    void disconnect(FedInput input) {
        inputs.remove(input);
    }

    boolean isConnected(FedInput input) {
        return inputs.contains(input);
    }

    /** It has left. */
    void leave() {
        open = false;
    }

    boolean isOpen() {
        return open;
    }

    /** True if a packet with these came from it. */
    boolean is(int wantedSsrc, InetSocketAddress from) {
        return ssrc == wantedSsrc && data.getAddress().equals(from.getAddress());
    }
}
