package antiphon.corpus;

import antiphon.music.Note;
import java.util.List;

/**
 * Divides a piece for two hands into a low and a high voice, because most files do not say which hand plays a note.
 *
 * <p>The line between the hands moves with the music: it lies in the widest gap between neighbouring pitches of what
 * sounds within {@value #REACH_NANOS} ns around a note, and prefers to stay. Pure.
 */
final class Hands {
    private static final long REACH_NANOS = 700_000_000L;
    private static final double FIRST_LINE = 59.5;
    private static final double STAYING = 0.35;

    private Hands() {}

    /** True for each note that the lower hand plays; notes sorted by onset. */
    static boolean[] lower(List<Note> notes) {
        boolean[] lower = new boolean[notes.size()];
        double line = FIRST_LINE;
        int begin = 0;
        int end = 0;
        int[] sounding = new int[128];
        for (int i = 0; i < lower.length; i++) {
            long now = notes.get(i).onsetNanos();
            for (; end < lower.length && notes.get(end).onsetNanos() <= now + REACH_NANOS; end++) {
                sounding[notes.get(end).pitch()]++;
            }
            for (; notes.get(begin).onsetNanos() < now - REACH_NANOS; begin++) {
                sounding[notes.get(begin).pitch()]--;
            }
            line += (widestGap(sounding, line) - line) * STAYING;
            lower[i] = notes.get(i).pitch() < line;
        }
        return lower;
    }

    /**
     * The middle of the best gap, judged by its width and by how near it is to the old line; the old line if there is
     * no gap.
     */
    private static double widestGap(int[] sounding, double line) {
        double best = line;
        double widest = 2;
        int before = -1;
        for (int pitch = 0; pitch < sounding.length; pitch++) {
            if (sounding[pitch] > 0) {
                double middle = (before + pitch) / 2.0;
                double worth = pitch - before - 0.5 * Math.abs(middle - line);
                if (before >= 0 && worth > widest) {
                    widest = worth;
                    best = middle;
                }
                before = pitch;
            }
        }
        return best;
    }
}
