package antiphon.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What else runs while {@code antiphon bench} measures. */
public enum BenchCondition {
    /** Nothing else. */
    IDLE(100),
    /** A thousand messages a second. */
    FLOOD(500),
    /** A neighbour thread in the program's own JVM allocates 200 MB a second. */
    GC_STORM(100),
    /** As many busy processes at ordinary priority as there are cores. */
    BUSY(100),
    /** The program plays at the same time ({@code duet}): it plans anew at every note, so it never stops planning. */
    PLANNING(100),
    /** Three parts in {@code duet} beside the one that answers: each plans anew at every note. */
    PARTS(100),
    /** Twenty browsers with the page open, one of them stalled, and ten thousand requests a second: see {@link Crowd}. */
    BROWSERS(100);

    private static final int PARTS_AT_ONCE = 4;

    /** The notes are played on the first channel and answered on the second; the parts play on the next ones. */
    private static final int FIRST_CHANNEL = 1;

    private static final int PART_SEMITONES = 12;
    private static final int MIDDLE_PART = 3;

    private final int notesPerSecond;

    BenchCondition(int notesPerSecond) {
        this.notesPerSecond = notesPerSecond;
    }

    public int notesPerSecond() {
        return notesPerSecond;
    }

    BenchMatch.Answers answers() {
        return switch (this) {
            case PLANNING -> BenchMatch.Answers.NOT_EACH;
            case PARTS -> BenchMatch.Answers.EACH_BESIDE_PARTS;
            default -> BenchMatch.Answers.EACH;
        };
    }

    /** True if each note is answered by one at once. */
    boolean answersEach() {
        return answers().each();
    }

    /** True if the program serves its page to a {@link Crowd}. */
    boolean hasCrowd() {
        return this == BROWSERS;
    }

    /** What the program finds in its environment under this condition. */
    Map<String, String> environment() {
        Map<String, String> environment = new LinkedHashMap<>();
        for (int part = 2; this == PARTS && part <= PARTS_AT_ONCE; part++) {
            environment.put("ANTIPHON_PART" + part + "_MODE", "duet");
            environment.put("ANTIPHON_PART" + part + "_CHANNEL", "" + (FIRST_CHANNEL + part));
            environment.put("ANTIPHON_PART" + part + "_REGISTER", "" + PART_SEMITONES * (part - MIDDLE_PART));
        }
        return environment;
    }

    /** The program's options under this condition. */
    List<String> options(List<String> usual) {
        List<String> options = new ArrayList<>(usual);
        int mode = options.indexOf("--mode") + 1;
        if (!answersEach() && mode > 0) {
            options.set(mode, "duet");
        }
        if (hasCrowd()) {
            options.addAll(List.of("--page", "--page-port", "0", "--no-open"));
        }
        return options;
    }

    /** As typed and printed: {@code gc-storm}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static List<String> labels() {
        return Arrays.stream(values()).map(BenchCondition::label).toList();
    }

    /**
     * The condition with this label; upper and lower case are the same.
     *
     * @throws BenchException naming all of them if there is no such condition
     */
    public static BenchCondition of(String label) {
        return Arrays.stream(values())
                .filter(each -> each.label().equalsIgnoreCase(label))
                .findFirst()
                .orElseThrow(() -> new BenchException("--conditions: " + label + "; allowed: "
                        + String.join(", ", labels()) + ". Name some of them, with commas."));
    }
}
