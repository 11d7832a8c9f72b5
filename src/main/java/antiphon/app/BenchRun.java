package antiphon.app;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Measures one condition after another on one server. First the baseline alone, then the program and the baseline side
 * by side, then the player thread by itself, each with the condition's neighbours.
 */
final class BenchRun {
    private static final String CLIENT = "antiphon-bench-subject";
    private static final String BASELINE = "antiphon-bench-echo";
    private static final String SECOND_BASELINE = "antiphon-bench-echo2";

    /** The baseline alone is played so much less. */
    private static final int ALONE_SHARE = 10;

    private static final int GAP_MICROS = 5_000;

    /** As real-time as the baseline's second thread, see {@code WORKER_PRIORITY} in the witness. */
    private static final int REAL_TIME_PRIORITY = 50;

    private final BenchServer server;
    private final BenchProbe probe;
    private final Path home;
    private final Path folder;
    private final List<String> programOptions;
    private final Progress progress;
    private final int playerMessages;

    /**
     * Makes a bench that has measured nothing.
     *
     * @param home where what is measured keeps its state; a short path, for there is a socket in it
     * @param folder for raw files
     * @param programOptions passed on to {@code antiphon run}
     * @param playerMessages how many the player thread alone sends; 0 leaves that out
     */
    BenchRun(
            BenchServer server,
            BenchProbe probe,
            Path home,
            Path folder,
            List<String> programOptions,
            int playerMessages,
            Progress progress) {
        this.server = server;
        this.probe = probe;
        this.home = home;
        this.folder = folder;
        this.programOptions = programOptions;
        this.playerMessages = playerMessages;
        this.progress = progress;
    }

    BenchResult measure(BenchCondition condition, int notes, double notesPerSecond, long seed)
            throws InterruptedException {
        List<Process> neighbours = new ArrayList<>();
        try {
            neighbours.addAll(spinners(condition));
            BenchRecord alone = alone(condition, Math.max(1, notes / ALONE_SHARE), notesPerSecond, seed);
            progress.note(condition.label() + ": " + notes + " notes at " + notesPerSecond + " a second ...");
            Process echo = probe.startEcho(BASELINE);
            neighbours.add(echo);
            List<String> said;
            BenchRecord record;
            @Nullable InnerMeters inner;
            try (BenchChild child = BenchChild.start(home, server, isStorm(condition), runCommand())) {
                child.awaitReady();
                record = play(condition.label(), notes, notesPerSecond, seed, CLIENT);
                inner = InnerMeters.of(child.statusSocket(CLIENT));
                child.stop();
                said = child.said();
            }
            stop(echo);
            WakeUps player = player(condition);
            WakeUps wakeUp = wakeUp(0);
            WakeUps realTime = wakeUp(REAL_TIME_PRIORITY);
            return new BenchResult(condition, notesPerSecond, alone, record, inner, player, wakeUp, realTime, said);
        } finally {
            neighbours.forEach(BenchRun::stop);
        }
    }

    private List<String> runCommand() {
        List<String> words = new ArrayList<>(List.of("run", "--backend", "jack", "--thru"));
        words.addAll(programOptions);
        return words;
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
        progress.note(condition.label() + ": the baseline alone, " + notes + " notes ...");
        Process echo = probe.startEcho(BASELINE);
        Process second = probe.startEcho(SECOND_BASELINE);
        @Nullable
        BenchChild storm = isStorm(condition)
                ? BenchChild.start(home, server, true, List.of()).awaitReady()
                : null;
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
        return probe.play(schedule, folder.resolve(name + ".record"), client, BASELINE);
    }

    /** The player thread in a JVM of its own; it prints one line when done. */
    private WakeUps player(BenchCondition condition) {
        if (playerMessages == 0) {
            return WakeUps.ofPlayer(null);
        }
        List<String> words =
                List.of("bench", "player", "--messages", "" + playerMessages, "--gap-micros", "" + GAP_MICROS);
        try (BenchChild child = BenchChild.start(home, server, isStorm(condition), words)) {
            return WakeUps.ofPlayer(child.awaitReady().readLine());
        }
    }

    private WakeUps wakeUp(int priority) {
        return WakeUps.ofSleeper(
                probe.start("sleep", "" + Math.max(1, playerMessages), "" + GAP_MICROS, "" + priority));
    }

    /** The name that the program is to have: not that of one that plays already. */
    static String client() {
        return CLIENT;
    }

    /** Closing its input ends an echo in good order; whoever does not listen is told. */
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
