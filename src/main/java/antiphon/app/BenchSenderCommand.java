package antiphon.app;

import antiphon.live.SenderTrial;
import antiphon.midi.memory.MemoryBackend;
import java.util.concurrent.Callable;
import org.HdrHistogram.Histogram;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code antiphon bench sender}: what {@code bench} starts in a JVM of its own to see how late the sender thread sends
 * on a back end that cannot schedule. Prints one line for it: {@code late}, then median, 99th and 99.9th percentile in nanoseconds.
 */
@Command(name = "sender", hidden = true, description = "Used by bench: measure the sender thread alone.")
final class BenchSenderCommand implements Callable<Integer> {
    @Option(names = "--messages", paramLabel = "N", required = true, description = "How many to send.")
    private int messages;

    @Option(names = "--gap-micros", paramLabel = "N", required = true, description = "From one to the next.")
    private long gapMicros;

    @Override
    public Integer call() throws InterruptedException {
        MemoryBackend backend = new MemoryBackend(System::nanoTime, false, messages + 1);
        System.out.println("ready: measuring the sender");
        Histogram late = SenderTrial.run(backend, messages, gapMicros * 1000);
        System.out.println("late " + late.getValueAtPercentile(50) + " " + late.getValueAtPercentile(99) + " "
                + late.getValueAtPercentile(99.9));
        return 0;
    }
}
