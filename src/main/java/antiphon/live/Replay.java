package antiphon.live;

import antiphon.improv.Settings;
import antiphon.midi.memory.MemoryBackend;
import antiphon.model.StackedLstm;
import antiphon.music.TimedMessages;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
    private final Map<Integer, JournalHeader.Network> successors = new HashMap<>();

    /**
     * The result of a replay.
     *
     * @param answer its messages, the first one at time 0
     * @param messages how many were sent, as far as the journal tells
     * @param same how many of them, counted from the first one, are the same in the replay
     * @param whole the journal has the session from its beginning to its end, and nothing is missing
     */
    public record Outcome(TimedMessages answer, int messages, int same, boolean whole) {
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
        MemoryBackend backend = new MemoryBackend(() -> nanos, true, MAX_MESSAGES);
        Tap newTap = new Tap();
        tap = newTap.newReader();
        LivePath.Setup ends = new LivePath.Setup(
                backend.openOutput("out", List.of()),
                true,
                Math.max(1, header.inputs().size()),
                header.thru(),
                HeldNotes.NOWHERE);
        path = new LivePath(
                ends, networks.apply(header.model()), settings, header.seed(), newTap, new Meters(), () -> nanos);
        if (!path.improviser().mind().cache().keep(journal.memory())) {
            throw new JournalException("journal: what was remembered of earlier sessions does not fit the network "
                    + header.model().file() + "; the journal is damaged.");
        }
        agents = path.byHand();
        path.repeat();
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
        List<JournalFormat.Entry> entries = journal.entries();
        for (int i = 0; i < entries.size(); i++) {
            JournalFormat.Entry entry = entries.get(i);
            if (entry.what() == Tap.SENT) {
                sent.add(entry);
            } else if (!failed(entries, i)) {
                replay(entry);
                while (tap.read(this::collect)) {
                    // It has been collected.
                }
            }
        }
        return outcome(sent);
    }

    /** True of what was begun, sent nothing and then failed: what it did before that was forgotten at once. */
    private static boolean failed(List<JournalFormat.Entry> entries, int index) {
        int what = entries.get(index).what();
        return (what == Tap.HEARD || what == Tap.INPUT_LOST || what == Tap.ADVANCE)
                && index + 1 < entries.size()
                && entries.get(index + 1).what() == Tap.RECOVERED;
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
                path.think(entry.value());
                path.mustAdvance();
                agents.doWork();
            }
            case Tap.THINKING -> path.beginThinking(entry.input(), entry.nanos(), entry.message());
            case Tap.RECOVERED -> recover(entry.nanos());
            case JournalFormat.TEXT -> successors.put((int) entry.nanos(), network(entry.text()));
            case Tap.SUCCEEDED -> succeed(entry);
            default -> {
                // Other kinds of records do not change the music.
            }
        }
    }

    private void recover(long atNanos) {
        nanos = atNanos;
        try {
            path.recoverAt(atNanos);
        } catch (Exception impossible) {
            throw new IllegalStateException("our own handler throws nothing", impossible);
        }
    }

    private void succeed(JournalFormat.Entry entry) {
        JournalHeader.Network network = successors.get(entry.message());
        if (network == null) {
            throw new JournalException("journal: network " + entry.message() + " took over, and nothing names it; the"
                    + " journal is damaged.");
        }
        path.succeedNow(networks.apply(network), settings, entry.input(), entry.value());
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
        // Where a journal breaks off, the last messages stand on one side alone.
        int messages = journal.whole() ? Math.max(sent.size(), played.size()) : Math.min(sent.size(), played.size());
        return new Outcome(recorder.messages(), messages, same, journal.whole());
    }
}
