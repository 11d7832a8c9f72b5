package antiphon.midi;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Finds ports by what people type. A pattern is part of a name, or, if it contains {@code *}, a whole name in which
 * the star stands for anything; letter case does not count. A name that equals the pattern beats names that merely
 * contain it. Aliases count as names.
 */
public final class PortPatterns {
    private PortPatterns() {}

    /**
     * Of these ports those that the patterns match, in the order of the patterns, each once.
     *
     * @param where {@code midi.in} or {@code midi.out}, for the message
     * @throws MidiException if a pattern matches none
     */
    public static List<PortInfo> required(String where, List<String> patterns, List<PortInfo> ports) {
        Map<String, List<PortInfo>> found = each(patterns, ports);
        found.forEach((pattern, matching) -> {
            if (matching.isEmpty()) {
                throw new MidiException(missing(where, pattern, ports));
            }
        });
        return found.values().stream().flatMap(List::stream).toList();
    }

    /** What each pattern matches, in their order, each port once; an empty list for a pattern that matches none. */
    public static Map<String, List<PortInfo>> each(List<String> patterns, List<PortInfo> ports) {
        Map<String, List<PortInfo>> found = new LinkedHashMap<>();
        Set<PortInfo> taken = new HashSet<>();
        for (String pattern : patterns) {
            List<PortInfo> matching = matching(pattern, ports);
            List<PortInfo> free =
                    matching.stream().filter(port -> !taken.contains(port)).toList();
            if (matching.isEmpty() || !free.isEmpty()) {
                found.putIfAbsent(pattern, free);
            }
            taken.addAll(free);
        }
        return found;
    }

    /** For people: that a pattern matches no port. */
    public static String missing(String where, String pattern, List<PortInfo> ports) {
        return where + " \"" + pattern + "\": no such " + (where.equals("midi.in") ? "input" : "output") + "; found "
                + names(ports) + ". Run: antiphon ports";
    }

    /** Of these ports those that a pattern matches; perhaps none. */
    public static List<PortInfo> matching(String pattern, List<PortInfo> ports) {
        String glob = pattern.toLowerCase(Locale.ROOT);
        String part = glob.contains("*") ? glob : "*" + glob + "*";
        List<PortInfo> exactly = new ArrayList<>();
        List<PortInfo> partly = new ArrayList<>();
        for (PortInfo port : ports) {
            if (matches(glob, port)) {
                exactly.add(port);
            } else if (matches(part, port)) {
                partly.add(port);
            }
        }
        return exactly.isEmpty() ? partly : exactly;
    }

    /** True if one of these patterns matches the port. */
    public static boolean isAny(List<String> patterns, PortInfo port) {
        return patterns.stream()
                .anyMatch(pattern -> !matching(pattern, List.of(port)).isEmpty());
    }

    private static boolean matches(String glob, PortInfo port) {
        return fits(glob, port.name()) || port.aliases().stream().anyMatch(alias -> fits(glob, alias));
    }

    /**
     * Each piece between two stars is looked for once, where the one before ended: the first place is as good as any
     * later one. A regular expression would try all of them, for hours.
     */
    private static boolean fits(String glob, String anyCase) {
        String name = anyCase.toLowerCase(Locale.ROOT);
        String[] pieces = glob.split("\\*", -1);
        if (pieces.length == 1) {
            return name.equals(glob);
        }
        String last = pieces[pieces.length - 1];
        int end = name.length() - last.length();
        int from = pieces[0].length();
        if (end < from || !name.startsWith(pieces[0]) || !name.endsWith(last)) {
            return false;
        }
        for (int i = 1; i < pieces.length - 1; i++) {
            int at = name.indexOf(pieces[i], from);
            if (at < 0 || at + pieces[i].length() > end) {
                return false;
            }
            from = at + pieces[i].length();
        }
        return true;
    }

    /** For error messages: {@code "Digital Piano", "Midi Through"}, or {@code none}. */
    public static String names(List<PortInfo> ports) {
        return ports.isEmpty()
                ? "none"
                : ports.stream().map(port -> '"' + port.name() + '"').collect(Collectors.joining(", "));
    }
}
