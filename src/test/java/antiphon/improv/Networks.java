package antiphon.improv;

import antiphon.model.CacheWeights;
import antiphon.model.ModelFile;
import antiphon.model.RandomModel;
import antiphon.model.StackedLstm;
import java.util.Map;
import java.util.TreeMap;

/** Small untrained networks for tests of the improviser. */
public final class Networks {
    /** Without a memory of motifs. */
    public static final StackedLstm PLAIN = new StackedLstm(RandomModel.of(16, 24, 2, 11));

    /** Told where in the beat each event falls, and with a memory of motifs that counts for much. */
    public static final StackedLstm TUNED = tuned();

    private Networks() {}

    private static StackedLstm tuned() {
        ModelFile file = RandomModel.withPlaces(16, 24, 2, 11);
        Map<String, String> metadata = new TreeMap<>(file.metadata());
        metadata.put(
                CacheWeights.KEY,
                CacheWeights.of(0.1, 1, 2, 0.5, 2, 0.5, 0, 0.3, 0, 0.3).toString());
        return new StackedLstm(new ModelFile(file.tensors(), metadata));
    }
}
