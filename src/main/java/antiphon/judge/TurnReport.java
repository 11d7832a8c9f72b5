package antiphon.judge;

import antiphon.corpus.PhrasedPiece;
import antiphon.improv.Settings;
import antiphon.model.StackedLstm;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Whether the improviser waits until a phrase is over, and not longer: performances with marked phrases are played to it
 * live, by performers who never wait for it, as they were recorded. Immutable.
 */
public final class TurnReport {
    private static final long FIXED_NANOS = 2_000_000_000L;
    private static final String DEFINITION =
            "interrupted: phrases in which a note of the partner's begins while the performer is within the phrase (an"
                    + " onset of the same phrase follows).\n"
                    + "late: phrases with room after them (the next one begins at least " + PhraseSpan.ROOM_BEATS
                    + " beats and 1 s after the last release) where the partner's first note comes later than one beat"
                    + " after that release, or never.\n"
                    + "by tapped beat: the same, where beats of more than 200 a minute are counted in pairs.\n"
                    + "Brackets: 95 % intervals over performances.";

    private final int performances;
    private final int phrases;
    private final int withRoom;
    private final List<TurnRow> rows;

    private TurnReport(int performances, int phrases, int withRoom, List<TurnRow> rows) {
        this.performances = performances;
        this.phrases = phrases;
        this.withRoom = withRoom;
        this.rows = List.copyOf(rows);
    }

    /**
     * Plays and counts.
     *
     * @param pieces at least one
     * @param others the improviser with other settings
     * @param progress takes a line for people before each performance
     */
    public static TurnReport of(
            List<PhrasedPiece> pieces,
            StackedLstm network,
            Settings settings,
            List<Variant> others,
            Consumer<String> progress) {
        Map<String, TurnPartner> partners = new LinkedHashMap<>();
        partners.put("improviser", TurnPartner.improviser(network, settings));
        others.forEach(other -> partners.put(other.name(), TurnPartner.improviser(network, other.settings())));
        partners.put("fixed rest of 2 s", TurnPartner.fixedRest(FIXED_NANOS));
        List<List<PhraseSpan>> spans = pieces.stream().map(PhraseSpan::of).toList();
        List<TurnRow> rows = new ArrayList<>();
        partners.forEach((name, partner) -> {
            List<List<PhraseTurn>> turns = new ArrayList<>();
            for (int i = 0; i < pieces.size(); i++) {
                progress.accept(name + ": performance " + (i + 1) + " of " + pieces.size());
                turns.add(PhraseTurn.of(spans.get(i), partner.onsets(pieces.get(i))));
            }
            rows.add(TurnRow.of(name, turns));
        });
        return new TurnReport(
                pieces.size(),
                spans.stream().mapToInt(List::size).sum(),
                (int) spans.stream()
                        .flatMap(List::stream)
                        .filter(PhraseSpan::leavesRoom)
                        .count(),
                rows);
    }

    /** For a machine to read. */
    public Map<String, @Nullable Object> toMap() {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("performances", performances);
        map.put("phrases", phrases);
        map.put("phrasesWithRoom", withRoom);
        map.put("definition", DEFINITION);
        map.put("partners", rows.stream().map(TurnRow::toMap).toList());
        return map;
    }

    /** The table for people, a line each; shares in percent. */
    public List<String> table() {
        List<String> lines = new ArrayList<>();
        lines.add(performances + " performances, " + phrases + " phrases, " + withRoom + " with room for an answer");
        DEFINITION.lines().forEach(lines::add);
        lines.add(String.format(
                Locale.ROOT,
                "%-30s %19s %19s %19s %19s %9s %7s",
                "percent",
                "interrupted",
                "late or never",
                "by tapped beat",
                "never",
                "median, s",
                "beats"));
        for (TurnRow row : rows) {
            lines.add(String.format(
                    Locale.ROOT,
                    "%-30s %19s %19s %19s %19s %9.2f %7.2f",
                    row.name(),
                    text(row.interrupted()),
                    text(row.late()),
                    text(row.lateTapped()),
                    text(row.never()),
                    row.medianSeconds(),
                    row.medianBeats()));
        }
        return lines;
    }

    private static String text(Interval share) {
        return String.format(
                Locale.ROOT, "%.1f [%.1f, %.1f]", 100 * share.value(), 100 * share.low(), 100 * share.high());
    }
}
