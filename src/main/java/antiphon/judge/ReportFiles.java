package antiphon.judge;

import antiphon.file.AtomicFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The report's folder: each file is written beside its place and moved there when it is whole. */
final class ReportFiles {
    static final String PAGE = "index.html";
    static final String JSON = "report.json";
    static final String PICTURE = "answers.png";
    static final String IN_TIME = "in-time";

    private static final String ANSWERS = "Held-out calls and the improviser's answers";

    private final Path folder;

    /**
     * Makes the folder before the long computation, so that a folder that cannot be written is told at once.
     *
     * @throws JudgeException if it cannot be made
     */
    ReportFiles(Path folder) {
        this.folder = folder;
        try {
            Files.createDirectories(folder);
        } catch (IOException failure) {
            throw cannot(folder, failure);
        }
        if (!Files.isWritable(folder)) {
            throw new JudgeException(folder + ": not writable; a folder of yours needed. Choose another.");
        }
    }

    void write(Report report, Provenance provenance) {
        write(JSON, ReportJson.of(report, provenance).getBytes(StandardCharsets.UTF_8));
        write(PAGE, ReportPage.of(report, provenance).getBytes(StandardCharsets.UTF_8));
        write(PICTURE, PianoRollPicture.png(PianoRoll.ofFirst(report), ANSWERS));
        writePicture(report.inTime());
    }

    /** The report on time alone. */
    void write(InTimeReport report, Provenance provenance) {
        write(IN_TIME + ".json", InTimeJson.of(report, provenance).getBytes(StandardCharsets.UTF_8));
        write(IN_TIME + ".html", InTimePage.page(report, provenance).getBytes(StandardCharsets.UTF_8));
        writePicture(report);
    }

    private void writePicture(InTimeReport report) {
        write(IN_TIME + ".png", PianoRollPicture.png(InTimePage.roll(report), InTimePage.ROLLS));
    }

    private void write(String name, byte[] content) {
        try {
            AtomicFile.write(folder.resolve(name), draft -> Files.write(draft, content));
        } catch (IOException failure) {
            throw cannot(folder.resolve(name), failure);
        }
    }

    private static JudgeException cannot(Path path, IOException failure) {
        return new JudgeException(
                path + ": cannot be written (" + failure.getMessage() + "). Check permissions and room.", failure);
    }
}
