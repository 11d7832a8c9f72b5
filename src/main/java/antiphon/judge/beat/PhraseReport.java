package antiphon.judge.beat;

import antiphon.corpus.BeatSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** At which tempo the tracker hears short phrases, at the moment at which they are answered. Immutable. */
public final class PhraseReport {
    /** Whose melodies' openings are played as well: they are lead sheets, and so are in any tempo. */
    private static final String LEAD_SHEETS = "openewld melody";

    private static final int SEEDS = 3;
    private static final int[] LOWEST = {60, 88, 128, 172};
    private static final int[] HIGHEST = {84, 124, 168, 200};

    private final List<PhraseScore> scores;

    private PhraseReport(List<PhraseScore> scores) {
        this.scores = List.copyOf(scores);
    }

    /** Judges the tracker by plain rhythms and by the openings of lead sheets, if there are any among the sets. */
    public static PhraseReport of(List<BeatSet> sets) {
        List<PhraseScore> scores = new ArrayList<>();
        List<ShortPhrase> plain = ShortPhrase.plain();
        plain.forEach(phrase -> scores.add(PhraseScore.of(phrase.name(), List.of(phrase), SEEDS)));
        scores.add(PhraseScore.of("all of these", plain, SEEDS));
        for (BeatSet set : sets) {
            List<ShortPhrase> openings = set.pieces().stream()
                    .map(ShortPhrase::openingOf)
                    .flatMap(Optional::stream)
                    .toList();
            if (set.name().equals(LEAD_SHEETS) && !openings.isEmpty()) {
                scores.add(PhraseScore.of("lead sheets' openings", openings, 1));
            }
        }
        return new PhraseReport(scores);
    }

    /** For a machine to read. */
    public List<Map<String, Object>> toMaps() {
        return scores.stream().map(PhraseScore::toMap).toList();
    }

    /** The table for people, a line each; shares in percent. */
    public List<String> table() {
        List<String> lines = new ArrayList<>();
        StringBuilder head = new StringBuilder(String.format(Locale.ROOT, "%-24s", "short phrases, percent"));
        for (int i = 0; i < LOWEST.length; i++) {
            head.append(String.format(Locale.ROOT, " | %3d-%3d: right half double", LOWEST[i], HIGHEST[i]));
        }
        lines.add(head.append(" | each tempo from 60 to 200, in steps of 4").toString());
        scores.forEach(score -> lines.add(line(score)));
        return lines;
    }

    private static String line(PhraseScore score) {
        StringBuilder line = new StringBuilder(String.format(Locale.ROOT, "%-24s", score.name()));
        for (int i = 0; i < LOWEST.length; i++) {
            line.append(String.format(
                    Locale.ROOT,
                    " | %14.0f %4.0f %6.0f",
                    100 * score.share(LOWEST[i], HIGHEST[i], Level.RIGHT),
                    100 * score.share(LOWEST[i], HIGHEST[i], Level.HALF),
                    100 * score.share(LOWEST[i], HIGHEST[i], Level.DOUBLE)));
        }
        return line.append(" | ").append(score.signs()).toString();
    }
}
