package antiphon.live;

import antiphon.host.Host;
import antiphon.live.HeldNotesFile.LeftOver;
import antiphon.midi.MidiBackend;
import antiphon.midi.MidiBackend.Capability;
import antiphon.midi.MidiException;
import antiphon.midi.PortInfo;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * Ends what programs that were killed left sounding, without a session: at each receiver that the {@link HeldNotesFile} of
 * such a program names, by a client that is there only for this. What a receiver that cannot be reached may hold stays
 * written down for the next session. Cold path; one thread.
 */
public final class LeftNotes implements AutoCloseable {
    /** Above everything ordinary, below all that makes music. */
    private static final int PRIORITY = 10;

    private final Function<String, MidiBackend> opening;
    private final Map<String, MidiBackend> backends = new HashMap<>();

    /**
     * How it went with one receiver.
     *
     * @param receiver its full name
     * @param messages how many ends of notes, pedals and wheels there were to tell
     * @param failure why it was not told, one line for people; empty if it was
     */
    public record Outcome(String receiver, int messages, String failure) {}

    /**
     * Opens nothing yet.
     *
     * @param opening opens a back end by its name; it is started and closed here
     */
    public LeftNotes(Function<String, MidiBackend> opening) {
        this.opening = opening;
    }

    /** Has the calling thread go before everything ordinary, where the system allows: a second is soon over on a busy machine. */
    public static void hurry() {
        Host.threads().raise(PRIORITY);
    }

    /**
     * Ends what the program that wrote this file left; nothing if that program still runs or left nothing. The file keeps
     * its names: the next session is connected to them.
     *
     * @throws IOException if the file cannot be read or written
     */
    public List<Outcome> release(Path heldNotes) throws IOException {
        try (HeldNotesFile file = HeldNotesFile.open(heldNotes)) {
            LeftOver left = file == null ? null : file.leftOver();
            if (file == null || left == null || left.messages().isEmpty()) {
                return List.of();
            }
            List<Outcome> outcomes = tell(left);
            boolean owes =
                    outcomes.stream().anyMatch(outcome -> !outcome.failure().isEmpty());
            file.of(left.backend()).connected(left.sources(), left.outputs(), owes);
            return outcomes;
        }
    }

    /** All at once: telling one takes JACK a few periods, and all must be silent within a second. */
    private List<Outcome> tell(LeftOver left) {
        int[] messages = left.messages().stream().mapToInt(Integer::intValue).toArray();
        try {
            MidiBackend backend = backend(left.backend());
            List<PortInfo> there = backend.list();
            openDevices(backend, there, left.receivers());
            List<CompletableFuture<Outcome>> telling = left.receivers().stream()
                    .map(receiver -> CompletableFuture.supplyAsync(
                            () -> {
                                hurry();
                                return tell(backend, receiver, there, messages);
                            },
                            task -> Thread.ofPlatform().name("antiphon-tell").start(task)))
                    .toList();
            return telling.stream().map(CompletableFuture::join).toList();
        } catch (MidiException failure) {
            return left.receivers().stream()
                    .map(receiver -> new Outcome(receiver, messages.length, String.valueOf(failure.getMessage())))
                    .toList();
        }
    }

    /** Where we have no ports of our own, messages go through devices that are open. */
    private static void openDevices(MidiBackend backend, List<PortInfo> there, List<String> receivers) {
        if (backend.capabilities().contains(Capability.VIRTUAL_PORTS)) {
            return;
        }
        for (PortInfo port : there) {
            if (port.destination() && receivers.contains(port.name())) {
                try {
                    backend.openOutput("out-" + port.name(), List.of(port));
                } catch (MidiException busy) {
                    // Then it takes no messages, and that is said.
                }
            }
        }
    }

    private static Outcome tell(MidiBackend backend, String receiver, List<PortInfo> there, int[] messages) {
        PortInfo port = Owed.find(receiver, there);
        String failure = "";
        if (port == null) {
            failure = "not there; what it held is ended when it is back and antiphon runs.";
        } else if (!backend.sendOnly(port, messages)) {
            failure = "takes no messages; it must be alive. Restart it.";
        }
        return new Outcome(
                receiver, messages.length, failure.isEmpty() ? "" : "midi.out \"" + receiver + "\": " + failure);
    }

    private MidiBackend backend(String name) {
        MidiBackend opened = backends.get(name);
        if (opened == null) {
            opened = opening.apply(name);
            backends.put(name, opened);
            opened.start();
        }
        return opened;
    }

    @Override
    public void close() {
        backends.values().forEach(MidiBackend::close);
    }
}
