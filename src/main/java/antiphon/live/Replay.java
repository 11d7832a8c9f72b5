package antiphon.live;

import antiphon.improv.Settings;
import antiphon.midi.memory.MemoryBackend;
import antiphon.model.StackedLstm;
import antiphon.music.TimedMessages;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Plays a journal to the live path again: what went into the ring goes in, at the recorded times, and the engine
 * decides when it decided then. So the answer is the same, bit for bit, however fast this machine is.
 */
public final class Replay {
    private static final int MAX_MESSAGES = 1 << 20;

    private final JournalFormat.Contents journal;
    private final Function<JournalHeader.Network, StackedLstm> networks;
    private final LivePath path;
    private final AgentInvoker agents;
    private final Tap.Reader tap;
    private final Settings settings;
    private final List<JournalFormat.Entry> played = new ArrayList<>();
    private long nanos;
    private JournalHeader.Network next;

    /**
     * The result of a replay.
     *
     * @param answer its messages, the first one at time 0
     * @param messages how many were sent when it was recorded
     * @param same how many of them, counted from the first one, are the same in the replay
     */
    public record Outcome(TimedMessages answer, int messages, int same) {
        /** True if every message is the same as when it was recorded. */
        public boolean isExact() {
            return messages == same;
        }
    }

    private Replay(JournalFormat.Contents journal, Function<JournalHeader.Network, StackedLstm> networks) {
        this.journal = journal;
        this.networks = networks;
        JournalHeader header = journal.header();
        settings = header.settings();
        next = header.model();
        MemoryBackend backend = new MemoryBackend(() -> nanos, true, MAX_MESSAGES);
        Tap newTap = new Tap();
        tap = newTap.newReader();
        LivePath.Ends ends = new LivePath.Ends(
                backend.openOutput("out", List.of()),
                true,
                Math.max(1, header.inputs().size()),
                header.thru(),
                HeldNotes.NOWHERE);
        path = new LivePath(
                ends, networks.apply(header.model()), settings, header.seed(), newTap, new Meters(), () -> nanos);
        agents = path.byHand();
        backend.start();
    }

    /** The header of a journal: what must be there before it can be replayed. */
    public static JournalHeader header(Path file) {
        return JournalFormat.read(file).header();
    }

    /**
     * Replays a journal.
     *
     * @param networks gives the network that a journal names
     * @throws JournalException if the file is no journal
     */
    public static Outcome of(Path file, Function<JournalHeader.Network, StackedLstm> networks) {
        return new Replay(JournalFormat.read(file), networks).run();
    }

    private Outcome run() {
        List<JournalFormat.Entry> sent = new ArrayList<>();
        for (JournalFormat.Entry entry : journal.entries()) {
            if (entry.what() == Tap.SENT) {
                sent.add(entry);
            } else {
                replay(entry);
                while (tap.read(this::collect)) {
                    // It has been collected.
                }
            }
        }
        return outcome(sent);
    }

    private void replay(JournalFormat.Entry entry) {
        switch (entry.what()) {
            case Tap.BEGUN -> {
                nanos = entry.nanos();
                path.begin();
            }
            case Tap.HEARD, Tap.INPUT_LOST, Tap.CONTROL ->
                path.repeat(entry.what(), entry.input(), entry.message(), entry.nanos(), entry.value());
            case Tap.ADVANCE -> {
                nanos = entry.nanos();
                agents.doWork();
            }
            case Tap.RECOVERED -> path.recover();
            case JournalFormat.TEXT -> next = network(entry.text());
            case Tap.SUCCEEDED -> path.succeedNow(networks.apply(next), settings, entry.value());
            default -> {
                // Other kinds of records do not change the music.
            }
        }
    }

    private static JournalHeader.Network network(String json) {
        try {
            return JournalHeader.Network.parse(json);
        } catch (IOException broken) {
            throw new JournalException("journal: the name of a network cannot be understood: " + json);
        }
    }

    private void collect(Tap.Entry entry) {
        if (entry.what() == Tap.SENT) {
            played.add(new JournalFormat.Entry(Tap.SENT, 0, entry.message(), entry.nanos(), entry.value(), ""));
        }
    }

    private Outcome outcome(List<JournalFormat.Entry> sent) {
        int same = 0;
        while (same < Math.min(sent.size(), played.size())
                && sent.get(same).message() == played.get(same).message()
                && sent.get(same).value() == played.get(same).value()) {
            same++;
        }
        long first = Long.MAX_VALUE;
        for (JournalFormat.Entry entry : played) {
            first = Math.min(first, entry.value());
        }
        TimedMessages.Recorder recorder = new TimedMessages.Recorder();
        for (JournalFormat.Entry entry : played) {
            recorder.send(entry.message(), entry.value() - first);
        }
        return new Outcome(recorder.messages(), Math.max(sent.size(), played.size()), same);
    }
}
