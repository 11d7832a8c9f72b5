package antiphon.judge;

import java.nio.file.Path;

/** A report on time alone, for programs and as a folder. Immutable. */
public final class InTimeFiles {
    private final InTimeReport report;
    private final Provenance provenance;

    /**
     * Keeps both.
     *
     * @param model the network's file
     * @param command what was typed
     * @param calls where the calls are from
     * @throws JudgeException one line, if the network's file cannot be read
     */
    public InTimeFiles(InTimeReport report, Path model, String command, String calls) {
        this.report = report;
        provenance = Provenance.of(command, model, calls);
    }

    /** What was judged, means with their intervals, and every call. */
    public String json() {
        return InTimeJson.of(report, provenance);
    }

    /**
     * Writes {@code in-time.html}, {@code in-time.json} and {@code in-time.png}.
     *
     * @param folder made if it is not there
     * @throws JudgeException one line, if they cannot be written
     */
    public void write(Path folder) {
        new ReportFiles(folder).write(report, provenance);
    }
}
