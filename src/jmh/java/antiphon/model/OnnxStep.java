package antiphon.model;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * ONNX Runtime on the same weights. All tensors are made once over direct memory and bound, and the memory of the
 * layers swaps between two sets, so that the runtime copies nothing from step to step.
 */
public final class OnnxStep implements Contender {
    private static final OrtEnvironment ENVIRONMENT = OrtEnvironment.getEnvironment();

    private final String name;
    private final OrtSession session;
    private final List<Map<String, OnnxTensor>> inputs = List.of(new HashMap<>(), new HashMap<>());
    private final List<Map<String, OnnxTensor>> outputs = List.of(new HashMap<>(), new HashMap<>());
    private final LongBuffer[] fields = new LongBuffer[StackedLstm.FIELDS];
    private final FloatBuffer logits;
    private final float[] read;
    private final List<OnnxTensor> made = new ArrayList<>();
    private int turn;

    /**
     * Makes a session.
     *
     * @param threads within an operator; 0 for the runtime's own choice
     */
    public OnnxStep(ModelFile file, int layers, int width, int threads) {
        name = "ONNX Runtime, " + (threads == 0 ? "default threads" : threads + " thread");
        int kinds = file.tensor("head.kind.b").values().length;
        logits = direct(kinds * Float.BYTES).asFloatBuffer();
        read = new float[kinds];
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
            if (threads > 0) {
                options.setIntraOpNumThreads(threads);
            }
            session = ENVIRONMENT.createSession(OnnxGraph.of(file, layers, width), options);
            bind(layers, width);
        } catch (OrtException failure) {
            throw new IllegalStateException("ONNX Runtime: " + failure.getMessage(), failure);
        }
    }

    private void bind(int layers, int width) throws OrtException {
        String[] names = {"kind", "time", "pitch", "velocity"};
        for (int field = 0; field < names.length; field++) {
            fields[field] = direct(Long.BYTES).asLongBuffer();
            OnnxTensor tensor = OnnxTensor.createTensor(ENVIRONMENT, fields[field], new long[] {1, 1});
            inputs.get(0).put(names[field], kept(tensor));
            inputs.get(1).put(names[field], tensor);
        }
        OnnxTensor head = kept(OnnxTensor.createTensor(ENVIRONMENT, logits, new long[] {1, 1, logits.capacity()}));
        outputs.get(0).put("logits", head);
        outputs.get(1).put("logits", head);
        for (int layer = 0; layer < layers; layer++) {
            for (String part : new String[] {"h" + layer, "c" + layer}) {
                OnnxTensor one = memory(width);
                OnnxTensor other = memory(width);
                inputs.get(0).put(part, one);
                outputs.get(0).put(part + ".next", other);
                inputs.get(1).put(part, other);
                outputs.get(1).put(part + ".next", one);
            }
        }
    }

    private OnnxTensor memory(int width) throws OrtException {
        FloatBuffer buffer = direct(width * Float.BYTES).asFloatBuffer();
        return kept(OnnxTensor.createTensor(ENVIRONMENT, buffer, new long[] {1, 1, width}));
    }

    private OnnxTensor kept(OnnxTensor tensor) {
        made.add(tensor);
        return tensor;
    }

    private static ByteBuffer direct(int bytes) {
        return ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void step(int kind, int time, int pitch, int velocity) {
        fields[0].put(0, kind);
        fields[1].put(0, time);
        fields[2].put(0, pitch);
        fields[3].put(0, velocity);
        try {
            session.run(inputs.get(turn), Set.of(), outputs.get(turn)).close();
            turn = 1 - turn;
        } catch (OrtException failure) {
            throw new IllegalStateException("ONNX Runtime: " + failure.getMessage(), failure);
        }
    }

    @Override
    public float[] kindLogits() {
        logits.get(0, read);
        return read;
    }

    @Override
    public void close() {
        made.forEach(OnnxTensor::close);
        try {
            session.close();
        } catch (OrtException failure) {
            throw new IllegalStateException("ONNX Runtime: " + failure.getMessage(), failure);
        }
    }
}
