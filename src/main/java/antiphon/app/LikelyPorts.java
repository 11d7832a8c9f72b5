package antiphon.app;

import antiphon.midi.MidiBackend;
import antiphon.midi.PortInfo;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * Which ports somebody who names none most likely wants to play with.
 *
 * @param keyboards the first hardware that can be listened to; empty if there is none
 * @param synthesisers the first port that makes sound of notes, as far as can be known; likewise
 */
record LikelyPorts(List<PortInfo> keyboards, List<PortInfo> synthesisers) {
    private static final int MAX_RANK = 5;
    private static final int MAX_RANK_LATER = 3;

    /** Of others' ports, in the system's order. Our own are not among them. */
    static LikelyPorts of(List<PortInfo> all) {
        return of(all, MAX_RANK);
    }

    /**
     * The same of what comes while we play: a program that sends as well is none, although at the start it may be the only
     * one that is meant. It could be a sequencer, or another antiphon, and what it sends might come back to us.
     */
    static LikelyPorts later(List<PortInfo> all) {
        return of(all, MAX_RANK_LATER);
    }

    private static LikelyPorts of(List<PortInfo> all, int maxRank) {
        List<PortInfo> ports = all.stream().filter(port -> !isThroughPort(port)).toList();
        List<PortInfo> keyboards = ports.stream()
                .filter(port -> port.source() && port.physical())
                .limit(1)
                .toList();
        List<PortInfo> synthesisers = ports.stream()
                .filter(PortInfo::destination)
                .filter(port -> rank(port, keyboards, ports) <= maxRank)
                .min(Comparator.comparingInt(port -> rank(port, keyboards, ports)))
                .stream()
                .toList();
        return new LikelyPorts(keyboards, synthesisers);
    }

    /** ALSA's loop, which is in every Linux: it brings back what is sent to it. */
    private static boolean isThroughPort(PortInfo port) {
        return isThrough(port.name()) || port.aliases().stream().anyMatch(LikelyPorts::isThrough);
    }

    private static boolean isThrough(String name) {
        String flat = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "");
        return flat.contains("midithrough") || flat.contains("midithru");
    }

    /**
     * The lower, the likelier a synthesiser. A program that says that messages end there is one; a program that sends
     * nothing may be. A keyboard mostly has an input too, but few of them sound.
     */
    private static int rank(PortInfo port, List<PortInfo> keyboards, List<PortInfo> ports) {
        boolean sendsToo = ports.stream().anyMatch(other -> other.source() && isSameDevice(other, port));
        boolean ofKeyboard = keyboards.stream().anyMatch(keyboard -> isSameDevice(keyboard, port));
        if (ofKeyboard) {
            return MAX_RANK;
        }
        if (port.physical()) {
            return sendsToo ? 3 : 2;
        }
        return port.terminal() ? 0 : sendsToo ? 4 : 1;
    }

    /** By the client's name, and what some bridges put between it and the port's number. */
    private static boolean isSameDevice(PortInfo one, PortInfo other) {
        return device(one.name()).equals(device(other.name()));
    }

    private static String device(String name) {
        int colon = name.indexOf(':');
        String client = colon < 0 ? name : name.substring(0, colon);
        boolean ofAll = client.equals("system") || client.equals("a2j") || client.equals("Midi-Bridge");
        return ofAll ? name.replaceAll("(capture|playback|in|out|\\(|\\)|_|[0-9]+$)", "") : client;
    }

    /** At most three lines for people: what is connected to nothing, and what to do about it. */
    List<String> howToConnect(MidiBackend backend, String input, String output) {
        List<String> lines = new ArrayList<>();
        if (backend.connections(input).isEmpty()) {
            lines.add("nothing is connected to " + input + ": "
                    + backend.howToConnect(nameOr(keyboards, "KEYBOARD"), input));
        }
        if (backend.connections(output).isEmpty()) {
            lines.add(output + " is connected to nothing: "
                    + backend.howToConnect(output, nameOr(synthesisers, "SYNTHESISER")));
        }
        if (!lines.isEmpty()) {
            lines.add("Or draw the cables in qpwgraph or qjackctl, or start with: --connect auto");
        }
        return lines;
    }

    private static String nameOr(List<PortInfo> ports, String placeholder) {
        return ports.isEmpty() ? placeholder : ports.getFirst().name();
    }
}
