package antiphon.judge.whole;

import java.util.Arrays;

/**
 * What an answer's line copies from its call's: runs of notes with the same intervals and, between every three of them,
 * the same ratio of time ({@link Line#ratios}). So a copy in another key or tempo is one. Immutable.
 *
 * @param longest the longest run in notes; 0 if not even one interval is the call's
 * @param share of the answer's notes that lie in runs of {@value #RUN} notes or more; 0 for an answer without notes
 */
public record Copies(int longest, double share) {
    /** A shorter run is a motif. */
    static final int RUN = 6;

    /** Compares two lines. */
    public static Copies of(Line call, Line answer) {
        boolean[] copied = new boolean[answer.size()];
        int longest = 0;
        // The length of the run that ends at each note of the call and at the answer's note before.
        int[] before = new int[call.size()];
        int[] ratios = answer.ratios();
        int[] callRatios = call.ratios();
        for (int i = 1; i < answer.size(); i++) {
            int[] here = new int[call.size()];
            for (int j = 1; j < call.size(); j++) {
                int interval = answer.pitch(i) - answer.pitch(i - 1);
                if (interval == call.pitch(j) - call.pitch(j - 1)) {
                    boolean goesOn = before[j - 1] >= 2 && ratios[i - 2] == callRatios[j - 2];
                    here[j] = goesOn ? before[j - 1] + 1 : 2;
                }
            }
            int run = Arrays.stream(here).max().orElse(0);
            longest = Math.max(longest, run);
            if (run >= RUN) {
                Arrays.fill(copied, i - run + 1, i + 1, true);
            }
            before = here;
        }
        int count = 0;
        for (boolean each : copied) {
            count += each ? 1 : 0;
        }
        return new Copies(longest, copied.length == 0 ? 0 : (double) count / copied.length);
    }
}
