package antiphon.midi.rtp;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import javax.jmdns.JmDNS;
import javax.jmdns.ServiceEvent;
import javax.jmdns.ServiceInfo;
import javax.jmdns.ServiceListener;

/**
 * Tells the network of our session by mDNS, and tells which other sessions there are. Cold threads of its own: a network that
 * does not answer must not keep anybody waiting.
 */
final class Announcement implements AutoCloseable {
    private static final String TYPE = "_apple-midi._udp.local.";
    private static final int MAX_TOLD = 16;
    private static final Duration PATIENCE = Duration.ofMillis(300);

    private final String name;
    private final int port;
    private final Consumer<String> told;
    private final Set<String> known = new HashSet<>();
    private final List<JmDNS> networks = new ArrayList<>();
    private boolean closed;

    private Announcement(String name, int port, Consumer<String> told) {
        this.name = name;
        this.port = port;
        this.told = told;
    }

    /**
     * Begins, and goes on until closed.
     *
     * @param address of the session; for all of this machine's, each network is told its own
     * @param port of the session
     * @param told gets lines for people; on a cold thread
     */
    static Announcement begin(InetAddress address, String name, int port, Consumer<String> told) {
        Announcement announcement = new Announcement(name, port, told);
        Thread.ofPlatform().daemon().name("antiphon-rtp-announce").start(() -> announcement.announce(address));
        return announcement;
    }

    private void announce(InetAddress address) {
        try {
            for (InetAddress each : address.isAnyLocalAddress() ? ownAddresses() : List.of(address)) {
                announceAt(each);
            }
        } catch (IOException failure) {
            told.accept("rtp.announce: the session cannot be announced (" + failure.getMessage()
                    + "); multicast needed. Others join by the address.");
        }
    }

    private void announceAt(InetAddress address) throws IOException {
        JmDNS network = JmDNS.create(address);
        synchronized (this) {
            if (closed) {
                network.close();
                return;
            }
            networks.add(network);
        }
        network.registerService(ServiceInfo.create(TYPE, name, port, ""));
        network.addServiceListener(TYPE, new Listener());
    }

    private static List<InetAddress> ownAddresses() throws IOException {
        List<InetAddress> own = new ArrayList<>();
        for (NetworkInterface each : NetworkInterface.networkInterfaces().toList()) {
            if (each.isUp() && each.supportsMulticast() && !each.isLoopback()) {
                each.inetAddresses().filter(Inet4Address.class::isInstance).forEach(own::add);
            }
        }
        return own;
    }

    private final class Listener implements ServiceListener {
        @Override
        public void serviceAdded(ServiceEvent event) {
            event.getDNS().requestServiceInfo(event.getType(), event.getName());
        }

        @Override
        public void serviceRemoved(ServiceEvent event) {
            // Who leaves the session is seen there.
        }

        @Override
        public void serviceResolved(ServiceEvent event) {
            ServiceInfo info = event.getInfo();
            for (Inet4Address address : info.getInet4Addresses()) {
                tell(SessionPackets.clean(event.getName()), address.getHostAddress() + ":" + info.getPort());
            }
        }
    }

    private synchronized void tell(String session, String address) {
        boolean own = session.equals(name) && address.endsWith(":" + port);
        if (!own && known.size() < MAX_TOLD && known.add(address)) {
            told.accept("rtp: there is a session \"" + session + "\". To join it: --rtp-connect " + address);
        }
    }

    /** Takes it back, if the network lets us within a moment. */
    @Override
    public void close() {
        List<JmDNS> open;
        synchronized (this) {
            closed = true;
            open = List.copyOf(networks);
        }
        Thread end = Thread.ofPlatform()
                .daemon()
                .name("antiphon-rtp-retract")
                .start(() -> open.forEach(network -> {
                    try {
                        network.unregisterAllServices();
                        network.close();
                    } catch (IOException gone) {
                        // Others forget us after a while.
                    }
                }));
        try {
            end.join(PATIENCE);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
