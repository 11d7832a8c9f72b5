package antiphon.corpus;

import antiphon.music.Note;
import antiphon.music.Performance;
import antiphon.music.Voice;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Velocities for music that was written down without them, so that the network does not learn equal velocities from it.
 *
 * <p>A made-up touch: each voice has a level, swells and fades slowly, plays what rises above its surroundings louder,
 * and is never quite even. All this promises is to lie in the range of what people play. The same piece always gets the
 * same touch. Pure.
 */
final class Touch {
    private static final int LOWEST_LEVEL = 52;
    private static final int HIGHEST_LEVEL = 76;
    private static final double SWELL_MEMORY = 0.96;
    private static final double SWELL_STEP = 2.2;
    private static final double UNEVENNESS = 3;
    private static final double PER_SEMITONE = 0.7;
    private static final double CONTOUR_MEMORY = 0.9;
    private static final double MAX_CONTOUR = 9;
    private static final int SOFTEST = 20;
    private static final int LOUDEST = 112;

    private Touch() {}

    /** The performance itself if it has more than one velocity, otherwise the same notes with a touch. */
    static Performance given(Performance performance) {
        List<Note> notes = performance.notes();
        if (notes.stream().mapToInt(Note::velocity).distinct().count() > 1) {
            return performance;
        }
        SplittableRandom random = new SplittableRandom(
                ByteBuffer.wrap(Fingerprint.of(performance)).getLong());
        double[] swell = new double[Voice.COUNT];
        double[] middle = new double[Voice.COUNT];
        double[] level = new double[Voice.COUNT];
        for (int voice = 0; voice < Voice.COUNT; voice++) {
            level[voice] = random.nextInt(LOWEST_LEVEL, HIGHEST_LEVEL + 1);
            middle[voice] = Double.NaN;
        }
        List<Note> touched = new ArrayList<>(notes.size());
        for (Note note : notes) {
            int voice = note.voice();
            double above = Double.isNaN(middle[voice]) ? 0 : note.pitch() - middle[voice];
            middle[voice] = note.pitch() - above * CONTOUR_MEMORY;
            swell[voice] = SWELL_MEMORY * swell[voice] + SWELL_STEP * random.nextGaussian();
            double velocity = level[voice]
                    + swell[voice]
                    + Math.clamp(above * PER_SEMITONE, -MAX_CONTOUR, MAX_CONTOUR)
                    + UNEVENNESS * random.nextGaussian();
            touched.add(new Note(
                    voice,
                    note.onsetNanos(),
                    note.durationNanos(),
                    note.pitch(),
                    Math.clamp(Math.round(velocity), SOFTEST, LOUDEST)));
        }
        return new Performance(touched, performance.phraseEndsNanos());
    }
}
