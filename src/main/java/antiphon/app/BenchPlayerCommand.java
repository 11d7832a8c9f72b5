package antiphon.app;

import antiphon.live.PlayerTrial;
import antiphon.midi.memory.MemoryBackend;
import java.util.concurrent.Callable;
import org.HdrHistogram.Histogram;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code antiphon bench player}: what {@code bench} starts in a JVM of its own to see how late the player thread sends
 * on a back end that cannot schedule. Prints three numbers for it.
 */
@Command(name = "player", hidden = true, description = "Used by bench: measure the player thread alone.")
final class BenchPlayerCommand implements Callable<Integer> {
    @Option(names = "--messages", paramLabel = "N", required = true, description = "How many to send.")
    private int messages;

    @Option(names = "--gap-micros", paramLabel = "N", required = true, description = "From one to the next.")
    private long gapMicros;

    @Override
    public Integer call() throws InterruptedException {
        MemoryBackend backend = new MemoryBackend(System::nanoTime, false, messages + 1);
        System.out.println("ready: measuring the player");
        Histogram late = PlayerTrial.run(backend, messages, gapMicros * 1000);
        System.out.println("late " + late.getValueAtPercentile(50) + " " + late.getValueAtPercentile(99) + " "
                + late.getValueAtPercentile(99.9));
        return 0;
    }
}
