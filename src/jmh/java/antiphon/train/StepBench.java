package antiphon.train;

import antiphon.model.Contender;
import antiphon.model.StackedLstm;
import antiphon.model.StepModel;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One LSTM step with the kind head's logits, sampled one by one: by size, contender, and with warm or cold caches.
 *
 * <p>{@code src/jmh/jmh.sh StepBench -p size=shipped -p contender=f32 -p caches=warm -prof gc}. For a table in which
 * noise meets all contenders alike see {@code src/jmh/table.sh}.
 */
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@State(Scope.Thread)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(
        value = 1,
        jvmArgsAppend = {
            "--add-modules=jdk.incubator.vector",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow"
        })
public class StepBench {
    /** A width, or the shipped model. */
    @Param({"256", "shipped", "512"})
    public String size = "shipped";

    @Param({"f32", "f16", "int8", "f16-ahead", "read", "read-vector", "onnx-1", "onnx", "dl4j"})
    public String contender = "f32";

    @Param({"warm", "cold"})
    public String caches = "warm";

    private @Nullable Contender stepped;
    private @Nullable CacheSweep sweep;
    private int[] events = {};
    private int next;

    @Setup(Level.Trial)
    public void load() {
        StepModel model = StepModel.named(size);
        events = StepModel.events(new StackedLstm(model.file()));
        stepped = Contenders.named(contender, model);
        sweep = caches.equals("cold") ? new CacheSweep() : null;
    }

    @Setup(Level.Invocation)
    public void cool() {
        if (stepped != null) {
            stepped.prepare();
        }
        if (sweep != null) {
            sweep.run();
        }
    }

    @TearDown(Level.Trial)
    public void close() {
        if (stepped != null) {
            stepped.close();
        }
    }

    /** The step leaves its result in the contender's own memory, where the compiler cannot drop it. */
    @Benchmark
    public @Nullable Contender step() {
        if (stepped != null) {
            int at = next;
            next = (at + StackedLstm.FIELDS) % events.length;
            stepped.step(events[at], events[at + 1], events[at + 2], events[at + 3]);
        }
        return stepped;
    }
}
