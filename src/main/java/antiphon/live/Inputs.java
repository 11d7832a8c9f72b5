package antiphon.live;

import antiphon.midi.MidiBackend;
import antiphon.midi.MidiBackend.InputPort;
import antiphon.midi.MidiException;
import antiphon.midi.PortInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A session's inputs: those that it begins with, and those that are opened for ports that come later, so that each has one
 * of its own and who goes ends nobody else's notes. Opened and closed by one cold thread at a time; read by any.
 */
final class Inputs {
    private final MidiBackend backend;
    private final LivePath path;
    private final int maxCount;
    private final List<InputPort> ports = new CopyOnWriteArrayList<>();

    /**
     * Opens those for ports that are there.
     *
     * @param sources of each input
     * @param maxCount how many there can be in all: the path has receivers for so many
     * @throws MidiException if one cannot be opened
     */
    Inputs(MidiBackend backend, LivePath path, List<List<PortInfo>> sources, int maxCount) {
        this.backend = backend;
        this.path = path;
        this.maxCount = maxCount;
        sources.forEach(this::open);
    }

    private String open(List<PortInfo> sources) {
        int input = ports.size();
        InputPort port = backend.openInput(name(input), sources, path.receiver(input));
        ports.add(port);
        return port.fullName();
    }

    private static String name(int input) {
        return input == 0 ? "in" : "in-" + (input + 1);
    }

    /** Opens one more. Returns its full name; empty if there are as many as can be, or the system refuses. */
    String openAnother() {
        if (ports.size() == maxCount) {
            return "";
        }
        try {
            return open(List.of());
        } catch (MidiException refused) {
            return "";
        }
    }

    /** As other programs see them. */
    List<String> names() {
        return ports.stream().map(InputPort::fullName).toList();
    }

    /** A name for each that there is or can be. */
    List<String> allNames() {
        List<String> names = new ArrayList<>(names());
        while (names.size() < maxCount) {
            names.add(name(names.size()));
        }
        return names;
    }

    void close() {
        ports.forEach(InputPort::close);
    }
}
