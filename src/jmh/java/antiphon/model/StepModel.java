package antiphon.model;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;

/**
 * A network to be stepped, and what it hears.
 *
 * @param label layers × width, as the table names it
 */
public record StepModel(String label, ModelFile file, int layers, int width) {
    private static final int EMBEDDING = 128;
    private static final int LAYERS = 2;
    private static final int HEARD = 1024;

    /** The model that Antiphon ships. */
    public static StepModel shipped(Path path) {
        ModelFile file = ModelFile.read(path);
        StackedLstm model = new StackedLstm(file);
        return new StepModel(
                model.layers() + "x" + model.width() + " shipped", file, model.layers(), model.width());
    }

    /** Untrained weights in the shipped architecture. */
    public static StepModel random(int width) {
        return new StepModel(LAYERS + "x" + width, RandomModel.of(EMBEDDING, width, LAYERS, width), LAYERS, width);
    }

    /** By label: a width, or {@code shipped}, read from the current folder's {@code models}. */
    public static StepModel named(String name) {
        return name.equals("shipped")
                ? shipped(Path.of("models", "antiphon.safetensors"))
                : random(Integer.parseInt(name));
    }

    /** All numbers that the model file holds. */
    public long parameters() {
        return file.tensors().values().stream()
                .mapToLong(tensor -> tensor.values().length)
                .sum();
    }

    /** Events, four indexes each, one after another, the same on each call. */
    public static int[] events(StackedLstm model) {
        Random random = new Random(1);
        int[] events = new int[HEARD * StackedLstm.FIELDS];
        for (int i = 0; i < events.length; i++) {
            events[i] = random.nextInt(model.fieldSize(i % StackedLstm.FIELDS));
        }
        return events;
    }

    /**
     * What other engines get: they know no places, so the place that every event here has (value 0 of each field) is
     * added to every kind's embedding.
     */
    public ModelFile withoutPlaces() {
        Map<String, Tensor> tensors = new HashMap<>(file.tensors());
        Tensor kinds = file.tensor("embed.kind");
        int embedding = kinds.shape()[1];
        float[] values = kinds.values().clone();
        for (String name : StackedLstm.PLACE_NAMES) {
            Tensor places = tensors.remove("embed." + name);
            for (int i = 0; places != null && i < values.length; i++) {
                values[i] += places.values()[i % embedding];
            }
        }
        tensors.put("embed.kind", Tensor.of(kinds.shape(), values));
        return new ModelFile(tensors, file.metadata());
    }
}
