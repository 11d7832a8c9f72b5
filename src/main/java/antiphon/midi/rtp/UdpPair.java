package antiphon.midi.rtp;

import antiphon.midi.MidiException;
import java.io.IOException;
import java.net.BindException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.channels.DatagramChannel;

/**
 * The two ports of a session: one for the session, and the next one for music and clocks.
 *
 * @param control the lower port
 * @param data the port above
 */
record UdpPair(DatagramChannel control, DatagramChannel data) implements AutoCloseable {
    private static final int MAX_TRIES = 32;
    private static final int FIRST_OF_ANY = 49_152;
    private static final int ANY_RANGE = 16_000;

    /**
     * Opens a pair.
     *
     * @param port of the session; if it or the next is taken, the next pair that is free. 0: any pair
     * @throws MidiException if there is none, or the address is not this machine's
     */
    static UdpPair open(InetAddress address, int port, int random) {
        int first = port == 0 ? FIRST_OF_ANY + 2 * Math.floorMod(random, ANY_RANGE / 2) : port;
        String found = "";
        for (int i = 0; i < MAX_TRIES; i++) {
            try {
                return openAt(address, first + 2 * i);
            } catch (BindException taken) {
                found = String.valueOf(taken.getMessage());
            } catch (IOException failure) {
                throw new MidiException(
                        "rtp: no network (" + failure.getMessage() + "). Use another --backend.", failure);
            }
        }
        throw new MidiException(
                "rtp.address = \"" + address.getHostAddress() + "\", rtp.port = " + port
                        + ": cannot be opened (" + found
                        + "); allowed: an address of this machine and a port that is free together with the next. Choose others.");
    }

    private static UdpPair openAt(InetAddress address, int port) throws IOException {
        DatagramChannel control = open(address, port);
        try {
            return new UdpPair(control, open(address, port + 1));
        } catch (IOException failure) {
            control.close();
            throw failure;
        }
    }

    private static DatagramChannel open(InetAddress address, int port) throws IOException {
        DatagramChannel channel = DatagramChannel.open(
                address instanceof Inet4Address ? StandardProtocolFamily.INET : StandardProtocolFamily.INET6);
        try {
            channel.configureBlocking(false);
            channel.bind(new InetSocketAddress(address, port));
            return channel;
        } catch (IOException failure) {
            channel.close();
            throw failure;
        }
    }

    DatagramChannel channel(boolean isControl) {
        return isControl ? control : data;
    }

    /** The port of the session. */
    int port() {
        return control.socket().getLocalPort();
    }

    @Override
    public void close() {
        try {
            control.close();
            data.close();
        } catch (IOException closed) {
            // Nothing is lost: nobody sends any more.
        }
    }
}
