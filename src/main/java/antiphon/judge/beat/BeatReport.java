package antiphon.judge.beat;

import antiphon.corpus.BeatPiece;
import antiphon.corpus.BeatSet;
import antiphon.judge.JudgeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** How the tracker did on all sets, played in every way. Immutable. */
public record BeatReport(List<BeatScore> scores) {
    public BeatReport {
        scores = List.copyOf(scores);
    }

    /**
     * Judges the tracker. Takes about a minute on one core for 60 pieces a set.
     *
     * @param progress takes a line for people before each set and way of playing
     * @throws JudgeException one line, if no piece of a set is long enough
     */
    public static BeatReport of(List<BeatSet> sets, Consumer<String> progress) {
        List<BeatScore> scores = new ArrayList<>();
        for (BeatSet set : sets) {
            List<BeatPiece> excerpts = set.pieces().stream()
                    .map(Excerpt::of)
                    .flatMap(Optional::stream)
                    .toList();
            if (excerpts.isEmpty()) {
                throw new JudgeException(
                        set.name() + ": none of " + set.pieces().size()
                                + " pieces has 24 s of notes with beats; at least one needed. Fetch the data again.");
            }
            for (Playing playing : Playing.values()) {
                progress.accept(set.name() + ", " + playing.label());
                scores.add(BeatScore.of(set.name(), playing, excerpts));
            }
        }
        return new BeatReport(scores);
    }

    /** For a machine to read. */
    public List<Map<String, Object>> toMaps() {
        return scores.stream().map(BeatScore::toMap).toList();
    }

    /** The tables for people, a line each; shares in percent. */
    public List<String> table() {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(
                Locale.ROOT,
                "%-24s %6s %s %9s %5s",
                "percent",
                "pieces",
                "| from 2 s: near CMLt AMLt grid | from 4 s: near CMLt AMLt grid | from 8 s: near CMLt AMLt grid |",
                "sure, s",
                "never"));
        scores.forEach(score -> lines.add(measures(score)));
        lines.add("");
        StringBuilder head = new StringBuilder(String.format(Locale.ROOT, "%-24s", "beats found, percent"));
        scores.getFirst()
                .levels()
                .keySet()
                .forEach(level -> head.append(String.format(Locale.ROOT, " %8s", level.replace('_', '-'))));
        lines.add(head.toString());
        scores.forEach(score -> lines.add(levels(score)));
        return lines;
    }

    private static String measures(BeatScore score) {
        StringBuilder line = new StringBuilder(
                String.format(Locale.ROOT, "%-15s %-8s %6d |", score.set(), score.playing(), score.pieces()));
        for (BeatScore.Window window : score.windows()) {
            line.append(String.format(
                    Locale.ROOT,
                    " %14.0f %4.0f %4.0f %4.0f |",
                    100 * window.near(),
                    100 * window.cmlt(),
                    100 * window.amlt(),
                    100 * window.grid()));
        }
        String sure = Double.isInfinite(score.sureAfterSeconds())
                ? "never"
                : String.format(Locale.ROOT, "%.2f", score.sureAfterSeconds());
        return line.append(String.format(Locale.ROOT, " %9s %5.0f", sure, 100 * score.never()))
                .toString();
    }

    private static String levels(BeatScore score) {
        StringBuilder line = new StringBuilder(String.format(Locale.ROOT, "%-15s %-8s", score.set(), score.playing()));
        score.levels().values().forEach(share -> line.append(String.format(Locale.ROOT, " %8.0f", 100 * share)));
        return line.toString();
    }
}
