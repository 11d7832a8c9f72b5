package antiphon.live;

import antiphon.midi.MidiBackend;
import antiphon.midi.MidiBackend.OutputPort;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A session's outputs, open from its start to the back end's close. Read by any thread. */
final class Outputs {
    private final Ports ports;
    private final @Nullable HeldNotesFile heldNotes;
    private final List<OutputPort> all;

    /**
     * Opens them.
     *
     * @param heldNotes where is written down what sounds at them; null for nowhere
     * @throws antiphon.midi.MidiException if one cannot be opened
     */
    Outputs(MidiBackend backend, Ports ports, @Nullable HeldNotesFile heldNotes) {
        this.ports = ports;
        this.heldNotes = heldNotes;
        all = IntStream.range(0, ports.wiring().outputs())
                .mapToObj(output -> backend.openOutput(name(output), ports.receivers(output)))
                .toList();
    }

    private static String name(int output) {
        return output == 0 ? "out" : "out-" + (output + 1);
    }

    /** As a path needs them. */
    List<LivePath.Out> outs() {
        long slowestNanos = ports.slowestNanos();
        return IntStream.range(0, all.size())
                .mapToObj(output -> new LivePath.Out(
                        all.get(output),
                        slowestNanos - ports.offsetNanos(output),
                        heldNotes == null ? HeldNotes.NOWHERE : heldNotes.of(output)))
                .toList();
    }

    /** Writes down who is connected, by output, and who is owed something there. */
    void connected(Set<String> sources, List<Set<String>> receivers, List<Set<String>> owed) {
        if (heldNotes != null) {
            List<Set<String>> all = new ArrayList<>();
            for (int output = 0; output < receivers.size(); output++) {
                all.add(new LinkedHashSet<>(receivers.get(output)));
                all.get(output).addAll(owed.get(output));
            }
            heldNotes.connected(sources, all, owed.stream().anyMatch(names -> !names.isEmpty()));
        }
    }

    /**
     * The back end is closed: what sounded is written down no more.
     *
     * @param owes receivers may hold what they could not be told to end
     */
    void close(LivePath path, boolean owes) {
        if (heldNotes != null) {
            heldNotes.close(owes ? ends(path) : new int[0]);
        }
    }

    /** What ends all that a receiver of any output may hold. */
    private int[] ends(LivePath path) {
        return IntStream.range(0, all.size())
                .flatMap(output -> IntStream.of(path.ends(output, true)))
                .distinct()
                .toArray();
    }

    /** As other programs see them. */
    List<String> names() {
        return all.stream().map(OutputPort::fullName).toList();
    }

    /** What all have counted together. */
    long sum(ToLongFunction<OutputPort> count) {
        return all.stream().mapToLong(count).sum();
    }
}
