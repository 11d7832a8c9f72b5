package antiphon.train;

import antiphon.model.Contender;
import antiphon.model.KernelStep;
import antiphon.model.OnnxStep;
import antiphon.model.Precision;
import antiphon.model.ReadLimit;
import antiphon.model.StackedLstm;
import antiphon.model.StepModel;
import java.util.List;
import java.util.Locale;

/** Who is timed: the one list that StepBench, the table and the curves share. */
public final class Contenders {
    /** Our kernels; the first is the one that the others are compared with. */
    public static final List<String> OURS = List.of("f32", "f16", "int8");

    /** The same with the recurrent sums done before the event comes, as the live path does. */
    public static final List<String> AHEAD = List.of("f32-ahead", "f16-ahead", "int8-ahead");

    /** The ways of reading the weights once. */
    public static final List<String> LIMITS = List.of("read", "read-vector");

    /** Other engines. */
    public static final List<String> OTHERS = List.of("onnx-1", "onnx", "dl4j");

    private Contenders() {}

    /** One of {@link #OURS}. */
    public static StackedLstm kernel(String name, StepModel model) {
        return new StackedLstm(model.file(), Precision.valueOf(name.toUpperCase(Locale.ROOT)));
    }

    /** Any of the lists. */
    public static Contender named(String name, StepModel model) {
        return switch (name) {
            case "read" -> ReadLimit.plain(model.width(), model.layers(), Float.BYTES);
            case "read-vector" -> ReadLimit.vector(model.width(), model.layers(), Float.BYTES);
            case "onnx-1" -> new OnnxStep(model.withoutPlaces(), model.layers(), model.width(), 1);
            case "onnx" -> new OnnxStep(model.withoutPlaces(), model.layers(), model.width(), 0);
            case "dl4j" -> new Dl4jStep(model.withoutPlaces(), model.layers(), model.width());
            default -> {
                boolean ahead = name.endsWith("-ahead");
                String precision = ahead ? name.substring(0, name.indexOf('-')) : name;
                yield new KernelStep(
                        "antiphon " + precision + (ahead ? ", prepared" : ""), kernel(precision, model), ahead);
            }
        };
    }
}
