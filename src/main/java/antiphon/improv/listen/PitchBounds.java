package antiphon.improv.listen;

import antiphon.HotPath;
import antiphon.music.Scale;
import antiphon.music.Vocabulary;
import java.util.Arrays;

/**
 * The pitches that the partner may play at all: those of some pitch classes, between a lowest and a highest. Where there
 * is none it plays nothing. One thread; allocates nothing.
 */
@HotPath
public final class PitchBounds {
    private static final int OCTAVE = 12;

    private final boolean[] allowed = new boolean[Vocabulary.PITCHES];
    private int lowest;
    private int highest = Vocabulary.PITCHES - 1;
    private int classes = Scale.ALL_CLASSES;

    /** At first all pitches. */
    PitchBounds() {
        Arrays.fill(allowed, true);
    }

    /**
     * From now on only these.
     *
     * @param pitchClasses a bit {@code 1 << pitchClass} each
     * @param lowestPitch above {@code highestPitch} for none
     */
    void set(int pitchClasses, int lowestPitch, int highestPitch) {
        if (pitchClasses == classes && lowestPitch == lowest && highestPitch == highest) {
            return;
        }
        classes = pitchClasses;
        lowest = lowestPitch;
        highest = highestPitch;
        for (int pitch = 0; pitch < allowed.length; pitch++) {
            allowed[pitch] = pitch >= lowest && pitch <= highest && Scale.has(classes, pitch);
        }
    }

    /** True if the partner may play it. */
    public boolean allows(int pitch) {
        return allowed[pitch];
    }

    /**
     * The pitch to play in place of one: itself where it is allowed, else moved by octaves into the range and then to the
     * nearest that is allowed, of two the lower.
     *
     * @return -1 if none is allowed
     */
    public int nearest(int pitch) {
        int moved = pitch;
        while (moved < lowest && moved + OCTAVE <= highest) {
            moved += OCTAVE;
        }
        while (moved > highest && moved - OCTAVE >= lowest) {
            moved -= OCTAVE;
        }
        for (int away = 0; away < allowed.length; away++) {
            if (moved - away >= 0 && allowed[moved - away]) {
                return moved - away;
            }
            if (moved + away < allowed.length && allowed[moved + away]) {
                return moved + away;
            }
        }
        return -1;
    }
}
