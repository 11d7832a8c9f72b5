package antiphon.model;

/**
 * A model file as an ONNX model: four gathers summed, an LSTM operator per layer with its memory as inputs and outputs,
 * relu and the kind head. Field numbers are those of onnx.proto3.
 */
final class OnnxGraph {
    private static final int FLOAT = 1;
    private static final int INT64 = 7;
    private static final int OPSET = 17;
    private static final int IR_VERSION = 8;

    /** Which of our gate blocks (candidate, forget, output, input) stands at each place of ONNX's i, o, f, c. */
    private static final int[] GATES = {3, 2, 1, 0};

    private final ModelFile file;
    private final Protobuf graph = new Protobuf();

    private OnnxGraph(ModelFile file) {
        this.file = file;
    }

    /** The model's bytes; inputs kind, time, pitch, velocity, h0, c0, …; outputs logits, h0.next, c0.next, …. */
    static byte[] of(ModelFile file, int layers, int width) {
        OnnxGraph onnx = new OnnxGraph(file);
        String input = onnx.embedded();
        for (int layer = 0; layer < layers; layer++) {
            input = onnx.layer(layer, width, input);
        }
        onnx.head(width, input);
        Protobuf opset = new Protobuf().text(1, "").number(2, OPSET);
        return new Protobuf()
                .number(1, IR_VERSION)
                .text(2, "antiphon")
                .message(7, onnx.graph.text(2, "step"))
                .message(8, opset)
                .toBytes();
    }

    private String embedded() {
        String sum = "";
        for (String field : new String[] {"kind", "time", "pitch", "velocity"}) {
            Tensor table = file.tensor("embed." + field);
            constant("embed." + field, table.values(), table.shape());
            input(field, INT64, 1, 1);
            node("Gather", new String[] {"embed." + field, field}, field + ".embedded");
            if (!sum.isEmpty()) {
                node("Add", new String[] {sum, field + ".embedded"}, field + ".sum");
            }
            sum = sum.isEmpty() ? field + ".embedded" : field + ".sum";
        }
        return sum;
    }

    private String layer(int layer, int width, String input) {
        String name = "lstm." + layer;
        Tensor bias = file.tensor(name + ".b");
        int inputs = file.tensor(name + ".w").shape()[0];
        constant(name + ".w", reordered(file.tensor(name + ".w").values(), inputs, width), 1, 4 * width, inputs);
        constant(name + ".r", reordered(file.tensor(name + ".r").values(), width, width), 1, 4 * width, width);
        float[] both = new float[8 * width];
        System.arraycopy(reordered(bias.values(), 1, width), 0, both, 0, 4 * width);
        constant(name + ".b", both, 1, 8 * width);
        input("h" + layer, FLOAT, 1, 1, width);
        input("c" + layer, FLOAT, 1, 1, width);
        String[] given = {input, name + ".w", name + ".r", name + ".b", "", "h" + layer, "c" + layer};
        Protobuf attribute =
                new Protobuf().text(1, "hidden_size").number(3, width).number(20, 2);
        Protobuf node = described("LSTM", given, "", "h" + layer + ".next", "c" + layer + ".next");
        graph.message(1, node.message(5, attribute));
        output("h" + layer + ".next", 1, 1, width);
        output("c" + layer + ".next", 1, 1, width);
        return "h" + layer + ".next";
    }

    /** From [input][4 × width], our gate order, to [4 × width][input], ONNX's. */
    private static float[] reordered(float[] ours, int inputs, int width) {
        float[] theirs = new float[ours.length];
        for (int gate = 0; gate < GATES.length; gate++) {
            for (int unit = 0; unit < width; unit++) {
                for (int input = 0; input < inputs; input++) {
                    theirs[(gate * width + unit) * inputs + input] =
                            ours[input * 4 * width + GATES[gate] * width + unit];
                }
            }
        }
        return theirs;
    }

    private void head(int width, String hidden) {
        int kinds = file.tensor("head.kind.b").values().length;
        constant("head.w", file.tensor("head.kind.w").values(), width, kinds);
        constant("head.b", file.tensor("head.kind.b").values(), kinds);
        node("Relu", new String[] {hidden}, "active");
        node("MatMul", new String[] {"active", "head.w"}, "weighted");
        node("Add", new String[] {"weighted", "head.b"}, "logits");
        output("logits", 1, 1, kinds);
    }

    private void node(String operator, String[] inputs, String output) {
        graph.message(1, described(operator, inputs, output));
    }

    private static Protobuf described(String operator, String[] inputs, String... outputs) {
        Protobuf node = new Protobuf();
        for (String input : inputs) {
            node.text(1, input);
        }
        for (String output : outputs) {
            node.text(2, output);
        }
        return node.text(4, operator);
    }

    private void constant(String name, float[] values, int... shape) {
        Protobuf tensor = new Protobuf();
        for (int size : shape) {
            tensor.number(1, size);
        }
        graph.message(5, tensor.number(2, FLOAT).text(8, name).floats(9, values));
    }

    private void input(String name, int type, int... shape) {
        graph.message(11, value(name, type, shape));
    }

    private void output(String name, int... shape) {
        graph.message(12, value(name, FLOAT, shape));
    }

    private static Protobuf value(String name, int type, int... shape) {
        Protobuf dimensions = new Protobuf();
        for (int size : shape) {
            dimensions.message(1, new Protobuf().number(1, size));
        }
        Protobuf tensor = new Protobuf().number(1, type).message(2, dimensions);
        return new Protobuf().text(1, name).message(2, new Protobuf().message(1, tensor));
    }
}
