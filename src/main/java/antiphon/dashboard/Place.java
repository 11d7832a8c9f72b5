package antiphon.dashboard;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where the page is served, and what others must show. Immutable.
 *
 * @param address localhost, or an IPv4 address of this machine; 0.0.0.0: all that it has
 * @param port to listen on; if it is taken, the next one that is free; 0: any
 * @param token what whoever is not on this machine must show; empty only if nobody else can reach it
 */
public record Place(String address, int port, String token) {
    /** @throws IllegalArgumentException if others can reach it and need no token */
    public Place {
        if (token.isEmpty() && isOpenToOthers(address)) {
            throw new IllegalArgumentException(address + " needs a token");
        }
    }

    /** This machine alone. */
    public static Place here(int port) {
        return new Place("127.0.0.1", port, "");
    }

    /** True if other machines can reach this address. */
    public static boolean isOpenToOthers(String address) {
        return !resolved(address).isLoopbackAddress();
    }

    boolean isOpenToOthers() {
        return isOpenToOthers(address);
    }

    InetAddress inet() {
        return resolved(address);
    }

    private static InetAddress resolved(String address) {
        return InetAddress.ofLiteral(address.equals("localhost") ? "127.0.0.1" : address);
    }

    /**
     * Fails if this machine does not have the address.
     *
     * @throws DashboardException with one line for people
     */
    void check() {
        InetAddress wanted = inet();
        if (!wanted.isAnyLocalAddress()
                && !wanted.isLoopbackAddress()
                && !ofThisMachine().contains(wanted)) {
            List<String> had =
                    ofThisMachine().stream().map(InetAddress::getHostAddress).toList();
            throw new DashboardException("page.address = " + address + ": this machine has no such address; it has "
                    + String.join(", ", had) + ". Set page.address to one of them, or to 0.0.0.0 for all.");
        }
    }

    /** What to call it from: the addresses where others reach it, or where this machine does if nobody else can. */
    List<String> reachedAt() {
        if (!inet().isAnyLocalAddress()) {
            return List.of(address);
        }
        List<String> others = ofThisMachine().stream()
                .filter(each -> !each.isLoopbackAddress())
                .map(InetAddress::getHostAddress)
                .toList();
        return others.isEmpty() ? List.of("127.0.0.1") : others;
    }

    /** The IPv4 addresses that this machine has now. */
    static List<InetAddress> ofThisMachine() {
        try {
            return NetworkInterface.networkInterfaces()
                    .filter(Place::isUp)
                    .flatMap(NetworkInterface::inetAddresses)
                    .filter(Inet4Address.class::isInstance)
                    .toList();
        } catch (SocketException none) {
            return Stream.of(InetAddress.getLoopbackAddress()).toList();
        }
    }

    private static boolean isUp(NetworkInterface network) {
        try {
            return network.isUp();
        } catch (SocketException gone) {
            return false;
        }
    }
}
