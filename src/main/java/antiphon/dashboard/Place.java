package antiphon.dashboard;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where the page is served, and what others must show. Immutable.
 *
 * @param address localhost, or an address of this machine; 0.0.0.0: all of IPv4 that it has, ::: those of IPv6 too
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
        if (!wanted.isAnyLocalAddress() && !wanted.isLoopbackAddress() && !all().contains(wanted)) {
            List<String> had = all().stream().map(Place::text).toList();
            throw new DashboardException("page.address = " + address + ": this machine has no such address; it has "
                    + String.join(", ", had) + ". Set page.address to one of them, or to 0.0.0.0 or :: for all.");
        }
    }

    /** What to call it from: the addresses where others reach it, or where this machine does if nobody else can. */
    List<String> reachedAt() {
        if (!inet().isAnyLocalAddress()) {
            return List.of(inet() instanceof Inet6Address six ? written(six) : address);
        }
        List<String> others = ofThisMachine().stream()
                .filter(each -> !each.isLoopbackAddress())
                .map(Place::written)
                .toList();
        return others.isEmpty() ? List.of("127.0.0.1") : others;
    }

    /** The addresses of this machine by which it can be reached here: of IPv4, or with {@code ::} of both kinds. */
    List<InetAddress> ofThisMachine() {
        return inet() instanceof Inet6Address ? all() : ofIpv4();
    }

    /** The IPv4 addresses that this machine has now. */
    static List<InetAddress> ofIpv4() {
        return all().stream().filter(Inet4Address.class::isInstance).toList();
    }

    /** All that it has now, but for those of IPv6 of a single link, which no address of a page can name. */
    private static List<InetAddress> all() {
        try {
            return NetworkInterface.networkInterfaces()
                    .filter(Place::isUp)
                    .flatMap(NetworkInterface::inetAddresses)
                    .filter(each -> each instanceof Inet4Address || !each.isLinkLocalAddress())
                    .toList();
        } catch (SocketException none) {
            return Stream.of(InetAddress.getLoopbackAddress()).toList();
        }
    }

    /** As in the address of a page and in a {@code Host}: an IPv6 address in brackets (RFC 3986, section 3.2.2). */
    static String written(InetAddress address) {
        return address instanceof Inet6Address ? "[" + text(address) + "]" : text(address);
    }

    /** An IPv6 address without its scope, and with its zeros left out once. */
    private static String text(InetAddress address) {
        String text = address.getHostAddress();
        return address instanceof Inet6Address
                ? text.replaceFirst("%.*", "").replaceFirst("(^|:)(0(:|$)){2,}", "::")
                : text;
    }

    private static boolean isUp(NetworkInterface network) {
        try {
            return network.isUp();
        } catch (SocketException gone) {
            return false;
        }
    }
}
