package antiphon.midi.rtp;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

/**
 * How sessions are held.
 *
 * @param address of this machine, on which we listen
 * @param port of the session; the music comes on the next one. 0: any that is free
 * @param invited whose sessions we join, by the ports of their sessions
 * @param allowed addresses of those who may join ours, with {@code *} for anything; empty: all. This machine always may
 * @param hears who comes is heard by every input that is open
 * @param plays who comes gets what every output sends
 * @param announced the network is told of the session, unless it is this machine's alone
 * @param release what somebody holds ends when nothing has come from there for so long
 * @param timeout somebody from whom nothing has come for so long has left
 */
public record RtpOptions(
        InetAddress address,
        int port,
        List<InetSocketAddress> invited,
        List<String> allowed,
        boolean hears,
        boolean plays,
        boolean announced,
        Duration release,
        Duration timeout) {
    /** Of AppleMIDI. */
    public static final int STANDARD_PORT = 5004;

    public RtpOptions {
        invited = List.copyOf(invited);
        allowed = List.copyOf(allowed);
    }

    /** On this machine alone, for whoever comes. */
    public static RtpOptions local() {
        return new RtpOptions(
                InetAddress.getLoopbackAddress(),
                STANDARD_PORT,
                List.of(),
                List.of(),
                true,
                true,
                false,
                Duration.ofSeconds(25),
                Duration.ofSeconds(60));
    }

    /** True if somebody at this address may join us. */
    boolean allows(InetAddress from) {
        return allowed.isEmpty()
                || from.isLoopbackAddress()
                || allowed.stream().anyMatch(pattern -> fits(pattern, from.getHostAddress()));
    }

    /** At most one star, which is enough for addresses: what stands before it and what stands behind. */
    private static boolean fits(String pattern, String address) {
        int star = pattern.indexOf('*');
        if (star < 0) {
            return pattern.equals(address);
        }
        String before = pattern.substring(0, star);
        String behind = pattern.substring(star + 1);
        return address.length() >= before.length() + behind.length()
                && address.startsWith(before)
                && address.endsWith(behind);
    }
}
