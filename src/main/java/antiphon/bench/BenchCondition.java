package antiphon.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

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
    PLANNING(100);

    private final int notesPerSecond;

    BenchCondition(int notesPerSecond) {
        this.notesPerSecond = notesPerSecond;
    }

    public int notesPerSecond() {
        return notesPerSecond;
    }

    /** True if each note is answered by one at once. */
    boolean answersEach() {
        return this != PLANNING;
    }

    /** The program's options under this condition. */
    List<String> options(List<String> usual) {
        List<String> options = new ArrayList<>(usual);
        int mode = options.indexOf("--mode") + 1;
        if (!answersEach() && mode > 0) {
            options.set(mode, "duet");
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
