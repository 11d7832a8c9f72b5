package antiphon.bench;

import antiphon.Amount;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Measures one condition after another on one server. First the baseline alone, then the program and the baseline side
 * by side, then the sender thread by itself, each with the condition's neighbours.
 */
final class BenchRun {
    private static final String BASELINE = "antiphon-bench-echo";
    private static final String SECOND_BASELINE = "antiphon-bench-echo2";

    /** The baseline alone gets this fraction of the notes: one in ten. */
    private static final int ALONE_SHARE = 10;

    private static final int GAP_MICROS = 5_000;

    /** What the neighbour allocates in condition {@link BenchCondition#GC_STORM}. */
    private static final int MEGABYTES_PER_SECOND = 200;

    /** The priority of the baseline's second thread, see {@code WORKER_PRIORITY} in the witness. */
    private static final int REAL_TIME_PRIORITY = 50;

    private final BenchServer server;
    private final BenchProbe probe;
    private final Path home;
    private final Path folder;
    private final Subject subject;
    private final int senderMessages;
    private final Consumer<String> progress;

    /**
     * Makes a bench that has measured nothing.
     *
     * @param home where what is measured keeps its state; a short path, because there is a socket in it
     * @param folder for raw files
     * @param senderMessages how many the sender thread alone sends; 0 leaves that out
     * @param progress gets a line at each step
     */
    BenchRun(
            BenchServer server,
            BenchProbe probe,
            Subject subject,
            Path home,
            Path folder,
            int senderMessages,
            Consumer<String> progress) {
        this.server = server;
        this.probe = probe;
        this.home = home;
        this.folder = folder;
        this.subject = subject;
        this.senderMessages = senderMessages;
        this.progress = progress;
    }

    BenchResult measure(BenchCondition condition, int notes, double notesPerSecond, long seed)
            throws InterruptedException {
        List<Process> neighbours = new ArrayList<>();
        try {
            neighbours.addAll(spinners(condition));
            BenchRecord alone = alone(condition, Math.max(1, notes / ALONE_SHARE), notesPerSecond, seed);
            progress.accept(
                    condition.label() + ": " + Amount.of(notes, "note") + " at " + notesPerSecond + " a second ...");
            Process echo = probe.startEcho(BASELINE);
            neighbours.add(echo);
            BenchPlay played = played(condition, notes, notesPerSecond, seed);
            stop(echo);
            WakeUps sender = sender(condition);
            WakeUps wakeUp = wakeUp(0);
            WakeUps realTime = wakeUp(REAL_TIME_PRIORITY);
            return new BenchResult(condition, notesPerSecond, alone, played, sender, wakeUp, realTime);
        } finally {
            neighbours.forEach(BenchRun::stop);
        }
    }

    private BenchPlay played(BenchCondition condition, int notes, double notesPerSecond, long seed)
            throws InterruptedException {
        try (BenchChild child = start(condition, runCommand(condition)).awaitReady();
                @Nullable Crowd crowd = condition.hasCrowd() ? Crowd.start(child.awaitPage()) : null) {
            InnerMeters before = InnerMeters.of(child.statusSocket());
            double secondsBefore = child.cpuSeconds();
            long fromNanos = System.nanoTime();
            BenchRecord record = play(condition.label(), notes, notesPerSecond, seed, Subject.CLIENT);
            double cores = (child.cpuSeconds() - secondsBefore) / ((System.nanoTime() - fromNanos) / 1e9);
            InnerMeters after = InnerMeters.of(child.statusSocket());
            CrowdSeen seen = crowd == null ? null : crowd.stop();
            child.stop();
            return new BenchPlay(record, cores, before, after, seen, child.said());
        }
    }

    private List<String> runCommand(BenchCondition condition) {
        List<String> words = new ArrayList<>(List.of("run", "--backend", "jack", "--thru"));
        words.addAll(condition.options(subject.options()));
        return words;
    }

    private BenchChild start(BenchCondition condition, List<String> words) {
        if (!isStorm(condition)) {
            return BenchChild.start(home, server, subject.main(), words, condition.environment());
        }
        List<String> all = new ArrayList<>(List.of("" + MEGABYTES_PER_SECOND));
        all.addAll(words);
        return BenchChild.start(home, server, subject.mainInStorm(), all, condition.environment());
    }

    private static boolean isStorm(BenchCondition condition) {
        return condition == BenchCondition.GC_STORM;
    }

    private List<Process> spinners(BenchCondition condition) {
        List<Process> spinners = new ArrayList<>();
        int count = condition == BenchCondition.BUSY ? Runtime.getRuntime().availableProcessors() : 0;
        for (int i = 0; i < count; i++) {
            spinners.add(probe.start("spin"));
        }
        return spinners;
    }

    private BenchRecord alone(BenchCondition condition, int notes, double notesPerSecond, long seed)
            throws InterruptedException {
        progress.accept(condition.label() + ": the baseline alone, " + Amount.of(notes, "note") + " ...");
        Process echo = probe.startEcho(BASELINE);
        Process second = probe.startEcho(SECOND_BASELINE);
        @Nullable
        BenchChild storm = isStorm(condition) ? start(condition, List.of()).awaitReady() : null;
        try {
            return play(condition.label() + "-alone", notes, notesPerSecond, seed, SECOND_BASELINE);
        } finally {
            stop(echo);
            stop(second);
            if (storm != null) {
                storm.close();
            }
        }
    }

    private BenchRecord play(String name, int notes, double notesPerSecond, long seed, String client)
            throws InterruptedException {
        BenchSchedule schedule = BenchSchedule.of(notes, notesPerSecond, server.sampleRate(), seed);
        BenchRecord record = probe.play(schedule, folder.resolve(name + ".record"), client, BASELINE);
        requireBaseline(name, record);
        return record;
    }

    /** What the baseline loses is the machine's fault; if that is everything, nothing was measured. */
    static void requireBaseline(String name, BenchRecord record) {
        int sent = record.messages().length;
        if (record.baseline().size() == 0) {
            throw new BenchException("bench: " + name + ": the baseline in C lost all "
                    + Amount.of(sent, "message")
                    + "; some must come back. The measurement failed, not antiphon: is JACK"
                    + " or the machine overloaded? Try again.");
        }
    }

    /** The sender thread in a JVM of its own; it prints one line when done. */
    private WakeUps sender(BenchCondition condition) {
        if (senderMessages == 0) {
            return WakeUps.ofSender(null);
        }
        List<String> words =
                List.of("bench", "sender", "--messages", "" + senderMessages, "--gap-micros", "" + GAP_MICROS);
        try (BenchChild child = start(condition, words)) {
            return WakeUps.ofSender(child.awaitReady().readLine());
        }
    }

    private WakeUps wakeUp(int priority) {
        return WakeUps.ofSleeper(
                probe.start("sleep", "" + Math.max(1, senderMessages), "" + GAP_MICROS, "" + priority));
    }

    /** Closing its input ends an echo in good order; the others are told to end. */
    private static void stop(Process process) {
        try (OutputStream input = process.getOutputStream()) {
            input.flush();
        } catch (IOException gone) {
            // It has ended.
        }
        process.destroy();
        process.onExit().join();
    }
}
