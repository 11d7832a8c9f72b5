package antiphon.dashboard;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * The names by which this machine is called where the page is served. Any other was made up by a site that gave its own
 * name our address. Any thread.
 */
final class Hosts {
    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");

    private final Place place;
    private final String machine;

    /** A machine that joins a network gets addresses; but a stranger must not make us look all the time. */
    private final Allowance looks = new Allowance(1, 1, System::nanoTime);

    private volatile Set<String> names;

    Hosts(Place place) {
        this.place = place;
        machine = place.isOpenToOthers() ? machine() : "";
        names = names();
    }

    /** @param name without the port, in lower case; an IPv6 address in brackets, as it must be written there */
    boolean has(String name) {
        return knows(usual(name));
    }

    private boolean knows(String name) {
        if (names.contains(name)) {
            return true;
        }
        if (!place.inet().isAnyLocalAddress() || !looks.take()) {
            return false;
        }
        names = names();
        return names.contains(name);
    }

    /** True for the names that only this machine has for itself. */
    static boolean isLoopback(String name) {
        return LOOPBACK.contains(usual(name));
    }

    /** An IPv6 address can be written in many ways: as we write it. Anything else as it is. */
    private static String usual(String name) {
        if (!name.matches("\\[[0-9a-f:]+]")) {
            return name;
        }
        try {
            return Place.written(InetAddress.ofLiteral(name.substring(1, name.length() - 1)));
        } catch (IllegalArgumentException none) {
            return name;
        }
    }

    private Set<String> names() {
        Set<String> all = new HashSet<>();
        if (!place.isOpenToOthers()) {
            all.addAll(LOOPBACK);
        }
        if (place.inet().isAnyLocalAddress()) {
            all.addAll(LOOPBACK);
            place.ofThisMachine().forEach(each -> all.add(Place.written(each)));
        } else {
            all.add(Place.written(place.inet()));
        }
        if (!machine.isEmpty()) {
            all.add(machine);
            // As it is called by mDNS, where no server knows names.
            all.add(machine + ".local");
        }
        return Set.copyOf(all);
    }

    /** The first part of this machine's name; empty if it has none. */
    private static String machine() {
        try {
            String name = InetAddress.getLocalHost().getHostName().toLowerCase(Locale.ROOT);
            String first = name.split("\\.", 2)[0];
            return first.matches("[a-z][a-z0-9-]*") && !first.equals("localhost") ? first : "";
        } catch (UnknownHostException nameless) {
            return "";
        }
    }
}
