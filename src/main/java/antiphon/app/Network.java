package antiphon.app;

import antiphon.config.Backend;
import antiphon.config.Config;
import antiphon.config.ConfigException;
import antiphon.config.RtpSetting;
import antiphon.midi.rtp.RtpOptions;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the settings say of a session over the network. */
final class Network {
    private static final Logger LOG = LoggerFactory.getLogger(Network.class);
    private static final int MAX_PORT = 65_534;

    private Network() {}

    /**
     * How the session is to be held. Who comes is connected unless ports are named.
     *
     * @throws ConfigException if an address is none, or a host is not known
     */
    static RtpOptions options(Config config) {
        if (config.midi().backend() != Backend.RTP) {
            return RtpOptions.local();
        }
        InetAddress address = address(config.value(RtpSetting.ADDRESS));
        List<InetSocketAddress> invited = config.value(RtpSetting.CONNECT).stream()
                .map(text -> peer(text, address))
                .toList();
        if (!address.isLoopbackAddress() && config.value(RtpSetting.ALLOW).isEmpty()) {
            LOG.warn(
                    "rtp.address = {}: RTP-MIDI knows no password; whoever is in that network can play to us and hear us."
                            + " rtp.allow says who may.",
                    address.getHostAddress());
        }
        return new RtpOptions(
                address,
                config.value(RtpSetting.PORT).intValue(),
                invited,
                config.value(RtpSetting.ALLOW),
                config.midi().inPorts().isEmpty(),
                config.midi().outPorts().isEmpty(),
                config.value(RtpSetting.ANNOUNCE),
                Duration.ofSeconds(config.value(RtpSetting.RELEASE)),
                Duration.ofSeconds(config.value(RtpSetting.TIMEOUT)));
    }

    private static InetAddress address(String literal) {
        try {
            return InetAddress.ofLiteral(literal);
        } catch (IllegalArgumentException wrong) {
            throw mistake("rtp.address = " + literal + "; allowed: an IP address of this machine, such as 127.0.0.1.");
        }
    }

    /** HOST or HOST:PORT; an IPv6 address with a port in brackets. */
    private static InetSocketAddress peer(String text, InetAddress from) {
        InetSocketAddress peer = peer(text);
        if (from.isLoopbackAddress() && !peer.getAddress().isLoopbackAddress()) {
            throw mistake(
                    "rtp.connect = " + text + ": cannot be reached from rtp.address = " + from.getHostAddress()
                            + "; allowed: this machine. Set rtp.address (--rtp-address) to this machine's address in that network, or to 0.0.0.0.");
        }
        return peer;
    }

    private static InetSocketAddress peer(String text) {
        int colon = text.lastIndexOf(':');
        boolean hasPort = colon > 0 && (text.indexOf(':') == colon || text.charAt(colon - 1) == ']');
        String host = (hasPort ? text.substring(0, colon) : text).replaceAll("[\\[\\]]", "");
        try {
            int port = hasPort ? Integer.parseInt(text.substring(colon + 1)) : RtpOptions.STANDARD_PORT;
            if (port < 1 || port > MAX_PORT) {
                throw new NumberFormatException();
            }
            return new InetSocketAddress(InetAddress.getByName(host), port);
        } catch (NumberFormatException noPort) {
            throw mistake(
                    "rtp.connect = " + text + "; allowed: HOST or HOST:PORT, the port from 1 to " + MAX_PORT + ".");
        } catch (UnknownHostException unknown) {
            throw mistake("rtp.connect = " + text + ": no such host; allowed: a name or an IP address that this machine"
                    + " can find. Try the address.");
        }
    }

    private static ConfigException mistake(String line) {
        return new ConfigException(List.of(line));
    }
}
