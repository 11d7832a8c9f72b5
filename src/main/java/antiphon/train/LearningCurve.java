package antiphon.train;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

final class LearningCurve {
    private LearningCurve() {}

    static void write(Path path, List<EpochScore> epochs) throws IOException {}
}
