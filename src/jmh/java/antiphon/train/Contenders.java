package antiphon.train;

import antiphon.model.Contender;
import antiphon.model.KernelStep;
import antiphon.model.OnnxStep;
import antiphon.model.ReadLimit;
import antiphon.model.StackedLstm;
import antiphon.model.StepModel;
import java.util.List;

/** Who is timed: the one list that StepBench, the table and the curves share. */
public final class Contenders {
    /** Our kernels; the first is the one that the others are compared with. */
    public static final List<String> OURS = List.of("f32");

    /** The ways of reading the weights once. */
    public static final List<String> LIMITS = List.of("read", "read-vector");

    /** Other engines. */
    public static final List<String> OTHERS = List.of("onnx-1", "onnx", "dl4j");

    private Contenders() {}

    /** One of {@link #OURS}. A new precision joins here and in the list. */
    public static StackedLstm kernel(String name, StepModel model) {
        return switch (name) {
            case "f32" -> new StackedLstm(model.file());
            default -> throw new IllegalArgumentException(name + ": no such kernel; allowed: " + OURS);
        };
    }

    /** Any of the three lists. */
    public static Contender named(String name, StepModel model) {
        return switch (name) {
            case "read" -> ReadLimit.plain(model.width(), model.layers(), Float.BYTES);
            case "read-vector" -> ReadLimit.vector(model.width(), model.layers(), Float.BYTES);
            case "onnx-1" -> new OnnxStep(model.file(), model.layers(), model.width(), 1);
            case "onnx" -> new OnnxStep(model.file(), model.layers(), model.width(), 0);
            case "dl4j" -> new Dl4jStep(model.file(), model.layers(), model.width());
            default -> new KernelStep("antiphon " + name, kernel(name, model));
        };
    }
}
