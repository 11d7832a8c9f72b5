package antiphon.model;

import antiphon.Fuzzing;
import java.nio.file.Path;

/** Any bytes as a network: loaded, or refused with a reason. */
public final class ModelFileFuzz {
    private static final Path FILE = Fuzzing.folder("model").resolve("any.safetensors");

    private ModelFileFuzz() {}

    /** One file. */
    public static void fuzzerTestOneInput(byte[] bytes) {
        Fuzzing.write(FILE, bytes);
        ModelFile file;
        try {
            file = ModelFile.read(FILE);
        } catch (ModelException refused) {
            Fuzzing.requireSaid(refused, "any.safetensors");
            return;
        }
        try {
            new StackedLstm(file);
        } catch (ModelException refused) {
            // The caller puts the file's name before it.
            Fuzzing.requireSaid(refused, "");
        }
    }
}
