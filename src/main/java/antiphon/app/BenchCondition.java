package antiphon.app;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What the machine and the program have to bear while {@code antiphon bench} measures. */
enum BenchCondition {
    /** Nothing else, as far as the bench can tell. */
    IDLE(100),
    /** A thousand messages a second. */
    FLOOD(500),
    /** A neighbour thread in the program's own JVM allocates 200 MB a second. */
    GC_STORM(100),
    /** As many busy processes at ordinary priority as there are cores. */
    BUSY(100);

    private final int notesPerSecond;

    BenchCondition(int notesPerSecond) {
        this.notesPerSecond = notesPerSecond;
    }

    int notesPerSecond() {
        return notesPerSecond;
    }

    /** As typed and printed: {@code gc-storm}. */
    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static List<String> labels() {
        return Arrays.stream(values()).map(BenchCondition::label).toList();
    }

    static BenchCondition of(String label) {
        return Arrays.stream(values())
                .filter(each -> each.label().equalsIgnoreCase(label))
                .findFirst()
                .orElseThrow(() -> new UserException("--conditions: " + label + "; allowed: "
                        + String.join(", ", labels()) + ". Name some of them, with commas."));
    }
}
